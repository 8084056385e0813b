/**
 * Settings of e首發票 by seller, each with the server's default beneath it and Kaili's beneath that. A value
 * that makes no sense is not guessed at: it is named, and the default counts.
 */
import type { Seller } from '../../domain/seller.ts';
import type { DialectContext } from '../dialect.ts';

export const DIALECT = 'systemlead';

export interface Settings {
  /** Which formulas of the signature pass. */
  readonly signatureFormulas: readonly ('F1' | 'F2')[];
  /** Seconds by which a time stamp may be off; 0: not compared. */
  readonly timestampToleranceSec: number;
  /** Also take a stamp made from Taipei's wall clock as if it were UTC: eight hours ahead. */
  readonly timestampAllowLocalAsUtc: boolean;
  /** What counts as a repeated request. */
  readonly timestampReuse: 'replay' | 'strict' | 'off';
  /** HTTP status of a single envelope that is not authentic. */
  readonly authFailureStatus: 401 | 200;
  /** Zone of a time without an offset. */
  readonly naiveDateTimeZone: 'Asia/Taipei' | 'UTC';
  /** A business buyer's tax ID whose check digit fails. */
  readonly buyerGuiChecksum: 'warn' | 'reject';
  /** Whether a client's number must lie in a track that Kaili holds. */
  readonly enforceTrack: 'whenKnown' | 'always';
  /** A carrier of wrong form. */
  readonly invalidCarrier: 'reject' | 'clear';
  /** An invoice that arrives after its day of upload. */
  readonly overduePolicy: 'hold' | 'reject';
  /** Hours in which an invoice may be amended before it is filed: business, consumer. */
  readonly holdHoursB: number;
  readonly holdHoursC: number;
  /** Day of the month after a period until which its invoices can be voided; 0: its end. */
  readonly voidGraceDay: number;
  /** A prefix of allowance numbers that is in use. */
  readonly allowancePrefixReuse: 'reject' | 'suffix';
  /** Sub-book of an order that names none. */
  readonly defaultUseFor: string;
}

export const SETTINGS: Settings = {
  signatureFormulas: ['F1', 'F2'],
  timestampToleranceSec: 600,
  timestampAllowLocalAsUtc: true,
  timestampReuse: 'replay',
  authFailureStatus: 401,
  naiveDateTimeZone: 'Asia/Taipei',
  buyerGuiChecksum: 'warn',
  enforceTrack: 'whenKnown',
  invalidCarrier: 'reject',
  overduePolicy: 'hold',
  holdHoursB: 36,
  holdHoursC: 8,
  voidGraceDay: 0,
  allowancePrefixReuse: 'reject',
  defaultUseFor: 'U1',
};

type Check = (value: unknown) => boolean;

const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const whole =
  (max: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;

/** Days that every month after a period has. */
const DAY_MAX = 28;
const SECONDS_MAX = 86_400;
/** Seven days: the law's own limit for a business invoice. */
const HOURS_MAX = 168;

const CHECKS: Readonly<Record<keyof Settings, Check>> = {
  signatureFormulas: (value) =>
    Array.isArray(value) && value.length > 0 && value.every(oneOf('F1', 'F2')),
  timestampToleranceSec: whole(SECONDS_MAX),
  timestampAllowLocalAsUtc: oneOf(true, false),
  timestampReuse: oneOf('replay', 'strict', 'off'),
  authFailureStatus: oneOf(401, 200),
  naiveDateTimeZone: oneOf('Asia/Taipei', 'UTC'),
  buyerGuiChecksum: oneOf('warn', 'reject'),
  enforceTrack: oneOf('whenKnown', 'always'),
  invalidCarrier: oneOf('reject', 'clear'),
  overduePolicy: oneOf('hold', 'reject'),
  holdHoursB: whole(HOURS_MAX),
  holdHoursC: whole(HOURS_MAX),
  voidGraceDay: whole(DAY_MAX),
  allowancePrefixReuse: oneOf('reject', 'suffix'),
  defaultUseFor: (value) => typeof value === 'string' && /^[0-9A-Za-z]{0,2}$/.test(value),
};

type Layer = Readonly<Record<string, unknown>> | undefined;

/** The settings of layers, later ones above earlier ones, and the names of members that make no sense. */
export function readSettings(...layers: readonly Layer[]): {
  readonly settings: Settings;
  readonly problems: readonly string[];
} {
  const settings: Record<string, unknown> = { ...SETTINGS };
  const problems: string[] = [];
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer ?? {})) {
      // The server's own, no seller's: where the API is found.
      if (name === 'mount') continue;
      const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Settings] : undefined;
      if (check?.(value) === true) settings[name] = value;
      else problems.push(name);
    }
  }
  // Every member was checked by name.
  return { settings: settings as unknown as Settings, problems };
}

/** The settings that hold for a seller now; null: those of the server, for callers not known yet. */
export function settingsOf(context: DialectContext, seller: Seller | null): Settings {
  return readSettings(context.settings?.[DIALECT], seller?.dialects?.[DIALECT]).settings;
}
