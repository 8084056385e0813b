/**
 * From a filing to the file that Turnkey takes: picks the message, maps the ledger's records, checks the
 * value by table and rules, writes it. What the Ministry would refuse never becomes a file: the answer
 * then names every problem and for which reason the filing is to be held. Pure; who hands the file over
 * and who holds the filing is the outbox's business.
 */
import type { Seller } from '../../domain/seller.ts';
import type { AllowanceRecord, FilingRow, InvoiceRecord } from '../../ledger/rows.ts';
import { type ComposedMessage, checkMessage, refusedAs, writeChecked } from './check-message.ts';
import { F0401, f0401Of } from './f0401.ts';
import { F0501, f0501Of } from './f0501.ts';
import { F0701, f0701Of } from './f0701.ts';
import { G0401, g0401Of } from './g0401.ts';
import { G0501, g0501Of } from './g0501.ts';
import { F0401_RULES, F0401_STATED_RULES, G0401_RULES, VOID_RULES } from './message-rules.ts';
import type { MessageTable, MessageValue } from './message-table.ts';
import type { Rule } from './rules/rule.ts';

export interface MessageSource {
  readonly filing: FilingRow;
  /** The seller's settings as they are now. */
  readonly seller: Seller;
  /** The content of the version that the filing names; when and why the invoice was voided. */
  readonly invoice: {
    readonly content: InvoiceRecord['content'];
    readonly row: Pick<InvoiceRecord['row'], 'voidedAt' | 'voidReason'>;
  };
  /** For G0401 and G0501. */
  readonly allowance: {
    readonly content: AllowanceRecord['content'];
    readonly row: Pick<AllowanceRecord['row'], 'voidedAt' | 'voidReason'>;
  } | null;
}

/** The message of a filing, or everything that speaks against handing it over. */
export function composeMessage(source: MessageSource): ComposedMessage {
  const { filing, seller, invoice, allowance } = source;
  const { content, row } = invoice;
  if (filing.message === 'E0401' || filing.message === 'E0402') {
    throw new Error('a filing about numbers is composed of its report');
  }
  if (!namesItsDocument(source)) return refusedAs('KAILI-10', '');
  switch (filing.message) {
    case 'F0401': {
      if (content.amounts.total !== content.total)
        return refusedAs('KAILI-09', 'Amount/TotalAmount');
      const rules = content.sense === 'tax-apart' ? F0401_STATED_RULES : F0401_RULES;
      return finish(source, F0401, f0401Of(content, seller), rules);
    }
    case 'F0501': {
      if (row.voidedAt === null) return refusedAs('KAILI-10', 'CancelDate');
      const value = f0501Of(content, row.voidedAt, row.voidReason, filing.remark);
      return finish(source, F0501, value, VOID_RULES);
    }
    case 'F0701':
      return finish(source, F0701, f0701Of(content, filing.eventAt, filing.reason), VOID_RULES);
    case 'G0401': {
      if (allowance === null) return refusedAs('KAILI-10', '');
      const { amounts, total } = allowance.content;
      if (amounts.net + amounts.tax !== total) return refusedAs('KAILI-09', 'Amount/TotalAmount');
      const value = g0401Of(allowance.content, content.buyer, seller);
      return finish(source, G0401, value, G0401_RULES);
    }
    case 'G0501': {
      if (allowance === null || allowance.row.voidedAt === null) {
        return refusedAs('KAILI-10', 'CancelDate');
      }
      const { voidedAt, voidReason } = allowance.row;
      const value = g0501Of(allowance.content, voidedAt, voidReason, filing.remark);
      return finish(source, G0501, value, VOID_RULES);
    }
    default:
      // Messages of the exchange are composed of a trade: `compose-exchange.ts`.
      return refusedAs('KAILI-10', '');
  }
}

/** Whether records and filing belong together: another document's message must never be sent. */
function namesItsDocument({ filing, seller, invoice, allowance }: MessageSource): boolean {
  const { content } = invoice;
  const isInvoice =
    seller.ubn === filing.seller &&
    content.seller === filing.seller &&
    content.period === filing.period &&
    content.number === filing.invoiceNumber;
  if (filing.message === 'F0401' || filing.message === 'F0701') {
    return isInvoice && content.version === filing.version;
  }
  if (filing.message === 'F0501') return isInvoice;
  return (
    isInvoice &&
    allowance !== null &&
    allowance.content.seller === filing.seller &&
    allowance.content.number === filing.allowanceNumber &&
    allowance.content.invoice.period === filing.period &&
    allowance.content.invoice.number === filing.invoiceNumber
  );
}

function finish<Value extends MessageValue>(
  source: MessageSource,
  table: MessageTable,
  value: Value,
  rules: readonly Rule<Value>[],
): ComposedMessage {
  const problems = checkMessage(table, value, rules);
  const open = isSpecialTaxReleased(source)
    ? problems.filter((problem) => problem.hold !== 'special-tax-unconfirmed')
    : problems;
  return open.length > 0 ? { ok: false, problems: open } : writeChecked(table, value);
}

/**
 * Whether a person has decided that a special-tax invoice the platform may refuse goes out as it is: its
 * filing began as held for that reason, and is held no longer (docs/reference/mig.md, special tax at
 * the edge).
 */
function isSpecialTaxReleased({ filing, invoice }: MessageSource): boolean {
  const wasHeld = invoice.content.holds.includes('special-tax-unconfirmed');
  return wasHeld && filing.state !== 'held' && !filing.holds.includes('special-tax-unconfirmed');
}
