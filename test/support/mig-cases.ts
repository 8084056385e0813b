/**
 * The cases of `examples/mig/`: one filing a case, for each tax type, carrier, donation, print, kind of
 * buyer, allowance and void. Suites that need messages of every shape take them from here.
 */
import type { Carrier } from '../../src/domain/carrier.ts';
import { parseDonationCode } from '../../src/domain/donation-code.ts';
import type { Buyer, DraftLine, InvoiceDraft, LineTaxType } from '../../src/domain/invoice.ts';
import type { MessageSource } from '../../src/mof/mig/compose.ts';
import { allowanceDraft, BUYER_UBN, decimal, draft, line, SELLER_A } from './demo.ts';
import { allowanceOf, allowanceSource, contentOf, issueSource, voidSource } from './mig-sources.ts';

/** A line with quantity and price of its own. */
export function item(
  sequence: number,
  quantity: string,
  price: string,
  amount: string,
  changes: Partial<DraftLine> = {},
): DraftLine {
  return {
    ...line(sequence, `示範商品${sequence}`, amount),
    quantity: decimal(quantity),
    unitPrice: decimal(price),
    ...changes,
  };
}

export const COMPANY: Buyer = {
  ubn: BUYER_UBN,
  name: '示範買受有限公司',
  address: '臺中市西區示範街3號',
  phone: '0423456789',
  email: 'buyer@example.com',
  customerId: 'C0001',
};
const PERSON: Buyer = {
  ubn: null,
  name: '陳小美',
  address: '不應送出之地址',
  phone: '0911222333',
  email: 'buyer@example.com',
  customerId: 'C0002',
};

function carrier(kind: Carrier['kind'], visibleId: string, hiddenId = visibleId): Carrier {
  return { kind, visibleId, hiddenId };
}
/** Upper-case MD5 of test@example.com, as the dialect makes it. */
const MEMBER = carrier('member', '55502F40DC8B7C769880B10874ABC9D0');
const BARCODE = carrier('mobile-barcode', '/U.5+A33');
const CERTIFICATE = carrier('citizen-certificate', 'AB12345678901234');
const CARRIED = { buyer: PERSON, isPrinted: false } as const;
const DONATED = { ...CARRIED, donationCode: parseDonationCode('8999') ?? '' } as const;
const COMPANY_PRINTED = { buyer: COMPANY, isPrinted: true } as const;

const TWO_LINES = [item(1, '1', '70', '70'), item(2, '3', '10', '30')];
const UNTAXED = [item(1, '10', '100', '1000'), item(2, '1', '500', '500')];
const DISCOUNT = [
  item(1, '1', '1200', '1200'),
  item(2, '1', '-200', '-200', { description: '會員折扣' }),
];

function mixed(other: LineTaxType): readonly DraftLine[] {
  return [
    item(1, '1', '105', '105', { taxType: '1' }),
    item(2, '2', '20', '40', { taxType: other }),
  ];
}

const ZERO_RATED: Partial<InvoiceDraft> = {
  taxType: '2',
  clearanceMark: '2',
  lines: [item(1, '4', '250', '1000')],
};
const MIXED_ZERO: Partial<InvoiceDraft> = {
  taxType: '9',
  clearanceMark: '1',
  zeroTaxRateReason: '73',
  lines: mixed('2'),
};
const SPECIAL: Partial<InvoiceDraft> = {
  invoiceType: '08',
  taxType: '4',
  specialTaxCode: 2,
  isPrinted: true,
};

function issued(total: number, changes: Partial<InvoiceDraft>): MessageSource {
  return issueSource(contentOf(draft(total, changes)));
}

function donatedWithoutCode(): MessageSource {
  const seller = { ...SELLER_A, memberCarrierCode: '' };
  return issueSource(contentOf(draft(100, { ...DONATED, carrier: MEMBER })), seller);
}

const HARD_TEXT: Partial<InvoiceDraft> = {
  ...COMPANY_PRINTED,
  buyer: {
    ...COMPANY,
    name: '',
    address: '臺中市西區\r\n示範街3號\n5樓',
    phone: '',
    customerId: '',
  },
  remark: '<急件> & "請勿折疊"',
  lines: [item(1, '1', '105', '105', { description: '標籤\u0008＜A&B＞𠮷野家]]>', unit: '' })],
};

const invoice = contentOf(draft(100, { ...CARRIED, carrier: MEMBER }));
const companyInvoice = contentOf(draft(100, { ...COMPANY_PRINTED, lines: TWO_LINES }));
const mixedInvoice = contentOf(draft(145, { ...COMPANY_PRINTED, taxType: '9', lines: mixed('3') }));
const zeroInvoice = contentOf(draft(1000, { ...COMPANY_PRINTED, ...ZERO_RATED }));
const allowance = allowanceOf(invoice, allowanceDraft(50));
const firstOfTwo = allowanceOf(companyInvoice, allowanceDraft(50));

function allowanceLine(sequence: number, description: string, amount: string, taxType = '') {
  return {
    sequence,
    description,
    quantity: decimal('1'),
    unit: '個',
    unitPrice: decimal(amount),
    amount: decimal(amount),
    // The cases name line classes only.
    taxType: taxType as LineTaxType | '',
  };
}

export const MIG_CASES: Readonly<Record<string, MessageSource>> = {
  'f0401-consumer-member-carrier': issued(100, {
    ...CARRIED,
    carrier: MEMBER,
    lines: [item(1, '2', '50', '100')],
  }),
  'f0401-consumer-without-carrier': issued(100, {
    ...CARRIED,
    buyer: { ...PERSON, name: '' },
    memberCarrierId: '0076D4C51934541A2882B2C916D25CBC',
  }),
  'f0401-consumer-mobile-barcode': issued(100, { ...CARRIED, carrier: BARCODE }),
  'f0401-consumer-citizen-certificate': issued(100, { ...CARRIED, carrier: CERTIFICATE }),
  'f0401-consumer-easycard': issued(100, {
    ...CARRIED,
    carrier: carrier('easycard', '2468013579', '0123456789ABCDEF'),
  }),
  'f0401-consumer-ipass': issued(100, {
    ...CARRIED,
    carrier: carrier('ipass', '1357924680', 'FEDCBA9876543210'),
  }),
  'f0401-consumer-printed': issued(33, {
    buyer: PERSON,
    lines: [item(1, '1', '10.5', '10.5'), item(2, '1', '22', '22')],
  }),
  'f0401-consumer-name-refused': issued(100, { buyer: { ...PERSON, name: '0000' } }),
  'f0401-consumer-donated': issued(100, DONATED),
  'f0401-consumer-donated-mobile-barcode': issued(100, { ...DONATED, carrier: BARCODE }),
  'f0401-consumer-donated-member-carrier': issued(100, { ...DONATED, carrier: MEMBER }),
  'f0401-consumer-donated-without-member-code': donatedWithoutCode(),
  'f0401-consumer-price-apart': issued(1575, {
    buyer: PERSON,
    sense: 'price-apart',
    lines: UNTAXED,
  }),
  'f0401-consumer-discount-line': issued(1000, { buyer: PERSON, lines: DISCOUNT }),
  'f0401-consumer-exempt': issued(100, { taxType: '3' }),
  'f0401-consumer-zero-rate': issued(1000, ZERO_RATED),
  'f0401-consumer-mixed-exempt': issued(145, { taxType: '9', lines: mixed('3') }),
  'f0401-consumer-mixed-zero-rate': issued(145, MIXED_ZERO),
  'f0401-consumer-special-tax': issued(1000, SPECIAL),
  'f0401-company-printed': issued(100, { ...COMPANY_PRINTED, lines: TWO_LINES }),
  'f0401-company-mobile-barcode': issued(100, {
    buyer: COMPANY,
    isPrinted: false,
    carrier: BARCODE,
  }),
  'f0401-company-mobile-barcode-printed': issued(100, { ...COMPANY_PRINTED, carrier: BARCODE }),
  'f0401-company-member-carrier': issued(100, {
    buyer: COMPANY,
    isPrinted: false,
    carrier: MEMBER,
  }),
  'f0401-company-citizen-certificate': issued(100, {
    buyer: COMPANY,
    isPrinted: false,
    carrier: CERTIFICATE,
  }),
  'f0401-company-price-apart': issued(1575, {
    ...COMPANY_PRINTED,
    sense: 'price-apart',
    lines: UNTAXED,
  }),
  'f0401-company-discount-line': issued(1000, { ...COMPANY_PRINTED, lines: DISCOUNT }),
  'f0401-company-exempt': issued(100, { ...COMPANY_PRINTED, taxType: '3' }),
  'f0401-company-zero-rate': issued(1000, { ...COMPANY_PRINTED, ...ZERO_RATED }),
  'f0401-company-mixed-exempt': issued(145, {
    ...COMPANY_PRINTED,
    taxType: '9',
    lines: mixed('3'),
  }),
  'f0401-company-mixed-zero-rate': issued(145, { ...COMPANY_PRINTED, ...MIXED_ZERO }),
  'f0401-company-special-tax': issued(1000, { ...COMPANY_PRINTED, ...SPECIAL }),
  'f0401-special-tax-one-percent-released': issued(1000, { ...SPECIAL, specialTaxCode: 4 }),
  'f0401-special-exempt-released': issued(1000, { invoiceType: '08', taxType: '3' }),
  'f0401-hard-text': issued(105, HARD_TEXT),
  'f0401-order-number-too-long': issueSource(
    contentOf(draft(100), { reference: 'ORDER-OF-TWENTY-ONE-1' }),
  ),
  'f0501-consumer': voidSource(invoice),
  'f0501-company': voidSource(companyInvoice),
  'f0701-consumer': voidSource(invoice, 'F0701', '註銷重開'),
  'g0401-consumer': allowanceSource(invoice, allowance),
  'g0401-company-two-lines': allowanceSource(
    companyInvoice,
    allowanceOf(
      companyInvoice,
      allowanceDraft(50, {
        lines: [allowanceLine(1, '示範商品1', '30'), allowanceLine(2, '退貨運費', '20')],
      }),
    ),
  ),
  'g0401-company-the-rest': allowanceSource(
    companyInvoice,
    allowanceOf(companyInvoice, allowanceDraft(50), '2026112510000002', [firstOfTwo]),
  ),
  'g0401-company-mixed-exempt': allowanceSource(
    mixedInvoice,
    allowanceOf(
      mixedInvoice,
      allowanceDraft(41, {
        lines: [allowanceLine(1, '示範商品1', '21', '1'), allowanceLine(2, '示範商品2', '20', '3')],
      }),
    ),
  ),
  'g0401-company-zero-rate': allowanceSource(
    zeroInvoice,
    allowanceOf(zeroInvoice, allowanceDraft(250)),
  ),
  'g0501-consumer': allowanceSource(invoice, allowance, 'G0501'),
  'g0501-company': allowanceSource(companyInvoice, firstOfTwo, 'G0501'),
};
