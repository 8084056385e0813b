/**
 * allow 折讓: gives back part of an issued invoice. The sum of live allowances never exceeds the invoice,
 * in total and in each tax class; the amounts are split by `composeAllowance`.
 */
import {
  type AllowanceAmounts,
  type AllowanceContent,
  partsOf,
  reservesAmount,
} from '../domain/allowance.ts';
import { composeAllowance } from '../domain/compose-allowance.ts';
import { filingDueAt } from '../domain/deadlines.ts';
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import { remainingOf } from '../domain/remaining.ts';
import type { Batch } from './batch.ts';
import { Chains } from './chain.ts';

import { newConsent } from './consents.ts';
import { parseAllowanceContent, parseInvoiceContent } from './content.ts';
import { endEditWindows } from './edit-window.ts';
import { exchangedFault } from './exchange-guard.ts';
import { contentHash } from './journal.ts';
import type { AllowCommand, Allowed } from './ledger.ts';
import type { Origin } from './origin.ts';
import type { AllowanceRow, ConsentRow, FilingRow, InvoiceKey, InvoiceRow } from './rows.ts';
import { invoiceKeyText, type Verb } from './verb.ts';

export const allow: Verb<AllowCommand, Allowed> = { name: 'allow', apply };

/** An invoice that this run may give back from, with what counts already as it grows. */
export interface Target {
  readonly row: InvoiceRow;
  readonly content: InvoiceContent;
  readonly live: AllowanceAmounts[];
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
  const released: FilingRow[] = [];
  const consents: ConsentRow[] = [];
  const outcomes = commands.map((command): Outcome<Allowed> => {
    const target = targets.get(targetText(command.seller, command.number));
    if (target === undefined) {
      return refused(fault('INVOICE_NOT_FOUND', 'number', 'no invoice of this number was issued'));
    }
    const exchanged = exchangedFault(chains.of(target.row));
    if (exchanged !== null) return refused(exchanged);
    if (target.row.state === 'voided') {
      return refused(fault('INVOICE_VOIDED', 'number', `it was voided at ${target.row.voidedAt}`));
    }
    const live = target.live.map((amounts) => ({ amounts }));
    const composed = composeAllowance(command.draft, target.content, live);
    if (!composed.ok) return composed;
    const content = makeContent(batch, command, target.content, composed.value);
    const row = allowanceRowOf(batch, command, content);
    target.live.push(content.amounts);
    const remaining = remainingOf(target.content, [...live, content]).total;
    if (command.consent !== undefined) {
      const consent = newConsent(batch, row, command.consent.callbackUrl);
      rows.push({ ...row, state: 'awaiting-consent' });
      consents.push(consent);
      return done({ content, remaining, expiresAt: consent.expiresAt });
    }
    rows.push(row);
    released.push(...endEditWindows(chains, target.row));
    const filing = fileAllowance(batch, target, content, chains);
    chains.add(filing);
    filings.push(filing);
    return done({ content, remaining });
  });
  await batch.transaction.insertAllowances(rows);
  await batch.transaction.insertConsents(consents);
  await batch.transaction.saveFilings(released);
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

/** How a target is found: the newest invoice of a seller's number. */
export function targetText(seller: string, number: string): string {
  return `${seller}/${number}`;
}

/** The newest invoice of each number that exists, with its live allowances. */
export async function findTargets(
  batch: Batch,
  named: readonly Pick<InvoiceKey, 'seller' | 'number'>[],
): Promise<Map<string, Target>> {
  const keys = new Map(
    named.map(({ seller, number }) => [targetText(seller, number), { seller, number }]),
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
    targets.set(targetText(row.seller, row.number), target);
    byKey.set(invoiceKeyText(row), target);
  }
  for (const row of await batch.transaction.findAllowancesOf(invoices)) {
    if (!reservesAmount(row.state)) continue;
    const key = { seller: row.seller, period: row.period, number: row.invoiceNumber };
    byKey.get(invoiceKeyText(key))?.live.push(amountsOn(row));
  }
  return targets;
}

/** What an allowance takes from the invoice that its row names. */
function amountsOn(row: AllowanceRow): AllowanceAmounts {
  const part = partsOf(parseAllowanceContent(row.content)).find(
    ({ invoice }) => invoice.period === row.period && invoice.number === row.invoiceNumber,
  );
  if (part === undefined) throw new Error('an allowance without the part of its invoice');
  return part.amounts;
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

/** The row of a new live allowance, with its entry in the journal. */
export function allowanceRowOf(
  batch: Batch,
  command: Origin,
  content: AllowanceContent,
): AllowanceRow {
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
