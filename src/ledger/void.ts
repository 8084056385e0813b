/**
 * void 作廢: ends an invoice for good; its number stays used. Until the 13th of the month after the
 * period, and only when no allowance of it is live (MOF Turnkey rules, section 9; ECPay B2C, Invalid).
 */
import { filingDueAt, voidDeadline } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { periodOf } from '../domain/period.ts';
import { type TaipeiDateTime, taipeiDateOf } from '../domain/taipei.ts';
import type { Batch } from './batch.ts';
import { Chains } from './chain.ts';
import { endEditWindows } from './edit-window.ts';
import { exchangedFault } from './exchange-guard.ts';
import { ISSUE_AHEAD_MINUTES_MAX, isAhead } from './given-number.ts';
import { contentHash } from './journal.ts';
import type { VoidCommand } from './ledger.ts';
import { isReissueOpen } from './reissue.ts';
import type { FilingRow, InvoiceKey, InvoiceRow } from './rows.ts';
import { invoiceKeyText, type Verb } from './verb.ts';

/** `void` is a reserved word; the verb's name is its property. */
export const voidInvoice: Verb<VoidCommand, InvoiceRow> = { name: 'void', apply };

/** The invoices that the commands name, by command: by its own day, else the newest of the number. */
async function findInvoices(
  batch: Batch,
  commands: readonly VoidCommand[],
): Promise<ReadonlyMap<VoidCommand, InvoiceRow>> {
  const exact = new Map<string, InvoiceKey>();
  const newest = new Map<string, Pick<InvoiceKey, 'seller' | 'number'>>();
  for (const { seller, number, issuedOn } of commands) {
    if (issuedOn === undefined) newest.set(`${seller}/${number}`, { seller, number });
    else {
      const key = { seller, period: periodOf(issuedOn), number };
      exact.set(invoiceKeyText(key), key);
    }
  }
  const [byKey, byNumber] = await Promise.all([
    batch.transaction.findInvoices([...exact.values()]),
    batch.transaction.findNewestInvoices([...newest.values()]),
  ]);
  const found = new Map<VoidCommand, InvoiceRow>();
  for (const command of commands) {
    const { seller, number, issuedOn } = command;
    const rows = issuedOn === undefined ? byNumber : byKey;
    const row = rows.find(
      (each) =>
        each.seller === seller &&
        each.number === number &&
        (issuedOn === undefined || taipeiDateOf(each.issuedAt) === issuedOn),
    );
    if (row !== undefined) found.set(command, row);
  }
  return found;
}

async function apply(
  batch: Batch,
  commands: readonly VoidCommand[],
): Promise<readonly Outcome<InvoiceRow>[]> {
  const named = await findInvoices(batch, commands);
  const invoices = new Map([...named.values()].map((row) => [invoiceKeyText(row), row]));
  const found = [...invoices.values()];
  const chains = await Chains.open(batch, found);
  const open = await batch.transaction.findAllowancesOf(found);
  const allowed = new Set(
    open
      .filter((row) => row.state === 'live' || row.state === 'awaiting-consent')
      .map((row) =>
        invoiceKeyText({ seller: row.seller, period: row.period, number: row.invoiceNumber }),
      ),
  );
  const voided: InvoiceRow[] = [];
  const filings: FilingRow[] = [];
  const released: FilingRow[] = [];
  const outcomes = commands.map((command): Outcome<InvoiceRow> => {
    const known = named.get(command);
    const key = known === undefined ? '' : invoiceKeyText(known);
    const invoice = invoices.get(key);
    if (invoice === undefined) {
      return refused(
        fault('INVOICE_NOT_FOUND', 'number', 'no invoice of this number was issued on this day'),
      );
    }
    const problem = whyNot(batch, command, invoice, chains, allowed.has(key));
    if (problem !== null) return refused(problem);
    const row = voidRow(batch, command, invoice);
    invoices.set(key, row);
    voided.push(row);
    released.push(...endEditWindows(chains, row));
    const filing = fileVoid(batch, row, command.remark ?? '', chains);
    chains.add(filing);
    filings.push(filing);
    return done(row);
  });
  await batch.transaction.saveInvoices(voided);
  await batch.transaction.freeReferences(voided);
  await batch.transaction.saveFilings(released);
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

function whyNot(
  batch: Batch,
  command: VoidCommand,
  invoice: InvoiceRow,
  chains: Chains,
  hasAllowance: boolean,
): Fault | null {
  const exchanged = exchangedFault(chains.of(invoice));
  if (exchanged !== null) return exchanged;
  if (invoice.state === 'voided') {
    return fault('INVOICE_VOIDED', 'number', `it was voided at ${invoice.voidedAt}`);
  }
  if (hasAllowance) {
    return fault('INVOICE_HAS_ALLOWANCES', 'number', 'void its allowances first, then the invoice');
  }
  const deadline = voidDeadline(invoice.period, command.graceDay);
  if (batch.now > deadline) {
    return fault('VOID_DEADLINE_PASSED', 'number', `it could be voided until ${deadline}`);
  }
  const problem = voidTimeProblem(command.at, invoice.issuedAt, batch.now);
  if (problem !== null) return problem;
  if (isReissueOpen(chains.of(invoice))) {
    return fault(
      'REISSUE_UNCONFIRMED',
      'number',
      'wait until the Ministry has confirmed the reissue',
    );
  }
  return null;
}

function voidRow(batch: Batch, command: VoidCommand, invoice: InvoiceRow): InvoiceRow {
  const { reason } = command;
  const voidedAt = command.at ?? batch.now;
  const hash = contentHash(voidText(voidedAt, reason));
  const subject = `invoice/${invoice.period}/${invoice.number}/${invoice.version}`;
  batch.append(command.seller, voidInvoice.name, command.account, subject, hash);
  return { ...invoice, state: 'voided', voidedAt, voidReason: reason };
}

/** Why a client's own time of a void is impossible: before the document's, or too far ahead. */
export function voidTimeProblem(
  at: TaipeiDateTime | undefined,
  documentAt: TaipeiDateTime,
  now: TaipeiDateTime,
): Fault | null {
  if (at === undefined || (at >= documentAt && !isAhead(at, now))) return null;
  const hint = `from ${documentAt} on and at most ${ISSUE_AHEAD_MINUTES_MAX} minutes after ${now}, got ${at}`;
  return fault('VOID_TIME_INVALID', 'at', hint);
}

/** What a void's journal entry hashes. */
export function voidText(voidedAt: string, reason: string): string {
  return JSON.stringify({ voidedAt, reason });
}

function fileVoid(batch: Batch, invoice: InvoiceRow, remark: string, chains: Chains): FilingRow {
  const eventAt = invoice.voidedAt ?? batch.now;
  const keyDate = taipeiDateOf(eventAt);
  return batch.file({
    seller: invoice.seller,
    message: 'F0501',
    period: invoice.period,
    invoiceNumber: invoice.number,
    version: invoice.version,
    allowanceNumber: '',
    eventAt,
    reason: invoice.voidReason,
    remark,
    keyDate,
    dueAt: filingDueAt(keyDate, invoice.buyerUbn !== null),
    holds: chains.holdsForNext(invoice),
  });
}
