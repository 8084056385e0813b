/** One paper of every kind, for scanning, for pictures and for printers. */

import { describeAllowanceSlip } from '../../src/documents/describe-allowance.ts';
import { describeBusinessInvoice, describeDonated } from '../../src/documents/describe-business.ts';
import {
  type CertificateOptions,
  describeCertificate,
} from '../../src/documents/describe-certificate.ts';
import type { Paper } from '../../src/documents/paper.ts';
import { deriveQrKey } from '../../src/documents/qr-key.ts';
import type { AllowanceContent } from '../../src/domain/allowance.ts';
import { composeAllowance } from '../../src/domain/compose-allowance.ts';
import { parseDonationCode } from '../../src/domain/donation-code.ts';
import type { InvoiceContent } from '../../src/domain/invoice.ts';
import type { Seller } from '../../src/domain/seller.ts';
import { accepted, allowanceDraft, dollars, line, SELLER_A } from './demo.ts';
import { type ContentChanges, contentOf } from './document-contents.ts';

export const PAPER_KEY = deriveQrKey('12345678');
const STANDING = { isVoided: false, isTest: true } as const;
const ORIGINAL: CertificateOptions = {
  ...STANDING,
  key: PAPER_KEY,
  isOriginal: true,
  hasDetails: true,
  hasBack: false,
};
const COMPANY = { ubn: '53538851', name: '測試股份有限公司', address: '臺北市信義區示範路9號' };
const THREE = [line(1, '乾電池', '105'), line(2, '口罩', '210'), line(3, '牛奶', '25')];

export interface KindOfPaper {
  readonly name: string;
  readonly paper: Paper;
  /** Whose codes the first page shows; null where a paper has none. */
  readonly content: InvoiceContent | null;
}

function certificate(
  name: string,
  total: number,
  changes: ContentChanges,
  options: Partial<CertificateOptions> = {},
  seller: Seller = SELLER_A,
): KindOfPaper {
  const content = contentOf(total, changes);
  const paper = describeCertificate(content, seller, { ...ORIGINAL, ...options });
  return { name, paper, content };
}

const many = Array.from({ length: 20 }, (_, at) => line(at + 1, `文具用品第${at + 1}號`, '12.5'));
/** Not in the font: a rare name's character, a picture, a joined family. */
const RARE = [line(1, '𠮷野家牛丼🍚 店名「㐂」', '99'), line(2, '長'.repeat(80), '1')];

/** As long as a name may be, and everything else as high as it gets. */
const LONG_NAME: Seller = {
  ...SELLER_A,
  name: '開立測試商店股份有限公司臺北忠孝分店'.repeat(4).slice(0, 60),
};

export const KINDS_OF_PAPER: readonly KindOfPaper[] = [
  certificate('consumer', 340, { lines: THREE }),
  certificate('company', 340, { lines: THREE, buyer: COMPANY }),
  certificate('reprint', 340, { lines: THREE }, { isOriginal: false, hasDetails: false }),
  certificate('voided', 340, { lines: THREE }, { isVoided: true, hasDetails: false }),
  certificate('two-sided', 340, { lines: THREE }, { hasBack: true, hasDetails: false }),
  certificate('many-items', 250, { lines: many }),
  certificate('rare-characters', 100, { lines: RARE }),
  certificate(
    'largest',
    0xff_ff_ff_ff,
    { lines: [line(1, '整廠設備', '4294967295')] },
    { hasDetails: false },
  ),
  certificate('long-name', 250, { lines: many, buyer: COMPANY }, {}, LONG_NAME),
  certificate('live', 340, { lines: THREE }, { isTest: false, hasDetails: false }),
  {
    name: 'donated',
    paper: describeDonated(donated(), SELLER_A, STANDING),
    content: null,
  },
  business('business-a4', 'A4', 3),
  business('business-a5', 'A5', 3),
  business('business-pages', 'A4', 60),
  {
    name: 'allowance',
    paper: describeAllowanceSlip(allowanceOf(), SELLER_A, 'A4', STANDING),
    content: null,
  },
];

function donated(): InvoiceContent {
  return contentOf(340, {
    isPrinted: false,
    donationCode: parseDonationCode('168001') ?? '',
    lines: THREE,
  });
}

function business(name: string, form: 'A4' | 'A5', count: number): KindOfPaper {
  const lines = Array.from({ length: count }, (_, at) =>
    line(at + 1, `辦公室用品 ${at + 1}`, '35'),
  );
  const content = contentOf(35 * count, { lines, buyer: COMPANY });
  const paper = describeBusinessInvoice(content, SELLER_A, form, { ...STANDING, isOriginal: true });
  return { name, paper, content: null };
}

function allowanceOf(): AllowanceContent {
  const content = contentOf(340, { lines: [line(1, '示範商品', '340')], buyer: COMPANY });
  const draft = allowanceDraft(105);
  const { lines, amounts } = accepted(composeAllowance(draft, content, []));
  return {
    ...draft,
    seller: content.seller,
    number: '2026112110200001',
    allowedAt: content.issuedAt,
    invoice: {
      period: content.period,
      number: content.number,
      issuedAt: content.issuedAt,
      buyerUbn: content.buyer.ubn,
      buyerName: content.buyer.name,
    },
    lines,
    amounts,
    total: dollars(105),
  };
}
