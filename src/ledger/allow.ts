/**
 * allow 折讓: gives back part of an issued invoice. The sum of live allowances never exceeds the invoice,
 * in total and in each tax class; the amounts are split by `composeAllowance`.
 */
import type { AllowanceContent } from '../domain/allowance.ts';
import { composeAllowance } from '../domain/compose-allowance.ts';
import { filingDueAt } from '../domain/deadlines.ts';
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import { remainingOf } from '../domain/remaining.ts';
import type { Batch } from './batch.ts';
import { Chains } from './chain.ts';
import { parseAllowanceContent, parseInvoiceContent } from './content.ts';
import { contentHash } from './journal.ts';
import type { AllowCommand, Allowed } from './ledger.ts';
import type { AllowanceRow, FilingRow, InvoiceRow } from './rows.ts';
import { invoiceKeyText, type Verb } from './verb.ts';

export const allow: Verb<AllowCommand, Allowed> = { name: 'allow', apply };

/** An invoice that this run may give back from, with its live allowances as they grow. */
interface Target {
  readonly row: InvoiceRow;
  readonly content: InvoiceContent;
  readonly live: AllowanceContent[];
}

async function apply(
  batch: Batch,
  commands: readonly AllowCommand[],
): Promise<readonly Outcome<Allowed>[]> {
  const targets = await findTargets(batch, commands);
  const chains = await Chains.open(
    batch,
    [...targets.values()].map((target) => target.row),
  );
  const rows: AllowanceRow[] = [];
  const filings: FilingRow[] = [];
  const outcomes = commands.map((command): Outcome<Allowed> => {
    const target = targets.get(`${command.seller}/${command.number}`);
    if (target === undefined) {
      return refused(fault('INVOICE_NOT_FOUND', 'number', 'no invoice of this number was issued'));
    }
    if (target.row.state === 'voided') {
      return refused(fault('INVOICE_VOIDED', 'number', `it was voided at ${target.row.voidedAt}`));
    }
    const composed = composeAllowance(command.draft, target.content, target.live);
    if (!composed.ok) return composed;
    const content = makeContent(batch, command, target.content, composed.value);
    rows.push(makeRow(batch, command, content));
    const filing = fileAllowance(batch, target, content, chains);
    chains.add(filing);
    filings.push(filing);
    target.live.push(content);
    return done({ content, remaining: remainingOf(target.content, target.live).total });
  });
  await batch.transaction.insertAllowances(rows);
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

async function findTargets(
  batch: Batch,
  commands: readonly AllowCommand[],
): Promise<Map<string, Target>> {
  const keys = new Map(
    commands.map(({ seller, number }) => [`${seller}/${number}`, { seller, number }]),
  );
  const invoices = await batch.transaction.findNewestInvoices([...keys.values()]);
  const versions = await batch.transaction.findCurrentVersions(invoices);
  const contents = new Map(
    versions.map((row) => [invoiceKeyText(row), parseInvoiceContent(row.content)]),
  );
  const targets = new Map<string, Target>();
  const byKey = new Map<string, Target>();
  for (const row of invoices) {
    const content = contents.get(invoiceKeyText(row));
    if (content === undefined) throw new Error('an invoice without its current version');
    const target = { row, content, live: [] };
    targets.set(`${row.seller}/${row.number}`, target);
    byKey.set(invoiceKeyText(row), target);
  }
  for (const row of await batch.transaction.findAllowancesOf(invoices)) {
    if (row.state !== 'live' && row.state !== 'awaiting-consent') continue;
    const key = { seller: row.seller, period: row.period, number: row.invoiceNumber };
    byKey.get(invoiceKeyText(key))?.live.push(parseAllowanceContent(row.content));
  }
  return targets;
}

function makeContent(
  batch: Batch,
  command: AllowCommand,
  invoice: InvoiceContent,
  composed: Pick<AllowanceContent, 'lines' | 'amounts'>,
): AllowanceContent {
  const { draft } = command;
  return {
    seller: command.seller,
    number: batch.nextAllowanceNumber(command.seller),
    allowedAt: batch.now,
    invoice: {
      period: invoice.period,
      number: invoice.number,
      issuedAt: invoice.issuedAt,
      buyerUbn: invoice.buyer.ubn,
      buyerName: invoice.buyer.name,
    },
    total: draft.total,
    reason: draft.reason,
    customerName: draft.customerName,
    notify: draft.notify,
    lines: composed.lines,
    amounts: composed.amounts,
  };
}

function makeRow(batch: Batch, command: AllowCommand, content: AllowanceContent): AllowanceRow {
  const text = JSON.stringify(content);
  const hash = contentHash(text);
  const subject = `allowance/${content.number}`;
  const sequence = batch.append(command.seller, allow.name, command.account, subject, hash);
  return {
    seller: content.seller,
    number: content.number,
    state: 'live',
    account: command.account,
    period: content.invoice.period,
    invoiceNumber: content.invoice.number,
    allowedAt: content.allowedAt,
    net: content.amounts.net,
    tax: content.amounts.tax,
    total: content.amounts.total,
    content: text,
    hash,
    sequence,
    ip: command.ip,
    voidedAt: null,
    voidReason: '',
  };
}

function fileAllowance(
  batch: Batch,
  target: Target,
  content: AllowanceContent,
  chains: Chains,
): FilingRow {
  return batch.file({
    seller: content.seller,
    message: 'G0401',
    period: target.row.period,
    invoiceNumber: target.row.number,
    version: target.row.version,
    allowanceNumber: content.number,
    eventAt: content.allowedAt,
    reason: '',
    keyDate: batch.today,
    dueAt: filingDueAt(batch.today, target.row.buyerUbn !== null),
    holds: chains.holdsForNext(target.row),
  });
}
