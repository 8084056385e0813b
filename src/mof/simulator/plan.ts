/** Faults on demand: what a sandbox user may ask of the simulated Ministry instead of a prompt answer. */

export interface SimulatorPlan {
  /** Answers come this much later than usual. */
  readonly slowerByMs?: number;
  /** Envelopes are taken and never answered while this holds. */
  readonly isSilent?: boolean;
  /** Every nth message from the start on is refused with the platform's code, whatever it says. */
  readonly refuseEvery?: { readonly nth: number; readonly code: string };
}

export const NO_FAULTS: SimulatorPlan = {};
