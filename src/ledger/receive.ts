/**
 * receive 接收: takes a message that a party outside this center sent through the Ministry (MIG 4.1 exchange
 * messages, DownCast). It has the effect that the same call would have here, owes no message, and may come
 * any number of times. What does not fit what is known is refused and changes nothing.
 */

import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import { periodOf } from '../domain/period.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import { actFault, confirmFault, stepOf, type TradeKind, type TradeSide } from '../domain/trade.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { Origin } from './origin.ts';
import { RECEIVED, TradeBook } from './trade-book.ts';
import type { Incoming, Received, ReceiveFacts } from './trade-commands.ts';
import { TradeEffects } from './trade-effects.ts';
import type { TradeKey, TradeRow } from './trade-rows.ts';
import type { Verb } from './verb.ts';

type ReceiveCommand = Origin & ReceiveFacts;

export const receive: Verb<ReceiveCommand, Received> = { name: RECEIVED, apply };

async function apply(
  batch: Batch,
  commands: readonly ReceiveCommand[],
): Promise<readonly Outcome<Received>[]> {
  // The sender's own record is opened too: where it is of this center, what it did is known already.
  const keys = commands.flatMap((command) => {
    const { kind, number } = nameOf(command.incoming);
    return [
      { seller: command.seller, kind, number },
      { seller: command.from, kind, number },
    ];
  });
  const book = await TradeBook.open(batch, keys);
  const effects = await TradeEffects.open(
    batch,
    keys.flatMap((key) => book.of(key)),
  );
  const outcomes = commands.map((command) => takeIn(batch, command, book, effects));
  await book.write();
  await effects.write();
  return outcomes;
}

function nameOf(incoming: Incoming): Pick<TradeKey, 'kind' | 'number'> {
  switch (incoming.what) {
    case 'invoice':
      return { kind: 'invoice', number: incoming.content.number };
    case 'allowance':
      return { kind: 'allowance', number: incoming.content.number };
    default:
      return { kind: incoming.kind, number: incoming.number };
  }
}

const ACTOR_VERB = RECEIVED;

function takeIn(
  batch: Batch,
  command: ReceiveCommand,
  book: TradeBook,
  effects: TradeEffects,
): Outcome<Received> {
  const { seller, from, incoming, account } = command;
  const actor = { verb: ACTOR_VERB, account };
  if (incoming.what === 'invoice' || incoming.what === 'allowance') {
    return takeDocument(batch, command, incoming, book);
  }
  const { kind, number, day } = incoming;
  // The seller voids and confirms returns; the buyer returns and confirms the rest.
  const isFromSeller = (incoming.what === 'deed') === (incoming.act !== 'return');
  const side: TradeSide = isFromSeller ? 'purchase' : 'sales';
  const trade = book
    .of({ seller, kind, number })
    .find((row) => row.side === side && row.partner === from && taipeiDateOf(row.at) === day);
  if (trade === undefined || trade.mode === 'storage') {
    const hint = 'no exchanged document of this number, day and party is known';
    return refused(fault('TRADE_UNKNOWN', 'number', hint));
  }
  const known = stepOf(trade, incoming.act);
  if (incoming.what === 'deed') {
    const { act } = incoming;
    if (known !== undefined) return done('known');
    // Judged as the sender's own act; the platform takes a void before the confirmation too.
    const problem = actFault({ ...trade, side: sideOf(act) }, act, false);
    if (problem !== null) return refused(problem);
    const { at, reason, remark } = incoming;
    book.act(trade, { act, at, reason, remark, confirmedAt: null, confirmRemark: '' }, actor);
    return done('taken');
  }
  const { act } = incoming;
  if (known?.confirmedAt != null) return done('known');
  const problem = confirmFault({ ...trade, side: side === 'sales' ? 'purchase' : 'sales' }, act);
  if (problem !== null) return refused(problem);
  const by = { confirmedAt: incoming.at, confirmRemark: incoming.remark };
  const after = book.confirm(trade, act, by, actor);
  if (act === 'void') effects.voidInForce(after);
  return done('taken');
}

function sideOf(act: 'void' | 'return'): TradeSide {
  return act === 'void' ? 'sales' : 'purchase';
}

function takeDocument(
  batch: Batch,
  { seller, from, account }: ReceiveCommand,
  incoming: Extract<Incoming, { readonly what: 'invoice' | 'allowance' }>,
  book: TradeBook,
): Outcome<Received> {
  const { kind, number } = nameOf(incoming);
  const { content } = incoming;
  const at = incoming.what === 'invoice' ? incoming.content.issuedAt : incoming.content.allowedAt;
  const period = periodOf(taipeiDateOf(at));
  const chain = chainOf(incoming);
  const known = book
    .of({ seller, kind, number })
    .find((row) => row.side === 'purchase' && row.partner === from && isSamePeriod(row, kind, at));
  if (known !== undefined) {
    const isSame = known.hash === contentHash(JSON.stringify(content));
    // A document of a party that is of this center came with the call; its message adds nothing.
    if (isSame || batch.knows(from)) return done('known');
    const hint = 'another document of this number and party is known';
    return refused(fault('TRADE_NUMBER_USED', 'number', hint));
  }
  if (batch.knows(from)) {
    const hint = 'its sender is of this center and never issued it here';
    return refused(fault('TRADE_UNKNOWN', 'number', hint));
  }
  const name = { seller: from, kind, number, side: 'sales', partner: seller } as const;
  const sale = { ...name, period: chain?.period ?? period, invoiceNumber: chain?.number, at };
  if (sale.invoiceNumber === undefined) {
    return refused(fault('TRADE_UNKNOWN', 'lines', 'the document names no invoice'));
  }
  book.beginPurchase({ ...sale, invoiceNumber: sale.invoiceNumber }, content, {
    verb: RECEIVED,
    account,
  });
  return done('taken');
}

function isSamePeriod(row: TradeRow, kind: TradeKind, at: TradeRow['at']): boolean {
  // An allowance's number is its seller's for ever; an invoice's recurs in later years.
  if (kind === 'allowance') return true;
  return row.period === periodOf(taipeiDateOf(at));
}

/** The invoice in whose chain the document stands: itself, or the first that the allowance names. */
function chainOf(incoming: Extract<Incoming, { readonly what: 'invoice' | 'allowance' }>) {
  if (incoming.what === 'invoice') {
    const { number, issuedAt } = incoming.content;
    return { number, period: periodOf(taipeiDateOf(issuedAt)) };
  }
  const [first] = incoming.content.lines;
  if (first === undefined) return undefined;
  return { number: first.invoiceNumber, period: periodOf(first.invoiceDay) };
}
