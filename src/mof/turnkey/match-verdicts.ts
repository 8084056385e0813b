/**
 * Finds the filing that each verdict of the platform is about and says how it moves. Results come late,
 * twice, in any order, and are read again after a restart: what is known already changes nothing, and an
 * answer to an earlier attempt or version never settles a later one.
 */
import { canMoveFiling, NUMBER_MESSAGES } from '../../domain/filing.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import type { RecordResultCommand } from '../../ledger/filing-commands.ts';
import type { FilingResultKey } from '../../ledger/filters.ts';
import type { StoreReads } from '../../ledger/ports.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import type { Verdict } from './verdicts.ts';

/** Keys in one query. */
const KEYS_PER_QUERY_MAX = 500;

/** AllowanceNumber is the longest name a message has (MIG 4.1, GenericType_4.0). */
const NUMBER_CHARACTERS_MAX = 16;

/** Clocks that differ by less are left alone. */
export const CLOCK_DIFFERENCE_MS = 300_000;

export interface Matched {
  readonly commands: readonly RecordResultCommand[];
  /** Verdicts about messages that no filing here is. */
  readonly unknown: readonly Verdict[];
  /** Verdicts about messages that Turnkey says it packed long before they were handed over. */
  readonly skewed: readonly Verdict[];
}

export async function matchVerdicts(
  reads: StoreReads,
  verdicts: readonly Verdict[],
): Promise<Matched> {
  const keys = new Map<string, FilingResultKey>();
  for (const verdict of verdicts) {
    for (const key of keysOf(verdict)) keys.set(keyText(key), key);
  }
  const rows = new Map<string, FilingRow[]>();
  const all = [...keys.values()];
  for (let from = 0; from < all.length; from += KEYS_PER_QUERY_MAX) {
    for (const row of await reads.findFilingsByResult(all.slice(from, from + KEYS_PER_QUERY_MAX))) {
      const number = row.numbers || row.allowanceNumber || row.invoiceNumber;
      const key = keyText({ ...row, number });
      rows.set(key, [...(rows.get(key) ?? []), row]);
    }
  }
  const commands: RecordResultCommand[] = [];
  const unknown: Verdict[] = [];
  const skewed: Verdict[] = [];
  for (const verdict of verdicts) {
    const named = keysOf(verdict).flatMap((key) => rows.get(keyText(key)) ?? []);
    if (named.length === 0) unknown.push(verdict);
    const filing = filingOf(verdict, named);
    if (filing !== null && isPackedBefore(filing, verdict)) skewed.push(verdict);
    if (filing === null || !isNews(filing, verdict)) continue;
    const { to, code, text, summarizedOn } = verdict;
    const { seller, sequence } = filing;
    const mark = summarizedOn === undefined ? {} : { summarizedOn };
    commands.push({ seller, account: 'system', ip: '', sequence, to, code, text, ...mark });
  }
  return { commands, unknown, skewed };
}

/** Whether the answer moves the filing, or is the first summary that names it. */
function isNews(filing: FilingRow, { to, summarizedOn }: Verdict): boolean {
  const isMark = summarizedOn !== undefined && filing.summarizedOn === null;
  return canMoveFiling(filing.state, to) || (isMark && filing.state === to);
}

function keysOf({
  sellers,
  message,
  number,
  dates,
  answeredAt,
}: Verdict): readonly FilingResultKey[] {
  if (number.length > NUMBER_CHARACTERS_MAX) return [];
  // A number message is named by track and type alone; the key's day is not looked at.
  const days = NUMBER_MESSAGES.includes(message) ? [taipeiDateOf(answeredAt)] : dates;
  return sellers.flatMap((seller) => days.map((keyDate) => ({ seller, message, number, keyDate })));
}

function keyText(key: FilingResultKey): string {
  const day = NUMBER_MESSAGES.includes(key.message) ? '' : key.keyDate;
  return `${key.seller}/${key.message}/${key.number}/${day}`;
}

/**
 * The filing that the answer is about, or null. Several bear one name where an invoice was reissued
 * (same number and day): then it is the last one that was handed over before the answer. A refusal older
 * than the hand-over is about an attempt before; a confirmation counts whichever attempt earned it.
 */
function filingOf(verdict: Verdict, named: readonly FilingRow[]): FilingRow | null {
  const handed = named.filter((row) => row.attempts > 0);
  const [only] = handed;
  if (handed.length === 1 && only !== undefined) {
    const isFree = only.attempts === 1 || verdict.to === 'confirmed';
    return isFree || isHandedBefore(only, verdict) ? only : null;
  }
  return handed
    .filter((row) => isHandedBefore(row, verdict))
    .reduce<FilingRow | null>(
      (latest, row) => (latest === null || row.sequence > latest.sequence ? row : latest),
      null,
    );
}

/** Whether Turnkey's clock must be behind this one: what was handed over once cannot be packed before. */
function isPackedBefore({ attempts, handedAt }: FilingRow, { packedAt }: Verdict): boolean {
  if (attempts !== 1 || handedAt === null || packedAt === null) return false;
  const lag = Temporal.PlainDateTime.from(packedAt.replace(' ', 'T')).until(
    handedAt.replace(' ', 'T'),
  );
  return lag.total('milliseconds') > CLOCK_DIFFERENCE_MS;
}

function isHandedBefore(filing: FilingRow, verdict: Verdict): boolean {
  return filing.handedAt !== null && filing.handedAt <= verdict.answeredAt;
}
