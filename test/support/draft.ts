/**
 * Drafts for tests of amounts, over the demo data: lines by amount, a consumer and a business buyer.
 */
import type { AllowanceDraft, AllowanceDraftLine } from '../../src/domain/allowance.ts';
import type { Buyer, DraftLine, InvoiceDraft } from '../../src/domain/invoice.ts';
import * as demo from './demo.ts';

export const CONSUMER: Buyer = demo.draft(100).buyer;
export const BUSINESS: Buyer = { ...CONSUMER, ubn: demo.BUYER_UBN, name: '示範股份有限公司' };

/** A line; its unit price is its amount unless the test says otherwise. */
export function draftLine(amount: string, changes: Partial<DraftLine> = {}): DraftLine {
  return { ...demo.line(1, '示範商品', amount), ...changes };
}

/** A consumer's invoice of one line of 100, taxable, prices with tax. */
export function invoiceDraft(changes: Partial<InvoiceDraft> = {}): InvoiceDraft {
  return demo.draft(100, changes);
}

export function allowanceLine(
  amount: string,
  changes: Partial<AllowanceDraftLine> = {},
): AllowanceDraftLine {
  const { remark: _, ...line } = draftLine(amount);
  return { ...line, ...changes };
}

/** An allowance of one line of 50. */
export function allowanceDraft(changes: Partial<AllowanceDraft> = {}): AllowanceDraft {
  return demo.allowanceDraft(50, changes);
}
