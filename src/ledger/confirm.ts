/**
 * confirm 確認: a party confirms what the other did with a document that they exchange: its issue, its
 * void, its return. From then on the step is in force, on both sides where both are of this center; the
 * message goes out all the same (MIG 4.1 A0102, A0202, A0302, B0102, B0202).
 */

import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import { confirmFault } from '../domain/trade.ts';
import type { Batch } from './batch.ts';
import { Chains, invoiceOfPart } from './chain.ts';
import type { Origin } from './origin.ts';
import type { FilingRow, InvoiceKey } from './rows.ts';
import { TradeBook } from './trade-book.ts';
import type { ConfirmFacts } from './trade-commands.ts';
import { TradeEffects } from './trade-effects.ts';
import { chainKeysOf, confirmationMessage, fileTradeEvent } from './trade-filings.ts';
import type { TradeRow } from './trade-rows.ts';
import { invoiceKeyText, type Verb } from './verb.ts';

type ConfirmCommand = Origin & ConfirmFacts;

export const confirm: Verb<ConfirmCommand, TradeRow> = { name: 'confirm', apply };

async function apply(
  batch: Batch,
  commands: readonly ConfirmCommand[],
): Promise<readonly Outcome<TradeRow>[]> {
  const { book, chains, found, invoicesOf } = await openTrades(batch, commands);
  const effects = await TradeEffects.open(batch, found);
  const filings: FilingRow[] = [];
  const outcomes = commands.map((command): Outcome<TradeRow> => {
    const { seller, trade: name, act, remark, account } = command;
    const trade = book.get({ seller, ...name });
    if (trade === undefined) return refused(UNKNOWN);
    const problem = confirmFault(trade, act);
    if (problem !== null) return refused(problem);
    const by = { confirmedAt: batch.now, confirmRemark: remark };
    const after = book.confirm(trade, act, by, { verb: confirm.name, account });
    if (act === 'void') effects.voidInForce(after);
    const message = confirmationMessage(trade.kind, act);
    const event = { message, at: batch.now, reason: '', remark };
    filings.push(fileTradeEvent(batch, after, event, chains, invoicesOf(after)));
    return done(after);
  });
  await book.write();
  await effects.write();
  await batch.transaction.insertFilings(filings);
  return outcomes;
}

/** A trade of the command's name is not there: the dialect looked it up before, so it is a rare race. */
export const UNKNOWN = fault('TRADE_UNKNOWN', 'number', 'there is no such document of this party');

/** The trades that commands name, on both sides, and the chains that their filings stand in. */
export async function openTrades(
  batch: Batch,
  commands: readonly Pick<ConfirmCommand, 'seller' | 'trade'>[],
): Promise<OpenTrades> {
  const book = await TradeBook.open(
    batch,
    commands.flatMap(({ seller, trade: { kind, number, partner } }) => [
      { seller, kind, number },
      { seller: partner, kind, number },
    ]),
  );
  const found = commands.flatMap(({ seller, trade }) => book.get({ seller, ...trade }) ?? []);
  const parts = await batch.transaction.findAllowanceParts(
    found.flatMap(({ kind, side, seller, number }) =>
      kind === 'allowance' && side === 'sales' ? [{ seller, number }] : [],
    ),
  );
  const invoicesOf = (trade: TradeRow): readonly InvoiceKey[] => {
    const own = parts.filter(
      ({ seller, number }) => seller === trade.seller && number === trade.number,
    );
    const isOwn = trade.kind === 'allowance' && trade.side === 'sales' && own.length > 0;
    return isOwn ? own.map(invoiceOfPart) : [chainKeysOf(trade)[0]];
  };
  const keys = found.flatMap((trade) => [...invoicesOf(trade), ...chainKeysOf(trade)]);
  return { book, chains: await Chains.open(batch, uniqueKeys(keys)), found, invoicesOf };
}

/** What the verbs of the exchange work with. */
export interface OpenTrades {
  readonly book: TradeBook;
  readonly chains: Chains;
  readonly found: readonly TradeRow[];
  /** The sender's own invoices in whose chains a filing of the trade stands. */
  invoicesOf(trade: TradeRow): readonly InvoiceKey[];
}

function uniqueKeys(keys: readonly InvoiceKey[]): readonly InvoiceKey[] {
  return [...new Map(keys.map((key) => [invoiceKeyText(key), key])).values()];
}
