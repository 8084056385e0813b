/**
 * Faults on demand: what a sandbox user may ask of the simulated Ministry instead of a prompt answer. Set by
 * configuration as JSON and changed while it runs.
 */

export interface SimulatorPlan {
  /** Turnkey takes nothing out of SRC. */
  readonly isTurnkeyDown?: boolean;
  /** Answers come this much later than usual. */
  readonly slowerByMs?: number;
  /** Envelopes are taken and never answered while this holds. */
  readonly isSilent?: boolean;
  /** Every nth message from the start on is refused with the platform's code, whatever it says. */
  readonly refuseEvery?: { readonly nth: number; readonly code: string };
  /** Every nth result comes twice, under another name. */
  readonly duplicateEvery?: number;
  /** Every nth result comes cut in half and never whole: the day's summary settles it. */
  readonly truncateEvery?: number;
}

export const NO_FAULTS: SimulatorPlan = {};

const SLOWER_MS_MAX = 31 * 86_400_000;
const NTH_MAX = 1_000_000;
const CODE = /^E\d{4}$/;

type Reading = SimulatorPlan | string;

/** The plan of a JSON text, or what is wrong with it. */
export function parsePlanText(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'expected a JSON object, e.g. {"slowerByMs":5000}';
  }
  return parsePlan(value);
}

/** A plan from outside, every member checked; unknown members are refused. */
export function parsePlan(value: unknown): Reading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'expected a JSON object, e.g. {"slowerByMs":5000}';
  }
  for (const [name, member] of Object.entries(value)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
    const problem = check?.(member) ?? `${name} is no fault; known are ${KNOWN}`;
    if (problem !== '') return problem;
  }
  // Every member was checked by name above.
  return value as SimulatorPlan;
}

function flag(name: string) {
  return (value: unknown): string => (typeof value === 'boolean' ? '' : `${name} is true or false`);
}

function whole(name: string, most: number) {
  return (value: unknown): string =>
    Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most
      ? ''
      : `${name} is a whole number from 1 to ${most}`;
}

function refusal(value: unknown): string {
  const expected = 'refuseEvery is {"nth":2,"code":"E0102"} with a code of the platform';
  if (typeof value !== 'object' || value === null) return expected;
  const isWhole =
    'nth' in value && whole('nth', NTH_MAX)(value.nth) === '' && Object.keys(value).length === 2;
  return isWhole && 'code' in value && typeof value.code === 'string' && CODE.test(value.code)
    ? ''
    : expected;
}

const CHECKS: Readonly<Record<string, ((value: unknown) => string) | undefined>> = {
  isTurnkeyDown: flag('isTurnkeyDown'),
  slowerByMs: whole('slowerByMs', SLOWER_MS_MAX),
  isSilent: flag('isSilent'),
  refuseEvery: refusal,
  duplicateEvery: whole('duplicateEvery', NTH_MAX),
  truncateEvery: whole('truncateEvery', NTH_MAX),
};
const KNOWN = Object.keys(CHECKS).join(', ');
