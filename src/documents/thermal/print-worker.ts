/**
 * Works off the printers' jobs: begun on record, sent, settled on record; one job a printer at a time, in
 * their order. A printer that is off, slow or broken delays its own jobs and nothing else.
 */
import { done, fault, type Outcome, refused } from '../../domain/fault.ts';
import { type TaipeiDateTime, taipeiDateOf, taipeiDateTime } from '../../domain/taipei.ts';
import { parseInvoiceContent } from '../../ledger/content.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Accounts, Clock } from '../../ledger/ports.ts';
import type { PrinterRow, PrintRow } from '../../ledger/rows.ts';
import type { QrKeys } from '../create.ts';
import type { Paper } from '../paper.ts';
import { paperOf } from '../papers.ts';
import type { Delivery } from './deliver.ts';

/** Jobs looked at in one round. */
const ROUND_JOBS_MAX = 100;
/** A job that is still `sending` after this was cut off: nobody knows what is on the paper. */
export const SENDING_LEASE_MS = 15 * 60_000;
/** Pauses after each failed attempt; the last one again and again. */
export const RETRY_PAUSES_MS: readonly number[] = [5_000, 15_000, 60_000, 300_000, 900_000];

export interface PrintWorkerParts {
  readonly ledger: Ledger;
  readonly accounts: Pick<Accounts, 'seller'>;
  readonly keys: QrKeys;
  readonly clock: Clock;
  readonly isTest: boolean;
  /** Null where the seller has no printer of this code. */
  readonly printerOf: (seller: PrintRow['seller'], code: string) => PrinterRow | null;
  /** Brings a paper to a printer, or to wherever the sandbox keeps it. */
  readonly deliver: (
    paper: Paper,
    print: PrintRow,
    printer: PrinterRow | null,
  ) => Promise<Delivery>;
  /** Told of what went wrong beside the jobs' own records. */
  readonly onProblem: (error: unknown) => void;
}

export interface PrintWorker {
  /** One round: begins what is due and waits for what it began. */
  tick(): Promise<void>;
}

export function createPrintWorker(parts: PrintWorkerParts): PrintWorker {
  /** Printers at work, by seller and code. */
  const busy = new Set<string>();
  /** Printers that did not take a job, and until when nothing is sent to them. */
  const resting = new Map<string, TaipeiDateTime>();
  return {
    async tick() {
      const now = taipeiDateTime(parts.clock.now());
      const due = await parts.ledger.reads.listDuePrints(now, ROUND_JOBS_MAX);
      const queues = Map.groupBy(due, ({ seller, printer }) => `${seller}/${printer}`);
      const rounds = [...queues].map(async ([name, jobs]) => {
        if (busy.has(name) || now < (resting.get(name) ?? now)) return;
        busy.add(name);
        try {
          for (const job of jobs.toSorted((one, other) => one.sequence - other.sequence)) {
            const restsUntil = await work(parts, job);
            if (restsUntil === null) continue;
            // What it did not take now it does not take a moment later; others wait behind it.
            resting.set(name, restsUntil);
            break;
          }
        } catch (error) {
          parts.onProblem(error);
        } finally {
          busy.delete(name);
        }
      });
      await Promise.all(rounds);
    },
  };
}

/** One job; answers until when its printer rests, or null where it goes on. */
async function work(parts: PrintWorkerParts, job: PrintRow): Promise<TaipeiDateTime | null> {
  if (job.state === 'sending') {
    return settle(parts, job, { kind: 'unsure', reason: 'cut off while it was sent' });
  }
  const origin = { seller: job.seller, account: 'system', ip: '', sequence: job.sequence } as const;
  const until = after(parts.clock, SENDING_LEASE_MS);
  const [begun] = await parts.ledger.recordPrintJob([{ ...origin, to: 'sending', until }]);
  if (begun?.ok !== true || !begun.value.isMoved) return null;
  const paper = await paperOfJob(parts, job);
  const result: Delivery = paper.ok
    ? await parts.deliver(paper.value, job, parts.printerOf(job.seller, job.printer))
    : { kind: 'unsure', reason: paper.faults.map(({ code }) => code).join(' ') };
  return settle(parts, begun.value.print, result);
}

async function settle(
  parts: PrintWorkerParts,
  job: PrintRow,
  result: Delivery,
): Promise<TaipeiDateTime | null> {
  const origin = { seller: job.seller, account: 'system', ip: '', sequence: job.sequence } as const;
  if (result.kind === 'again') {
    const pause = RETRY_PAUSES_MS[Math.min(job.attempts, RETRY_PAUSES_MS.length) - 1] ?? 0;
    const nextAt = after(parts.clock, pause);
    await parts.ledger.recordPrintJob([{ ...origin, to: 'due', nextAt, result: result.reason }]);
    return nextAt;
  }
  const reason = result.kind === 'printed' ? '' : result.reason;
  await parts.ledger.recordPrintJob([{ ...origin, to: result.kind, result: reason }]);
  return null;
}

function after(clock: Clock, pauseMs: number): TaipeiDateTime {
  return taipeiDateTime(clock.now() + pauseMs);
}

/** The paper as it is now: an annulled version is not printed any more, a voided one says so. */
async function paperOfJob(parts: PrintWorkerParts, job: PrintRow): Promise<Outcome<Paper>> {
  const { seller: ubn, period, number, version } = job;
  const { reads } = parts.ledger;
  const [row] = await reads.findVersions([{ seller: ubn, period, number, version }]);
  const seller = parts.accounts.seller(ubn);
  if (row === undefined || seller === undefined) {
    return refused(fault('INVOICE_NOT_FOUND', 'number', 'the job names no invoice'));
  }
  const content = parseInvoiceContent(row.content);
  const issuedOn = taipeiDateOf(content.issuedAt);
  const record = await reads.findInvoice({ by: 'number', seller: ubn, number, issuedOn });
  if (record === null || record.row.version !== version) {
    return refused(fault('INVOICE_NOT_FOUND', 'version', 'it was issued anew since'));
  }
  const style = { form: 'strip', hasDetails: job.hasDetails, isTwoSided: false } as const;
  const paper = paperOf({
    content,
    seller,
    key: parts.keys.keyOf(ubn),
    style,
    isOriginal: job.isOriginal,
    isVoided: record.row.state === 'voided',
    isTest: parts.isTest,
  });
  return paper.ok ? done(paper.value) : paper;
}
