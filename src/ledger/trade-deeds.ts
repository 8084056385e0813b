/**
 * reject 退回 and voidTrade 作廢: what a party does with an exchanged document, for the other to confirm. A
 * return in storage mode is an entry of the seller's alone and owes no message: MIG 4 knows none.
 *
 * An exchanged document stays in force until its void is confirmed; then `confirm` voids it.
 */

import { voidDeadline } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { periodOf } from '../domain/period.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import { actFault, type TradeStep } from '../domain/trade.ts';
import type { Batch } from './batch.ts';
import { type OpenTrades, openTrades, UNKNOWN } from './confirm.ts';
import type { Origin } from './origin.ts';
import type { FilingRow, InvoiceKey } from './rows.ts';
import type { RejectFacts, VoidTradeFacts } from './trade-commands.ts';
import { deedMessage, fileTradeEvent } from './trade-filings.ts';
import type { TradeRow } from './trade-rows.ts';
import { invoiceKeyText, type Verb } from './verb.ts';

type RejectCommand = Origin & RejectFacts;
type VoidTradeCommand = Origin & VoidTradeFacts;

export const reject: Verb<RejectCommand, TradeRow> = { name: 'reject', apply: applyRejects };
export const voidTrade: Verb<VoidTradeCommand, TradeRow> = {
  name: 'voidTrade',
  apply: applyVoids,
};

async function applyRejects(
  batch: Batch,
  commands: readonly RejectCommand[],
): Promise<readonly Outcome<TradeRow>[]> {
  const trades = await openTrades(batch, commands);
  const allowed = await invoicesWithAllowances(batch, trades.found);
  const filings: FilingRow[] = [];
  const outcomes = commands.map((command): Outcome<TradeRow> => {
    const trade = trades.book.get({ seller: command.seller, ...command.trade });
    if (trade === undefined) return refused(UNKNOWN);
    const problem = actFault(trade, 'return', true) ?? allowanceFault(trade, allowed);
    if (problem !== null) return refused(problem);
    return done(take(batch, command, trade, 'return', trades, filings));
  });
  await trades.book.write();
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

async function applyVoids(
  batch: Batch,
  commands: readonly VoidTradeCommand[],
): Promise<readonly Outcome<TradeRow>[]> {
  const trades = await openTrades(batch, commands);
  const allowed = await invoicesWithAllowances(batch, trades.found);
  const filings: FilingRow[] = [];
  const outcomes = commands.map((command): Outcome<TradeRow> => {
    const trade = trades.book.get({ seller: command.seller, ...command.trade });
    if (trade === undefined) return refused(UNKNOWN);
    const problem =
      actFault(trade, 'void', true) ??
      allowanceFault(trade, allowed) ??
      deadlineFault(batch, command, trade);
    if (problem !== null) return refused(problem);
    return done(take(batch, command, trade, 'void', trades, filings));
  });
  await trades.book.write();
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

function take(
  batch: Batch,
  { account, reason, remark }: RejectCommand,
  trade: TradeRow,
  act: 'void' | 'return',
  { book, chains, invoicesOf }: OpenTrades,
  filings: FilingRow[],
): TradeRow {
  const at = batch.now;
  const step: TradeStep = { act, at, reason, remark, confirmedAt: null, confirmRemark: '' };
  const verb = act === 'void' ? voidTrade.name : reject.name;
  const after = book.act(trade, step, { verb, account });
  if (trade.mode === 'exchange') {
    const message = deedMessage(trade.kind, act);
    const event = { message, at, reason, remark };
    filings.push(fileTradeEvent(batch, after, event, chains, invoicesOf(after)));
  }
  return after;
}

/** The invoices of these trades, by their sellers, from which an allowance takes. */
async function invoicesWithAllowances(
  batch: Batch,
  trades: readonly TradeRow[],
): Promise<ReadonlySet<string>> {
  const keys = new Map<string, InvoiceKey>();
  for (const trade of trades) {
    if (trade.kind === 'invoice') keys.set(invoiceText(trade), invoiceKeyOf(trade));
  }
  const rows = await batch.transaction.findAllowancesOf([...keys.values()]);
  return new Set(
    rows
      .filter((row) => row.state === 'live' || row.state === 'awaiting-consent')
      .map(({ seller, period, invoiceNumber: number }) =>
        invoiceKeyText({ seller, period, number }),
      ),
  );
}

function invoiceKeyOf(trade: TradeRow): InvoiceKey {
  const seller = trade.side === 'sales' ? trade.seller : trade.partner;
  return { seller, period: trade.period, number: trade.invoiceNumber };
}
function invoiceText(trade: TradeRow): string {
  return invoiceKeyText(invoiceKeyOf(trade));
}

function allowanceFault(trade: TradeRow, allowed: ReadonlySet<string>): Fault | null {
  if (trade.kind !== 'invoice' || !allowed.has(invoiceText(trade))) return null;
  return fault('INVOICE_HAS_ALLOWANCES', 'number', 'void its allowances first');
}

function deadlineFault(batch: Batch, { until }: VoidTradeCommand, trade: TradeRow): Fault | null {
  const deadline = until ?? voidDeadline(periodOf(taipeiDateOf(trade.at)));
  if (batch.now <= deadline) return null;
  const code = trade.kind === 'invoice' ? 'VOID_DEADLINE_PASSED' : 'ALLOWANCE_VOID_DEADLINE_PASSED';
  return fault(code, 'number', `it could be voided until ${deadline}`);
}
