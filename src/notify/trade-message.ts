/**
 * Makes a mail from a notice about a business document: who sold to whom, which document, what was done and
 * by when it was confirmed. Rendered as every message (`message.ts`).
 */
import type { NoticeSettings, NoticeTag } from '../domain/notice.ts';
import type { Seller } from '../domain/seller.ts';
import type { BuyerLinks } from '../ledger/notice-ports.ts';
import type { NoticeRow } from '../ledger/rows.ts';
import { dashed, type Facts, type Message, renderMessage } from './message.ts';
import type { TextRow } from './texts.ts';
import { isConfirmation, type TradeFacts } from './trade-facts.ts';
import { TRADE_TEXTS } from './trade-texts.ts';

export interface TradeMessageParts {
  readonly notice: NoticeRow;
  readonly facts: TradeFacts;
  /** Whose record of the trade it is: the seller of a sale, the buyer of a purchase. */
  readonly party: Seller;
  readonly settings: NoticeSettings;
  readonly links: BuyerLinks;
}

/** The message; null for a tag that nobody is told of business documents. */
export function tradeMessageOf(parts: TradeMessageParts): Message | null {
  const { notice, facts, party, settings } = parts;
  const row = wordsOf(notice.tag, facts);
  if (row === null) return null;
  const isAllowance = facts.trade.kind === 'allowance';
  return renderMessage({
    row,
    settings,
    sender: party.name,
    number: facts.numbers[0] ?? facts.trade.invoiceNumber,
    facts: factRows(parts),
    amount: isAllowance ? 'allowed' : 'total',
    amountValue: String(facts.total),
    link: linkOf(parts),
  });
}

function wordsOf(tag: NoticeTag, { trade, step }: TradeFacts): TextRow | null {
  const words = TRADE_TEXTS[tag];
  if (words === undefined) return null;
  const isWaiting = trade.mode === 'exchange' && step.confirmedAt === null;
  return isWaiting ? (words.asked ?? words.inForce) : words.inForce;
}

function factRows({ notice, facts, party, ...rest }: TradeMessageParts): Facts {
  const { trade, step, numbers, issuedAt, total } = facts;
  const own = `${party.name} (${party.ubn})`;
  const other = `${facts.partnerName || facts.partner} (${facts.partner})`;
  const [seller, buyer] = trade.side === 'sales' ? [own, other] : [other, own];
  const isConfirmed = isConfirmation(notice.tag);
  const remark = isConfirmed ? step.confirmRemark : step.remark;
  const isDeed = trade.steps[0] !== step;
  const link = linkOf({ notice, facts, party, ...rest });
  const rows: readonly (readonly [Facts[number][0], string | null])[] = [
    ['seller', seller],
    ['buyer', buyer],
    ['number', numbers.map(dashed).join('、')],
    ['issuedAt', issuedAt],
    ['allowance', trade.kind === 'allowance' ? trade.number : null],
    [trade.kind === 'allowance' ? 'allowed' : 'total', String(total)],
    ['doneAt', isDeed || trade.kind === 'allowance' ? step.at : null],
    ['reason', step.reason],
    ['confirmedAt', step.confirmedAt],
    ['remark', remark],
    ['link', link],
  ];
  return rows.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, value] as const],
  );
}

/** The page of the party's own invoice shows personal data: it is for its buyer. */
function linkOf({ notice, facts, links }: TradeMessageParts): string | null {
  if (notice.audience !== 'buyer' || facts.content === null) return null;
  return links.invoiceLink(facts.content);
}
