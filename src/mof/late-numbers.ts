/**
 * Invoices whose numbers had been reported blank (E0402) when they came: their filings wait until the corrected
 * report is confirmed, since nobody documents what the platform says to an invoice of a number that it holds
 * as blank. A bounded piece a round; nothing else is read while none waits.
 */
import type { HoldReason } from '../domain/invoice.ts';
import { isWithin } from '../domain/number-book.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { latestReports, parseReport } from '../ledger/number-report.ts';
import type { FilingRow } from '../ledger/rows.ts';
import type { Log } from './ports.ts';

const HOLD: HoldReason = 'blank-reported';
/** Waiting filings looked at in one round. */
const LATE_PER_ROUND_MAX = 500;
/** Reports of a seller read at once: one or a few a track and period. */
const REPORT_FILINGS_MAX = 5000;

interface LateParts {
  readonly ledger: Ledger;
  readonly log: Log;
}

/** How many filings of each seller wait for a corrected report; one look for all sellers. */
export async function countLateNumbers({
  ledger,
}: Pick<LateParts, 'ledger'>): Promise<ReadonlyMap<Ubn, number>> {
  const counts = new Map<Ubn, number>();
  for (const { seller } of await waitingFilings(ledger)) {
    counts.set(seller, (counts.get(seller) ?? 0) + 1);
  }
  return counts;
}

async function waitingFilings({ reads }: Ledger): Promise<readonly FilingRow[]> {
  const filter = { states: ['held'], heldFor: HOLD } as const;
  return (await reads.listFilings(filter, 0, LATE_PER_ROUND_MAX)).items;
}

/** Lets go what waited for a report that is confirmed now. */
export async function releaseLateNumbers({ ledger, log }: LateParts): Promise<void> {
  const waitingNow = await waitingFilings(ledger);
  const places = Map.groupBy(waitingNow, ({ seller, period }) => `${seller}/${period}`);
  for (const waiting of places.values()) {
    const free = await freedOf(ledger, waiting);
    if (free.length === 0) continue;
    await letGo(ledger, free);
    log.info({ count: free.length }, 'late invoices go out: their numbers are blank no more');
  }
}

/** Filings, all of one seller and period, whose number the last confirmed report leaves out. */
async function freedOf(
  { reads }: Ledger,
  waiting: readonly FilingRow[],
): Promise<readonly FilingRow[]> {
  const [some] = waiting;
  if (some === undefined) return [];
  const { seller, period } = some;
  const reports = latestReports(await reads.listNumberReports(seller, period));
  const { items } = await reads.listFilings({ seller, message: 'E0402' }, 0, REPORT_FILINGS_MAX);
  const isConfirmed = (numbers: string, version: number): boolean =>
    items.some(
      (filing) =>
        filing.period === period &&
        filing.numbers === numbers &&
        filing.version === version &&
        filing.state === 'confirmed',
    );
  return waiting.filter(({ invoiceNumber }) => {
    const own = reports.filter(
      (row) => row.message === 'E0402' && row.numbers.startsWith(`${invoiceNumber.slice(0, 2)}/`),
    );
    const position = Number(invoiceNumber.slice(2));
    return own.every(
      (row) =>
        isConfirmed(row.numbers, row.version) &&
        !parseReport(row).ranges.some((range) => isWithin(range, position)),
    );
  });
}

async function letGo(ledger: Ledger, filings: readonly FilingRow[]): Promise<void> {
  const origin = ({ seller, sequence }: FilingRow) => {
    return { seller, sequence, account: 'system', ip: '' };
  };
  const others = ({ holds }: FilingRow) => holds.filter((hold) => hold !== HOLD);
  const bound = filings.filter((filing) => others(filing).length > 0);
  await ledger.holdFiling(
    bound.map((filing) => {
      return { ...origin(filing), holds: others(filing), text: filing.resultText };
    }),
  );
  const free = filings.filter((filing) => others(filing).length === 0);
  await ledger.releaseFiling(free.map(origin));
}
