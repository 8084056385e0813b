/**
 * The settings of one Kaili process, read from environment variables that the entry point hands over.
 *
 * Promises that a `Configuration` is whole and every value checked by itself; a bad value is a problem
 * that names the variable. What only the disk or the database can tell (is the folder writable, is it
 * of this mode) is left to `data-folder.ts` and `start.ts`. Documented in docs/reference/configuration.md.
 */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { DialectSettings } from '../dialects/dialect.ts';
import { readSettings } from '../dialects/systemlead/settings.ts';
import { MINISTRY_SERVICE_URL } from '../mof/registry/ministry-service.ts';
import { BLOCK_MINUTES_DEFAULT, type CallLimitSettings } from './call-limit.ts';
import { type StartProblem, StartRefused } from './start-refused.ts';
import { readTurnkeySettings, type TurnkeySettings } from './turnkey-settings.ts';

export type Mode = 'sandbox' | 'production';
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Configuration extends TurnkeySettings {
  readonly mode: Mode;
  readonly host: string;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** Base of links that leave the house, without trailing slash; null: the address it listens on. */
  readonly publicUrl: string | null;
  /** Addresses and networks of proxies whose forwarded addresses are believed. */
  readonly trustProxy: readonly string[];
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute; null in the sandbox, which makes its own key. */
  readonly masterKeyFile: string | null;
  /** Null: the SQLite file in the data folder. Holds a password: never logged. */
  readonly databaseUrl: string | null;
  /** Absolute. */
  readonly turnkeyFolder: string;
  /** Whether the setting names it; otherwise it is the data folder's own. */
  readonly isTurnkeyFolderGiven: boolean;
  /** The second of two settings that let a sandbox write outside its data folder; null when not told. */
  readonly sandboxTurnkeyOutside: string | null;
  /** The Ministry's business API, for look-ups in production. */
  readonly ministryServiceUrl: string;
  /** The operator's AppID there; null without one: such look-ups fail. */
  readonly ministryAppId: string | null;
  /** How often one account may call; null: as often as it likes. */
  readonly callLimit: CallLimitSettings | null;
  readonly logLevel: LogLevel;
  /** The mail server and the sender; null: no mail goes out. Holds a password: never logged. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  /** The provider of text messages; null: none goes out. Holds a token: never logged. */
  readonly sms: { readonly url: string; readonly token: string } | null;
  /** Where alarms are mailed to; null: nowhere. */
  readonly operatorMail: string | null;
  /** Day 1–10 of the odd month on which blank numbers are reported; null: by hand only. */
  readonly blankDay: number | null;
  /** Settings of the providers' APIs for every seller that has none of its own. */
  readonly dialectSettings: DialectSettings;
  /** Variables that begin with KAILI_ but mean nothing: misspelt ones, said once at start. */
  readonly unknownVariables: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

const PORT_MAX = 65_535;
const COUNT_MAX = 1_000_000;
const MINUTES_OF_DAY = 1_440;
const VARIABLES = [
  'KAILI_MODE',
  'KAILI_HOST',
  'KAILI_PORT',
  'KAILI_PUBLIC_URL',
  'KAILI_TRUST_PROXY',
  'KAILI_DATA_DIR',
  'KAILI_MASTER_KEY_FILE',
  'KAILI_DATABASE_URL',
  'KAILI_TURNKEY_DIR',
  'KAILI_TURNKEY_LAYOUT',
  'KAILI_TURNKEY_PICKUP_SECONDS',
  'KAILI_SANDBOX_MINISTRY',
  'KAILI_SANDBOX_TURNKEY_OUTSIDE',
  'KAILI_SANDBOX_TURNKEY_OUTSIDE_CONFIRM',
  'KAILI_MOF_SERVICE_URL',
  'KAILI_MOF_APP_ID',
  'KAILI_CALLS_PER_MINUTE',
  'KAILI_CALLS_BLOCK_MINUTES',
  'KAILI_LOG_LEVEL',
  'KAILI_SMTP_URL',
  'KAILI_MAIL_FROM',
  'KAILI_OPERATOR_MAIL',
  'KAILI_SMS_URL',
  'KAILI_SMS_TOKEN',
  'KAILI_BLANK_DAY',
  'KAILI_SYSTEMLEAD',
] as const;
type Variable = (typeof VARIABLES)[number];

/** Reads one variable at a time and keeps what is wrong with it. */
class Reader {
  readonly problems: StartProblem[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The value without surrounding spaces; undefined where not set or empty (`KAILI_PORT=`). */
  text(variable: Variable): string | undefined {
    const value = this.#environment[variable]?.trim();
    return value === '' ? undefined : value;
  }

  bad(variable: Variable, mend: string, shown = JSON.stringify(this.text(variable))): void {
    const found = shown === undefined ? 'is not set' : `found ${shown}`;
    this.problems.push({ subject: variable, found, mend });
  }

  choice<T extends string>(variable: Variable, choices: readonly T[], otherwise: T): T {
    const value = this.text(variable);
    if (value === undefined) return otherwise;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.bad(variable, `expected one of ${choices.join(', ')}`);
    return chosen ?? otherwise;
  }
}

/**
 * Reads the settings; throws `StartRefused` with every problem found, not the first. Relative paths
 * count from the working folder.
 */
export function readConfiguration(environment: Environment): Configuration {
  const reader = new Reader(environment);
  const mode = reader.choice<Mode>('KAILI_MODE', ['sandbox', 'production'], 'sandbox');
  const dataFolder = resolve(reader.text('KAILI_DATA_DIR') ?? 'data');
  const turnkeyFolder = resolve(reader.text('KAILI_TURNKEY_DIR') ?? `${dataFolder}/turnkey`);
  const configuration: Configuration = {
    mode,
    host: readHost(reader),
    port: readPort(reader),
    publicUrl: readUrl(reader, 'KAILI_PUBLIC_URL'),
    trustProxy: readTrustProxy(reader),
    dataFolder,
    masterKeyFile: readMasterKeyFile(reader, mode),
    databaseUrl: readDatabaseUrl(reader),
    turnkeyFolder,
    ...readTurnkeySettings(reader, mode),
    isTurnkeyFolderGiven: reader.text('KAILI_TURNKEY_DIR') !== undefined,
    sandboxTurnkeyOutside: readSandboxTurnkeyOutside(reader, mode),
    ministryServiceUrl: readUrl(reader, 'KAILI_MOF_SERVICE_URL') ?? MINISTRY_SERVICE_URL,
    ministryAppId: reader.text('KAILI_MOF_APP_ID') ?? null,
    blankDay: readBlankDay(reader),
    callLimit: readCallLimit(reader),
    logLevel: reader.choice('KAILI_LOG_LEVEL', LOG_LEVELS, 'info'),
    smtp: readSmtp(reader),
    operatorMail: readOperatorMail(reader, mode),
    sms: readSms(reader),
    dialectSettings: { systemlead: readSystemlead(reader, mode) },
    unknownVariables: Object.keys(environment).filter(isUnknown),
  };
  if (reader.problems.length > 0) throw new StartRefused(reader.problems);
  return configuration;
}

/** The sandbox's server-wide settings of e首發票: invoices are filed at once, so that one sees them arrive. */
const SANDBOX_SYSTEMLEAD = { holdHoursB: 0, holdHoursC: 0 } as const;

/** Settings of e首發票 as one JSON object (docs/reference/systemlead.md, settings). */
function readSystemlead(reader: Reader, mode: Mode): Readonly<Record<string, unknown>> {
  const beneath = mode === 'sandbox' ? SANDBOX_SYSTEMLEAD : {};
  const text = reader.text('KAILI_SYSTEMLEAD');
  if (text === undefined) return beneath;
  const mend = 'expected a JSON object of settings, e.g. {"holdHoursC":8}';
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      reader.bad('KAILI_SYSTEMLEAD', mend);
      return beneath;
    }
    const { mount = '', ...settings }: Record<string, unknown> = { ...value };
    const problems = readSettings(settings).problems.map((name) => `${name} has no such value`);
    if (typeof mount !== 'string' || !/^(?:\/[0-9A-Za-z._-]+)*$/.test(mount)) {
      problems.push('mount is a path such as /einv');
    }
    if (problems.length > 0) reader.bad('KAILI_SYSTEMLEAD', problems.join('; '));
    return { ...beneath, ...value };
  } catch {
    reader.bad('KAILI_SYSTEMLEAD', mend);
    return beneath;
  }
}

/** Variables of the tests are theirs. */
function isUnknown(name: string): boolean {
  const isOurs = name.startsWith('KAILI_') && !name.startsWith('KAILI_TEST_');
  return isOurs && !VARIABLES.some((known) => known === name);
}

function readHost(reader: Reader): string {
  const value = reader.text('KAILI_HOST') ?? '127.0.0.1';
  const bare = value.replace(/^\[(.*)\]$/, '$1');
  const isName = /^(?!-)[A-Za-z0-9.-]{1,253}$/.test(bare);
  // Digits and dots that are no IPv4 address would be looked up as a name and fail obscurely.
  const isBrokenAddress = /^[\d.]+$/.test(bare) && isIP(bare) === 0;
  if (isIP(bare) === 0 && (!isName || isBrokenAddress)) {
    reader.bad(
      'KAILI_HOST',
      'expected an address or host name to listen on, e.g. 127.0.0.1 or 0.0.0.0',
    );
  }
  return bare;
}

function readPort(reader: Reader): number {
  const value = reader.text('KAILI_PORT') ?? '8787';
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(port <= PORT_MAX)) {
    reader.bad('KAILI_PORT', `expected a whole number from 0 (any free port) to ${PORT_MAX}`);
    return 0;
  }
  return port;
}

/** By law blank numbers are due by the 10th of the month after the period (docs/guides/number-books.md). */
function readBlankDay(reader: Reader): number | null {
  const value = reader.text('KAILI_BLANK_DAY') ?? '5';
  if (value === 'off') return null;
  const day = /^\d{1,2}$/.test(value) ? Number(value) : Number.NaN;
  if (!(day >= 1 && day <= 10)) {
    reader.bad('KAILI_BLANK_DAY', 'expected a day from 1 to 10, or off to close periods by hand');
  }
  return day;
}

function readCallLimit(reader: Reader): CallLimitSettings | null {
  const callsPerMinuteMax = readCount(reader, 'KAILI_CALLS_PER_MINUTE', 0, COUNT_MAX);
  const blockMinutes =
    readCount(reader, 'KAILI_CALLS_BLOCK_MINUTES', 1, MINUTES_OF_DAY) ?? BLOCK_MINUTES_DEFAULT;
  // 0 says "off" in so many words.
  return callsPerMinuteMax === null || callsPerMinuteMax === 0
    ? null
    : { callsPerMinuteMax, blockMinutes };
}

/** A whole number within bounds; null where not set. */
function readCount(reader: Reader, variable: Variable, min: number, max: number): number | null {
  const value = reader.text(variable);
  if (value === undefined) return null;
  const count = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (count >= min && count <= max) return count;
  reader.bad(variable, `expected a whole number from ${min} to ${max}`);
  return null;
}

/** A plain http or https address; null where not set. */
function readUrl(reader: Reader, variable: Variable): string | null {
  const value = reader.text(variable);
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const isPlain =
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '';
  if (isPlain) return url.href.replace(/\/+$/, '');
  const shown = url === null ? JSON.stringify(value) : 'another kind of URL';
  reader.bad(
    variable,
    'expected http:// or https:// with a host and at most a path, without user, query or fragment',
    shown,
  );
  return null;
}

function readTrustProxy(reader: Reader): readonly string[] {
  const value = reader.text('KAILI_TRUST_PROXY');
  if (value === undefined) return [];
  const entries = value.split(',').map((entry) => entry.trim());
  for (const entry of entries) {
    if (isAddressOrNetwork(entry)) continue;
    reader.bad(
      'KAILI_TRUST_PROXY',
      'expected addresses or networks of your own proxies, separated by commas, e.g. 10.0.0.5,192.168.1.0/24',
      JSON.stringify(entry),
    );
  }
  return entries;
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  // A network of no bits would trust everybody, which is what the setting is there to prevent.
  const bitsMax = family === 4 ? 32 : 128;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= bitsMax;
}

function readMasterKeyFile(reader: Reader, mode: Mode): string | null {
  const value = reader.text('KAILI_MASTER_KEY_FILE');
  if (mode === 'sandbox') {
    if (value !== undefined) {
      reader.bad(
        'KAILI_MASTER_KEY_FILE',
        'the sandbox makes its own key in its data folder: leave it out, or set KAILI_MODE=production',
      );
    }
    return null;
  }
  if (value === undefined) {
    reader.bad(
      'KAILI_MASTER_KEY_FILE',
      'production needs the path of a file outside the data folder that holds 32 random bytes in hex, e.g. made with: (umask 077; openssl rand -hex 32 > /etc/kaili/master.key)',
    );
    return null;
  }
  return resolve(value);
}

function readDatabaseUrl(reader: Reader): string | null {
  const value = reader.text('KAILI_DATABASE_URL');
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')) {
    reader.bad(
      'KAILI_DATABASE_URL',
      'expected postgres://user:password@host:5432/database; leave it out for the SQLite file',
      // The value may hold a password even where it is malformed.
      'something else (not shown, it may hold a password)',
    );
  }
  return value;
}

function readSandboxTurnkeyOutside(reader: Reader, mode: Mode): string | null {
  const first = reader.choice('KAILI_SANDBOX_TURNKEY_OUTSIDE', ['allow', 'refuse'], 'refuse');
  const confirmed = reader.text('KAILI_SANDBOX_TURNKEY_OUTSIDE_CONFIRM');
  if (first === 'refuse' || mode === 'production' || confirmed === undefined) return null;
  return resolve(confirmed);
}

const HIDDEN = 'something else (not shown, it may hold a password)';

function readSmtp(reader: Reader): Configuration['smtp'] {
  const url = reader.text('KAILI_SMTP_URL');
  const from = reader.text('KAILI_MAIL_FROM');
  if (url === undefined) {
    if (from !== undefined)
      reader.bad('KAILI_MAIL_FROM', 'it needs a mail server too: set KAILI_SMTP_URL');
    return null;
  }
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    const mend = 'expected smtp://user:password@host:587 or smtps://user:password@host:465';
    reader.bad('KAILI_SMTP_URL', mend, HIDDEN);
  }
  if (from === undefined || !/[^\s@<>]+@[^\s@<>]+>?$/.test(from)) {
    reader.bad(
      'KAILI_MAIL_FROM',
      'expected the sender of mails, e.g. 電子發票 <invoice@shop.example>',
    );
    return null;
  }
  return { url, from };
}

/** The sandbox keeps mails instead of sending them, so that it needs no mail server. */
function readOperatorMail(reader: Reader, mode: Mode): string | null {
  const value = reader.text('KAILI_OPERATOR_MAIL');
  if (value === undefined) return null;
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(value)) {
    reader.bad('KAILI_OPERATOR_MAIL', 'expected one mail address, e.g. operator@shop.example');
  }
  if (mode === 'production' && reader.text('KAILI_SMTP_URL') === undefined) {
    reader.bad('KAILI_SMTP_URL', 'KAILI_OPERATOR_MAIL needs a mail server too');
  }
  return value;
}

function readSms(reader: Reader): Configuration['sms'] {
  const url = reader.text('KAILI_SMS_URL');
  if (url === undefined) return null;
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    const mend = 'expected the http or https address of a provider of text messages';
    reader.bad('KAILI_SMS_URL', mend, HIDDEN);
  }
  return { url, token: reader.text('KAILI_SMS_TOKEN') ?? '' };
}
