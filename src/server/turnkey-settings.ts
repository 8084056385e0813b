/** The settings of the way to the Ministry, and of the sandbox's Ministry. */
import { NO_FAULTS, parsePlanText, type SimulatorPlan } from '../mof/simulator/plan.ts';
import { PICK_UP_AFTER_MS } from '../mof/turnkey/alarms.ts';
import type { FolderLayout } from '../mof/turnkey/folder-set.ts';

export interface TurnkeySettings {
  /** One Turnkey for all sellers, or one each in a folder beneath. */
  readonly turnkeyLayout: FolderLayout;
  /** How long a file may lie in SRC before somebody is told. */
  readonly pickUpAfterMs: number;
  /** What the sandbox's Ministry does wrong on purpose, from the start on. */
  readonly ministryPlan: SimulatorPlan;
}

type Variable = 'KAILI_TURNKEY_LAYOUT' | 'KAILI_TURNKEY_PICKUP_SECONDS' | 'KAILI_SANDBOX_MINISTRY';

/** The part of the configuration's reader that is used here. */
interface SettingReader {
  text(variable: Variable): string | undefined;
  bad(variable: Variable, mend: string): void;
  choice<T extends string>(variable: Variable, choices: readonly T[], otherwise: T): T;
}

const PICK_UP_SECONDS_MIN = 5;

export function readTurnkeySettings(
  reader: SettingReader,
  mode: 'sandbox' | 'production',
): TurnkeySettings {
  return {
    turnkeyLayout: reader.choice('KAILI_TURNKEY_LAYOUT', ['shared', 'per-seller'], 'shared'),
    pickUpAfterMs: readPickUp(reader),
    ministryPlan: readMinistryPlan(reader, mode),
  };
}

function readPickUp(reader: SettingReader): number {
  const value = reader.text('KAILI_TURNKEY_PICKUP_SECONDS');
  if (value === undefined) return PICK_UP_AFTER_MS;
  const seconds = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(seconds >= PICK_UP_SECONDS_MIN)) {
    const expected = `expected whole seconds from ${PICK_UP_SECONDS_MIN} on, longer than Turnkey's round`;
    reader.bad('KAILI_TURNKEY_PICKUP_SECONDS', expected);
  }
  return seconds * 1000;
}

function readMinistryPlan(reader: SettingReader, mode: 'sandbox' | 'production'): SimulatorPlan {
  const value = reader.text('KAILI_SANDBOX_MINISTRY');
  if (value === undefined) return NO_FAULTS;
  const plan = parsePlanText(value);
  if (typeof plan === 'string') reader.bad('KAILI_SANDBOX_MINISTRY', plan);
  else if (mode === 'production') {
    reader.bad('KAILI_SANDBOX_MINISTRY', 'production has no simulated Ministry: leave it out');
  }
  return typeof plan === 'string' ? NO_FAULTS : plan;
}
