/**
 * The words of notices about business documents, in Traditional Chinese and English: what was done, and in
 * exchange mode what waits for the other party. `texts.ts` has those of documents of consumers.
 */
import type { NoticeTag } from '../domain/notice.ts';
import { type TextRow, textRow } from './texts.ts';

export interface TradeWords {
  /** It holds: it needs nobody's confirmation, or has it. */
  readonly inForce: TextRow;
  /** It waits for the other party; absent where it cannot. */
  readonly asked?: TextRow;
}

/** By tag; what is not here is not told of business documents. */
export const TRADE_TEXTS: Readonly<Partial<Record<NoticeTag, TradeWords>>> = {
  issued: {
    inForce: textRow(
      '電子發票開立通知',
      '賣方已開立此電子發票。',
      'E-invoice issued',
      'The seller has issued this e-invoice.',
    ),
    asked: textRow(
      '電子發票開立待確認通知',
      '賣方已開立此電子發票，請買方確認或退回。',
      'E-invoice issued: please confirm',
      'The seller has issued this e-invoice. The buyer is asked to confirm or return it.',
    ),
  },
  voided: {
    inForce: textRow(
      '電子發票作廢通知',
      '此電子發票已作廢。',
      'E-invoice voided',
      'This e-invoice has been voided.',
    ),
    asked: textRow(
      '電子發票作廢待確認通知',
      '賣方擬作廢此電子發票，請買方確認；確認前發票仍然有效。',
      'E-invoice to be voided: please confirm',
      'The seller would like to void this e-invoice. It stays valid until the buyer confirms.',
    ),
  },
  returned: {
    inForce: textRow(
      '電子發票退回通知',
      '此電子發票已退回。',
      'E-invoice returned',
      'This e-invoice has been returned.',
    ),
    asked: textRow(
      '電子發票退回待確認通知',
      '買方退回此電子發票，請賣方確認。',
      'E-invoice returned: please confirm',
      'The buyer returns this e-invoice. The seller is asked to confirm.',
    ),
  },
  allowed: {
    inForce: textRow(
      '電子發票折讓通知',
      '賣方已就此電子發票開立折讓證明單。',
      'E-invoice allowance',
      'The seller has made an allowance on this e-invoice.',
    ),
    asked: textRow(
      '電子發票折讓待確認通知',
      '賣方已就此電子發票開立折讓證明單，請買方確認。',
      'E-invoice allowance: please confirm',
      'The seller has made an allowance on this e-invoice. The buyer is asked to confirm.',
    ),
  },
  'allowance-voided': {
    inForce: textRow(
      '電子發票折讓作廢通知',
      '此電子發票之折讓證明單已作廢。',
      'E-invoice allowance voided',
      'An allowance on this e-invoice has been voided.',
    ),
    asked: textRow(
      '電子發票折讓作廢待確認通知',
      '賣方擬作廢此折讓證明單，請買方確認；確認前折讓仍然有效。',
      'E-invoice allowance to be voided: please confirm',
      'The seller would like to void this allowance. It stays valid until the buyer confirms.',
    ),
  },
  'issue-confirmed': {
    inForce: textRow(
      '電子發票開立確認通知',
      '買方已確認此電子發票。',
      'E-invoice confirmed',
      'The buyer has confirmed this e-invoice.',
    ),
  },
  'void-confirmed': {
    inForce: textRow(
      '電子發票作廢確認通知',
      '買方已確認作廢此電子發票，發票已作廢。',
      'Void of an e-invoice confirmed',
      'The buyer has confirmed the void of this e-invoice; it is voided.',
    ),
  },
  'return-confirmed': {
    inForce: textRow(
      '電子發票退回確認通知',
      '賣方已確認退回此電子發票。',
      'Return of an e-invoice confirmed',
      'The seller has confirmed the return of this e-invoice.',
    ),
  },
  'allowance-confirmed': {
    inForce: textRow(
      '電子發票折讓確認通知',
      '買方已確認此電子發票之折讓證明單。',
      'E-invoice allowance confirmed',
      'The buyer has confirmed the allowance on this e-invoice.',
    ),
  },
  'allowance-void-confirmed': {
    inForce: textRow(
      '電子發票折讓作廢確認通知',
      '買方已確認作廢此折讓證明單，折讓已作廢。',
      'Void of an e-invoice allowance confirmed',
      'The buyer has confirmed the void of this allowance; it is voided.',
    ),
  },
};
