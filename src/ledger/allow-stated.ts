/**
 * allowStated 折讓: gives back with net and tax as the client states them, from one invoice or from several
 * of one buyer, under Kaili's number or the client's. Every invoice that it names is measured, and its
 * filing waits for those of each. In the journal it is an `allow` as any other.
 */
import type {
  AllowanceContent,
  AllowedInvoice,
  NamedInvoice,
  StatedAllowanceDraft,
} from '../domain/allowance.ts';
import { composeStatedAllowance } from '../domain/compose-stated-allowance.ts';
import { filingDueAt } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { remainingOf } from '../domain/remaining.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import { allowanceRowOf, findTargets, type Target, targetText } from './allow.ts';
import { AllowanceNumbers } from './allowance-number.ts';
import { allowedTrades, openSales, saleOf, salesFault } from './allowed-trade.ts';
import type { Batch } from './batch.ts';
import { Chains } from './chain.ts';

import { endEditWindows } from './edit-window.ts';
import { exchangedFault } from './exchange-guard.ts';
import type { Allowed, AllowStatedCommand } from './ledger.ts';
import type { AllowancePartRow, AllowanceRow, FilingRow } from './rows.ts';
import { furtherInvoices, type TradeBook } from './trade-book.ts';
import type { TradeTerms } from './trade-commands.ts';
import { fileTradeEvent } from './trade-filings.ts';
import type { TradeRow } from './trade-rows.ts';
import type { Verb } from './verb.ts';

export const allowStated: Verb<AllowStatedCommand, Allowed> = { name: 'allow', apply };

/** The rows that one run writes. */
interface Written {
  readonly rows: AllowanceRow[];
  readonly parts: AllowancePartRow[];
  readonly filings: FilingRow[];
  /** Filings of the invoices whose edit window an allowance ended. */
  readonly released: FilingRow[];
  readonly trades: TradeRow[];
}

async function apply(
  batch: Batch,
  commands: readonly AllowStatedCommand[],
): Promise<readonly Outcome<Allowed>[]> {
  const targets = await findTargets(
    batch,
    commands.flatMap(({ seller, draft }) =>
      draft.lines.map(({ invoice: { number } }) => ({ seller, number })),
    ),
  );
  const numbers = await AllowanceNumbers.open(batch, commands);
  const found = [...targets.values()].map((target) => target.row);
  const sales = await openSales(batch, commands);
  // The buyer's confirmations of the invoices come before an exchanged allowance.
  const others = found.flatMap(({ seller, period, number, buyerUbn }) =>
    buyerUbn === null || saleOf(sales, { seller, period, number })?.mode !== 'exchange'
      ? []
      : [{ seller: buyerUbn, period, number }],
  );
  const chains = await Chains.open(batch, [...found, ...others]);
  const written: Written = { rows: [], parts: [], filings: [], released: [], trades: [] };
  const outcomes = commands.map((command): Outcome<Allowed> => {
    const named = namedTargets(command, targets);
    if ('code' in named) return refused(named);
    const terms = termsOf(command, named.targets, sales, chains);
    if (terms !== null && 'code' in terms) return refused(terms);
    const composed = composeStatedAllowance(
      command.draft,
      named.targets.map(({ row, content, live }) => ({
        number: row.number,
        invoice: content,
        live: live.map((amounts) => ({ amounts })),
      })),
      named.targetOf,
    );
    if (!composed.ok) return composed;
    const number = numbers.take(command);
    if (typeof number !== 'string') return refused(number);
    const { lines, amounts, parts } = composed.value;
    const content: AllowanceContent = {
      ...contentOf(batch, command, number, named.targets),
      lines,
      amounts,
      ...(parts.length > 1 && {
        parts: named.targets.map((target, index) => ({
          invoice: invoiceOf(target),
          amounts: parts[index] ?? amounts,
        })),
      }),
    };
    write(batch, command, content, { targets: named.targets, terms, chains }, written);
    named.targets.forEach((target, index) => {
      target.live.push(parts[index] ?? amounts);
    });
    return done({ content, remaining: remainingTotal(named.targets) });
  });
  await batch.transaction.insertAllowances(written.rows, written.parts);
  await batch.transaction.saveFilings(written.released);
  await batch.transaction.insertFilings(written.filings);
  await batch.transaction.insertTrades(written.trades, furtherInvoices(written.trades));
  return outcomes;
}

/** How the allowance is traded, as its invoices are; null where they are not; or why it is refused. */
function termsOf(
  { seller, trade }: AllowStatedCommand,
  targets: readonly Target[],
  book: TradeBook,
  chains: Chains,
): TradeTerms | Fault | null {
  if (trade === undefined) {
    for (const { row } of targets) {
      const exchanged = exchangedFault(chains.of(row));
      if (exchanged !== null) return exchanged;
    }
    return null;
  }
  const sales = targets.map(({ row: { period, number } }) =>
    saleOf(book, { seller, period, number }),
  );
  return salesFault(sales) ?? { ...trade, mode: sales[0]?.mode ?? 'storage' };
}

/** The invoices of a command in the order of its lines, and which line names which; or what hinders. */
function namedTargets(
  { seller, draft }: AllowStatedCommand,
  known: ReadonlyMap<string, Target>,
): { readonly targets: readonly Target[]; readonly targetOf: readonly number[] } | Fault {
  const targets: Target[] = [];
  const targetOf: number[] = [];
  for (const [index, { invoice }] of draft.lines.entries()) {
    const target = known.get(targetText(seller, invoice.number));
    const path = `lines[${index}].invoice`;
    if (target === undefined || !isOfDay(target, invoice)) {
      return fault('INVOICE_NOT_FOUND', path, 'no such invoice of this number was issued');
    }
    if (target.row.state === 'voided') {
      return fault('INVOICE_VOIDED', path, `it was voided at ${target.row.voidedAt}`);
    }
    if (!targets.includes(target)) targets.push(target);
    targetOf.push(targets.indexOf(target));
  }
  return { targets, targetOf };
}

function isOfDay({ row }: Target, { issuedOn }: NamedInvoice): boolean {
  return issuedOn === undefined || taipeiDateOf(row.issuedAt) === issuedOn;
}

function invoiceOf({ content }: Target): AllowedInvoice {
  return {
    period: content.period,
    number: content.number,
    issuedAt: content.issuedAt,
    buyerUbn: content.buyer.ubn,
    buyerName: content.buyer.name,
  };
}

function contentOf(
  batch: Batch,
  { seller, draft, allowedAt }: AllowStatedCommand,
  number: string,
  targets: readonly Target[],
): Omit<AllowanceContent, 'lines' | 'amounts'> {
  const [first] = targets;
  if (first === undefined) throw new Error('an allowance that names no invoice was composed');
  return {
    seller,
    number,
    allowedAt: allowedAt ?? batch.now,
    invoice: invoiceOf(first),
    total: totalOf(draft),
    reason: draft.reason,
    customerName: draft.customerName,
    notify: draft.notify,
  };
}

function totalOf({ net, tax }: StatedAllowanceDraft): AllowanceContent['total'] {
  // Both were compared with sums of the lines, which are far below 2^53.
  return (net + tax) as AllowanceContent['total'];
}

function remainingTotal(targets: readonly Target[]): Allowed['remaining'] {
  let total = 0;
  for (const { content, live } of targets) {
    total += remainingOf(
      content,
      live.map((amounts) => ({ amounts })),
    ).total;
  }
  // A sum of what is left of invoices: whole and small.
  return total as Allowed['remaining'];
}

/** Where an allowance belongs. */
interface Placed {
  readonly targets: readonly Target[];
  readonly terms: TradeTerms | null;
  readonly chains: Chains;
}

function write(
  batch: Batch,
  command: AllowStatedCommand,
  content: AllowanceContent,
  { targets, terms, chains }: Placed,
  { rows, parts, filings, released, trades }: Written,
): void {
  const [first] = targets;
  if (first === undefined) return;
  const { seller, number } = content;
  const row = allowanceRowOf(batch, command, content);
  rows.push(row);
  const own =
    terms === null ? [] : allowedTrades(batch, content, first.content, terms, row.sequence);
  trades.push(...own);
  for (const [position, { invoice, amounts }] of (content.parts ?? []).entries()) {
    const { net, tax, total } = amounts;
    const { period, number: invoiceNumber } = invoice;
    parts.push({ seller, number, position, period, invoiceNumber, net, tax, total });
  }
  const invoices = targets.map((target) => target.row);
  released.push(...invoices.flatMap((invoice) => endEditWindows(chains, invoice)));
  const keyDate = taipeiDateOf(content.allowedAt);
  const [sale] = own;
  if (sale?.mode === 'exchange') {
    const event = { message: 'B0101', at: content.allowedAt, reason: '', remark: '' } as const;
    filings.push(fileTradeEvent(batch, sale, event, chains, invoices));
    return;
  }
  const filing = batch.file({
    seller,
    message: 'G0401',
    period: first.row.period,
    invoiceNumber: first.row.number,
    version: first.row.version,
    allowanceNumber: number,
    eventAt: content.allowedAt,
    reason: '',
    keyDate,
    dueAt: filingDueAt(keyDate, first.row.buyerUbn !== null),
    holds: chains.holdsForNext(...invoices),
  });
  chains.add(filing, invoices);
  filings.push(filing);
}
