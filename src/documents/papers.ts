/**
 * Which paper an invoice gets, or why it gets none: certificate on the strip, or a business invoice on a
 * sheet. Judged by what the paper needs; whether an invoice may be printed at all is the ledger's rule.
 */
import type { AllowanceContent } from '../domain/allowance.ts';
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import type { Seller } from '../domain/seller.ts';
import type { PrintStyle } from '../ledger/document-ports.ts';
import { describeAllowanceSlip } from './describe-allowance.ts';
import { describeBusinessInvoice } from './describe-business.ts';
import { describeCertificate } from './describe-certificate.ts';
import type { Paper } from './paper.ts';
import type { QrKey } from './qr-key.ts';
import { fitsQr, QR_AMOUNT_MAX } from './qr-text.ts';

export interface PaperRequest {
  readonly content: InvoiceContent;
  readonly seller: Seller;
  readonly key: QrKey | null;
  readonly style: PrintStyle;
  readonly isOriginal: boolean;
  readonly isVoided: boolean;
  readonly isTest: boolean;
}

/** The paper of an invoice in a style. */
export function paperOf(request: PaperRequest): Outcome<Paper> {
  const { content, seller, key, style } = request;
  if (style.form !== 'strip') {
    if (content.buyer.ubn === null) {
      const hint = 'A4 and A5 are for buyers with a tax ID';
      return refused(fault('PRINT_BUSINESS_ONLY', 'style', hint));
    }
    return done(describeBusinessInvoice(content, seller, style.form, request));
  }
  if (!fitsQr(content)) {
    const hint = `the QR codes state at most ${QR_AMOUNT_MAX}; print it on A4`;
    return refused(fault('PRINT_AMOUNT_TOO_LARGE', 'total', hint));
  }
  if (key === null) {
    const hint = 'set it with: npm run kaili -- qr-key add';
    return refused(fault('PRINT_QR_KEY_MISSING', 'seller', hint));
  }
  return done(
    describeCertificate(content, seller, {
      key,
      isOriginal: request.isOriginal,
      isVoided: request.isVoided,
      isTest: request.isTest,
      hasDetails: style.hasDetails,
      hasBack: style.isTwoSided,
    }),
  );
}

/** The slip of an allowance; any may be printed, a voided one says so. */
export function allowancePaper(
  content: AllowanceContent,
  seller: Seller,
  form: 'A4' | 'A5',
  standing: { readonly isVoided: boolean; readonly isTest: boolean },
): Paper {
  return describeAllowanceSlip(content, seller, form, standing);
}
