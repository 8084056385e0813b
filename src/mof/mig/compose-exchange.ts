/**
 * From a filing of the B2B exchange to the file that Turnkey takes: what one party tells the other about
 * a trade of theirs. As `compose.ts`: checked by table and rules before it is written, and pure.
 */
import type { AllowanceContent } from '../../domain/allowance.ts';
import type { InvoiceContent } from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import { stepOf, type TradeAct, type TradeStep } from '../../domain/trade.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import type { TradeRow } from '../../ledger/trade-rows.ts';
import { A0101, a0101Of } from './a0101.ts';
import { A0102, a0102Of } from './a0102.ts';
import { A0201, a0201Of } from './a0201.ts';
import { A0202, a0202Of } from './a0202.ts';
import { A0301, a0301Of } from './a0301.ts';
import { A0302, a0302Of } from './a0302.ts';
import { B0101, b0101Of } from './b0101.ts';
import { B0102, b0102Of } from './b0102.ts';
import { B0201, b0201Of } from './b0201.ts';
import { B0202, b0202Of } from './b0202.ts';
import { type ComposedMessage, composeValue, refusedAs } from './check-message.ts';
import type {
  ExchangeEvent,
  NamedAllowance,
  NamedInvoice,
  ReasonedEvent,
} from './exchange-facts.ts';
import { A0101_RULES, B0101_RULES, VOID_RULES } from './message-rules.ts';

export interface ExchangeSource {
  readonly filing: FilingRow;
  /** The sender's settings as they are now. */
  readonly seller: Seller;
  readonly trade: TradeRow;
  /** The sender's own invoice; an A0101 and a B0101 show it, the others have no need of it. */
  readonly invoice: InvoiceContent | null;
  /** The sender's own allowance; a B0101 shows it. */
  readonly allowance: AllowanceContent | null;
}

/** The message of an exchange filing, or everything that speaks against handing it over. */
export function composeExchange(source: ExchangeSource): ComposedMessage {
  const { filing, trade, seller } = source;
  if (filing.seller !== trade.seller || seller.ubn !== filing.seller) {
    return refusedAs('KAILI-10', '');
  }
  return trade.kind === 'invoice' ? composeOfInvoice(source) : composeOfAllowance(source);
}

function composeOfInvoice({ filing, seller, trade, invoice }: ExchangeSource): ComposedMessage {
  const named = namedInvoice(trade);
  switch (filing.message) {
    case 'A0101': {
      if (invoice === null || invoice.number !== trade.number) return refusedAs('KAILI-10', '');
      return composeValue(A0101, a0101Of(invoice, seller), A0101_RULES);
    }
    case 'A0102':
      return told(trade, 'issue', confirmation, (event) =>
        composeValue(A0102, a0102Of(named, event), VOID_RULES),
      );
    case 'A0201':
      return told(trade, 'void', deed, (event) =>
        composeValue(A0201, a0201Of(named, event, ''), VOID_RULES),
      );
    case 'A0202':
      return told(trade, 'void', confirmation, (event) =>
        composeValue(A0202, a0202Of(named, event), VOID_RULES),
      );
    case 'A0301':
      return told(trade, 'return', deed, (event) =>
        composeValue(A0301, a0301Of(named, event), VOID_RULES),
      );
    case 'A0302':
      return told(trade, 'return', confirmation, (event) =>
        composeValue(A0302, a0302Of(named, event), VOID_RULES),
      );
    default:
      return refusedAs('KAILI-10', '');
  }
}

function composeOfAllowance(source: ExchangeSource): ComposedMessage {
  const { filing, seller, trade, invoice, allowance } = source;
  const named = namedAllowance(trade);
  switch (filing.message) {
    case 'B0101': {
      if (allowance === null || invoice === null || allowance.number !== trade.number) {
        return refusedAs('KAILI-10', '');
      }
      const value = b0101Of(allowance, invoice.buyer, seller);
      return composeValue(B0101, value, B0101_RULES);
    }
    case 'B0102':
      return told(trade, 'issue', confirmation, (event) =>
        composeValue(B0102, b0102Of(named, event), VOID_RULES),
      );
    case 'B0201':
      return told(trade, 'void', deed, (event) =>
        composeValue(B0201, b0201Of(named, event), VOID_RULES),
      );
    case 'B0202':
      return told(trade, 'void', confirmation, (event) =>
        composeValue(B0202, b0202Of(named, event), VOID_RULES),
      );
    default:
      return refusedAs('KAILI-10', '');
  }
}

/** Composes from what the trade says of an act; without it the filing names something that never was. */
function told<Event>(
  trade: TradeRow,
  act: TradeAct,
  eventOf: (step: TradeStep) => Event | null,
  compose: (event: Event) => ComposedMessage,
): ComposedMessage {
  const step = stepOf(trade, act);
  const event = step === undefined ? null : eventOf(step);
  return event === null ? refusedAs('KAILI-10', '') : compose(event);
}

function deed({ at, reason, remark }: TradeStep): ReasonedEvent {
  return { at, reason, remark };
}

function confirmation({ confirmedAt, confirmRemark }: TradeStep): ExchangeEvent | null {
  return confirmedAt === null ? null : { at: confirmedAt, remark: confirmRemark };
}

function namedInvoice(trade: TradeRow): NamedInvoice {
  const isSale = trade.side === 'sales';
  return {
    number: trade.invoiceNumber,
    issuedAt: trade.at,
    seller: isSale ? trade.seller : trade.partner,
    buyer: { ubn: isSale ? trade.partner : trade.seller },
  };
}

function namedAllowance(trade: TradeRow): NamedAllowance {
  const isSale = trade.side === 'sales';
  return {
    number: trade.number,
    allowedAt: trade.at,
    seller: isSale ? trade.seller : trade.partner,
    invoice: { buyerUbn: isSale ? trade.partner : trade.seller },
  };
}
