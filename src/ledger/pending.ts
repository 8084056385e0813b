/**
 * What the verbs of delayed invoices 延遲開立 share: when one is due, how its rows are found, how the
 * invoice comes into being and who is told. A delayed invoice is judged when it is scheduled; it is
 * issued by `issue` itself, in the very transaction that closes its row, so exactly once.
 */
import { addDays } from '../domain/calendar.ts';
import { type Fault, fault, type Outcome } from '../domain/fault.ts';
import type { IssuedInvoice } from '../domain/invoice.ts';
import type { TaipeiDate, TaipeiDateTime } from '../domain/taipei.ts';
import type { Batch } from './batch.ts';
import { issue } from './issue.ts';
import type { DelayedIssue, IssueCommand, NotifyCommand } from './ledger.ts';
import type { PendingIssueRow, PendingKey, ReferenceKey } from './rows.ts';

/**
 * Hour of its day from which a delayed invoice is issued, and can no longer be cancelled (O'Pay B2C API,
 * CancelDelayIssue: not after 10:00 on the day of issue; ECPay runs the same family of code).
 */
const DUE_HOUR = '10:00:00';

/** When an invoice delayed from a day by some days is due. */
export function dueAfter(day: TaipeiDate, days: number): TaipeiDateTime {
  // Made of a day of the calendar and an hour.
  return `${addDays(day, days)} ${DUE_HOUR}` as TaipeiDateTime;
}

export function pendingText(key: PendingKey): string {
  return JSON.stringify([key.seller, key.account, key.key]);
}

/** How journal entries and notices name it; a client's key may hold anything. */
export function pendingSubject({ account, key }: PendingKey): string {
  return `pending/${account}/${encodeURIComponent(key)}`;
}

/** The rows of these keys, as a run of commands finds and leaves them. */
export async function findPending(
  batch: Batch,
  keys: readonly PendingKey[],
): Promise<Map<string, PendingIssueRow>> {
  const unique = new Map(
    keys.map(({ seller, account, key }) => {
      const only = { seller, account, key };
      return [pendingText(only), only];
    }),
  );
  const rows = await batch.transaction.findPendingIssues([...unique.values()]);
  return new Map(rows.map((row) => [pendingText(row), row]));
}

/** Why a delayed invoice cannot be changed any more; null where it still waits. */
export function whyClosed(row: PendingIssueRow | undefined): Fault | null {
  if (row === undefined || row.state === 'cancelled') {
    return fault('PENDING_NOT_FOUND', 'key', 'no delayed invoice of this key waits');
  }
  if (row.state === 'issued') {
    return fault('PENDING_ISSUED', 'key', `it was issued as ${row.number}`);
  }
  return null;
}

/** References that invoices or other waiting delayed invoices have taken. */
export class TakenReferences {
  readonly #byInvoice = new Set<string>();
  /** Reference -> key of the delayed invoice that will bear it. */
  readonly #byPending = new Map<string, string>();

  static async open(
    batch: Batch,
    commands: readonly { readonly invoice: DelayedIssue }[],
  ): Promise<TakenReferences> {
    const taken = new TakenReferences();
    const claims = new Map<string, ReferenceKey>();
    for (const { invoice } of commands) {
      const { seller, account, references } = invoice;
      for (const { kind, key } of references) {
        claims.set(JSON.stringify([seller, account, kind, key]), { seller, account, kind, key });
      }
    }
    for (const row of await batch.transaction.findReferences([...claims.values()])) {
      taken.#byInvoice.add(JSON.stringify([row.seller, row.account, row.key]));
    }
    const waiting = new Map(
      [...claims.values()].map(({ seller, account, key }) => [
        JSON.stringify([seller, account, key]),
        { seller, account, referenceKey: key },
      ]),
    );
    for (const row of await batch.transaction.findPendingReferences([...waiting.values()])) {
      taken.add(row);
    }
    return taken;
  }

  add(row: PendingIssueRow): void {
    this.#byPending.set(
      JSON.stringify([row.seller, row.account, row.referenceKey]),
      pendingText(row),
    );
  }

  /** The fault of a delayed invoice whose reference somebody else has; null where it is free. */
  clash(invoice: DelayedIssue, self: PendingKey): Fault | null {
    const { seller, account } = invoice;
    const key = JSON.stringify([seller, account, referenceKeyOf(invoice)]);
    const holder = this.#byPending.get(key);
    const isFree =
      !this.#byInvoice.has(key) && (holder === undefined || holder === pendingText(self));
    if (isFree) return null;
    const hint = 'an invoice, or one that waits to be issued, has this reference';
    return fault('REFERENCE_DUPLICATE', 'relate', hint);
  }
}

export function referenceKeyOf(invoice: DelayedIssue): string {
  return invoice.references[0]?.key ?? '';
}

/** Issues delayed invoices; answers as `issue` does, in order. */
export function issueNow(
  batch: Batch,
  rows: readonly PendingIssueRow[],
): Promise<readonly Outcome<IssuedInvoice>[]> {
  // Written by `schedule` and `reschedule` from this very type.
  const commands = rows.map((row) => JSON.parse(row.command) as IssueCommand);
  return issue.apply(batch, commands);
}

/** The row of one that has become an invoice. */
export function issuedRow(
  batch: Batch,
  row: PendingIssueRow,
  { period, number }: IssuedInvoice,
): PendingIssueRow {
  const settled = { period, number, settledAt: batch.now, nextAt: null, problem: '' };
  return { ...row, state: 'issued', ...settled };
}

/** The callback that tells its client; none where the client named no address. */
export function callbackOf(
  row: PendingIssueRow,
  tag: 'delayed-issued' | 'delayed-failed',
): readonly NotifyCommand[] {
  if (row.callbackUrl === '') return [];
  const subject = pendingSubject(row);
  // A failure is told once for each reason, and anew after the invoice was edited.
  const occasion = tag === 'delayed-failed' ? ` ${row.problem} ${row.sequence}` : '';
  return [
    {
      seller: row.seller,
      account: row.account,
      ip: '',
      kind: 'callback',
      tag,
      audience: 'program',
      recipient: row.callbackUrl,
      subject,
      event: `${tag} ${subject}${occasion}`,
      isAgain: false,
    },
  ];
}
