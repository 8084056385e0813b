/**
 * Every rule of partners, issue and reissue in the ECPay B2B API at its bounds: what is just taken, what is just refused. No examples to read,
 * but claims; those are in the files of cases.
 */
import {
  type B2bCall,
  type B2bCase,
  caseOf,
  DAY,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  issued,
  items,
  MERCHANT_B,
  OUTSIDE,
  order,
  partner,
  STORED,
} from './ecpay-b2b-case.ts';
import type { Members } from './ecpay-bytes.ts';

const B = MERCHANT_B;
const ISSUED_STORED = [STORED, issued()];

export type Rule = readonly [name: string, changes: Members, answers: number];

/** A case for each change of one call. */
export function rules(
  area: string,
  given: readonly B2bCall[],
  call: (changes: Members) => B2bCall,
  all: readonly Rule[],
): readonly B2bCase[] {
  return all.map(([name, changes, answers]) =>
    caseOf(`${area}: ${name}`, given, call(changes), answers),
  );
}

const PARTNER_RULES: readonly Rule[] = [
  ['an action of another name', { Action: 'Change' }, 8990012],
  ['a tax ID of seven digits', { Identifier: '1234567' }, 8990032],
  ['no tax ID', { Identifier: '' }, 8990031],
  ['a type of another number', { type: '4' }, 8990042],
  ['no type', { type: '' }, 8990041],
  ['no name', { CompanyName: '' }, 8990051],
  ['a name of 60 characters', { CompanyName: '名'.repeat(60) }, 1],
  ['a name of 61 characters', { CompanyName: '名'.repeat(61) }, 8990053],
  ['a phrase of 20 characters', { TradingSlang: '語'.repeat(20) }, 1],
  ['a phrase of 21 characters', { TradingSlang: '語'.repeat(21) }, 8990063],
  ['no phrase', { TradingSlang: '' }, 8990061],
  ['no mode', { ExchangeMode: '' }, 8990071],
  ['no mail address', { EmailAddress: '' }, 8990081],
  ['several mail addresses', { EmailAddress: 'a@example.com;b@example.com' }, 1],
  ['mail addresses of 201 characters', { EmailAddress: `${'a'.repeat(189)}@example.com` }, 8990083],
  ['a customer number of 21 characters', { CustomerNumber: 'C'.repeat(21) }, 8990023],
  ['a person of 31 characters', { PersonInCharge: '人'.repeat(31) }, 8990143],
  ['an address of 101 characters', { Address: '路'.repeat(101) }, 8990143],
  ['a telephone of 27 characters', { TelephoneNumber: '0'.repeat(27) }, 8990143],
  ['a fax of 27 characters', { FacsimileNumber: '0'.repeat(27) }, 8990143],
  ['a sales person of 21 characters', { SalesName: '人'.repeat(21) }, 8990143],
  ['a contact address of 101 characters', { ContactAddress: '路'.repeat(101) }, 8990143],
  ['a tax ID of the rule since 2023', { Identifier: '04595252' }, 1],
];

export const ZERO = {
  ...{ TaxType: '2', ClearanceMark: '1', ZeroTaxRateReason: '71', TaxAmount: 0, TotalAmount: 1000 },
  Items: items(['顧問服務', 10, 100]),
};
export const SPECIAL = {
  ...{ InvType: '08', TaxType: '4', SpecialTaxType: 1, TaxAmount: 0, TotalAmount: 1000 },
  Items: items(['顧問服務', 10, 100]),
};
const EXEMPT = { ...ZERO, TaxType: '3', ClearanceMark: '', ZeroTaxRateReason: '' };

/** The order with its only line changed. */
function line(changes: Members): Members {
  return { Items: items(['顧問服務', 10, 100, { ItemTax: 50, ...changes }]) };
}
/** Lines of one dollar each with these taxes. */
function taxed(count: number, price: number, ItemTax: number, TaxAmount: number): Members {
  const rows = Array.from(
    { length: count },
    (_, at) => [`品${at}`, 1, price, { ItemTax }] as const,
  );
  const SalesAmount = count * price;
  return { SalesAmount, TaxAmount, TotalAmount: SalesAmount + TaxAmount, Items: items(...rows) };
}
function amounts(SalesAmount: number, TaxAmount: number, Items: readonly Members[]): Members {
  return { SalesAmount, TaxAmount, TotalAmount: SalesAmount + TaxAmount, Items };
}

const ISSUE_RULES: readonly Rule[] = [
  ['a reference of 51 characters', { RelateNumber: 'R'.repeat(51) }, 8960013],
  ['a reference with - and _', { RelateNumber: 'a-B_c' }, 1],
  ['a Chinese reference', { RelateNumber: '訂單一' }, 1],
  ['a time of this second', { InvoiceTime: `${DAY} 10:20:30` }, 1],
  ['a time with slashes', { InvoiceTime: '2026/11/20 09:00:00' }, 1],
  ['a time as .NET writes it', { InvoiceTime: '2026-11-20T09:00:00' }, 1],
  ['the first second six days back', { InvoiceTime: '2026-11-15 00:00:00' }, 1],
  ['a day without a time', { InvoiceTime: '2026-11-20' }, 8960022],
  ['a tax ID of letters', { CustomerIdentifier: 'ABCDEFGH' }, 8960032],
  [
    'mail addresses of 201 characters',
    { CustomerEmail: `${'a'.repeat(189)}@example.com` },
    8960043,
  ],
  ['a list with a blank between', { CustomerEmail: 'a@example.com; b@example.com' }, 1],
  ['an address of 100 characters', { CustomerAddress: '路'.repeat(100) }, 1],
  ['an address of 101 characters', { CustomerAddress: '路'.repeat(101) }, 8960053],
  ['a telephone of 27 characters', { CustomerTelephoneNumber: '0'.repeat(27) }, 8960063],
  ['a telephone under the name of .NET', { CustomerTel: '0223456789' }, 1],
  ['a clearance mark that is ignored', { ClearanceMark: '9', ZeroTaxRateReason: 'x' }, 1],
  ['a special kind that is ignored', { SpecialTaxType: 'x' }, 1],
  ['a clearance mark of another number', { ...ZERO, ClearanceMark: '3' }, 8960072],
  ['a zero-rate reason below the list', { ...ZERO, ZeroTaxRateReason: '70' }, 8960102],
  ['a zero-rate reason above the list', { ...ZERO, ZeroTaxRateReason: '80' }, 8960102],
  ['the last zero-rate reason', { ...ZERO, ZeroTaxRateReason: '79' }, 1],
  ['goods through the customs', { ...ZERO, ClearanceMark: '2' }, 1],
  ['a zero-rated invoice with tax', { ...ZERO, TaxAmount: 1, TotalAmount: 1001 }, 8960710],
  ['an exempt invoice with tax', { ...EXEMPT, TaxAmount: 1, TotalAmount: 1001 }, 8960710],
  ['an exempt invoice with special kind 8', { ...EXEMPT, SpecialTaxType: 8 }, 1],
  ['type 08, exempt', { ...EXEMPT, InvType: '08', SpecialTaxType: 8 }, 1],
  ['type 08, taxable', { InvType: '08' }, 8960705],
  ['type 08, zero rate', { ...ZERO, InvType: '08' }, 8960705],
  ['type 07, special', { ...SPECIAL, InvType: '07' }, 8960705],
  ['another type', { InvType: '09' }, 8960082],
  ['mixed tax', { TaxType: '9' }, 8960092],
  ['special tax of 15 %', { ...SPECIAL, SpecialTaxType: 2 }, 1],
  ['special tax of 1 %', { ...SPECIAL, SpecialTaxType: 4 }, 1],
  ['special tax of kind 7', { ...SPECIAL, SpecialTaxType: 7 }, 1],
  ['special tax of kind 9', { ...SPECIAL, SpecialTaxType: 9 }, 8960112],
  ['special tax without a kind', { ...SPECIAL, SpecialTaxType: '' }, 8960111],
  ['special tax on a line', { ...SPECIAL, ...line({ ItemTax: 1 }) }, 8960713],
  ['special tax, its line’s 0', { ...SPECIAL, ...line({ ItemTax: 0 }) }, 1],
  ['a tax rate, which is ignored', { TaxRate: 0.9 }, 1],
  ['no lines', { Items: null }, 8960121],
  ['sequence 0', line({ ItemSeq: 0 }), 8960132],
  ['sequence 999', line({ ItemSeq: 999 }), 1],
  ['sequence 1000', line({ ItemSeq: 1000 }), 8960133],
  ['no sequence', line({ ItemSeq: null }), 8960131],
  ['a name of 500 characters', line({ ItemName: '名'.repeat(500) }), 1],
  ['a name of 501 characters', line({ ItemName: '名'.repeat(501) }), 8960143],
  ['no name', line({ ItemName: '' }), 8960141],
  ['a count of nine digits', line({ ItemCount: 123456789 }), 8960153],
  ['a count of eight decimals', line({ ItemCount: '10.00000001' }), 8960152],
  ['a count of seven decimals', line({ ItemCount: '10.0000001' }), 1],
  ['a count below 0', line({ ItemCount: -10, ItemPrice: -100 }), 8960152],
  ['a unit of six characters', line({ ItemWord: '六'.repeat(6) }), 1],
  ['a unit of seven characters', line({ ItemWord: '七'.repeat(7) }), 8960163],
  ['a unit that is false', line({ ItemWord: false }), 1],
  ['a price of eight decimals', line({ ItemPrice: '100.00000001' }), 8960172],
  ['a line’s amount 1 above', amounts(1001, 50, items(['甲', 10, 100, { ItemAmount: 1001 }])), 1],
  ['a line’s amount 1 below', amounts(999, 50, items(['甲', 10, 100, { ItemAmount: 999 }])), 1],
  ['a line’s amount a hair more off', line({ ItemAmount: '1001.0000001' }), 8960706],
  [
    'no price, and a line’s amount of 1',
    amounts(1, 0, items(['甲', 1, 0, { ItemPrice: null, ItemAmount: 1 }])),
    1,
  ],
  [
    'no price, and a line’s amount of 2',
    amounts(2, 0, items(['甲', 1, 0, { ItemPrice: null, ItemAmount: 2 }])),
    8960706,
  ],
  ['a line’s tax 1 above', line({ ItemTax: 51 }), 1],
  ['a line’s tax 1 below', line({ ItemTax: 49 }), 1],
  ['a line’s tax 2 below', line({ ItemTax: 48 }), 8960707],
  ['line taxes together 2 above the tax', taxed(4, 10, 1, 2), 1],
  ['line taxes together 2 below the tax', taxed(2, 10, 0, 2), 1],
  ['line taxes together 3 above the tax', taxed(5, 10, 1, 2), 8960708],
  ['a line’s remark of 120 characters', line({ ItemRemark: '註'.repeat(120) }), 1],
  ['a line’s remark of 121 characters', line({ ItemRemark: '註'.repeat(121) }), 8960203],
  ['a line’s kind, which is ignored', line({ ItemTaxType: '3' }), 1],
  ['amounts as texts', { SalesAmount: '1000', TaxAmount: '50', TotalAmount: '1050' }, 1],
  ['amounts of half dollars', { SalesAmount: 1000.5 }, 8960212],
  ['a sum that rounds up', amounts(11, 1, items(['甲', 1, 10.5])), 1],
  ['a sum that was cut', amounts(10, 1, items(['甲', 1, 10.5])), 8960709],
  ['sales 1 off', { SalesAmount: 1001, TotalAmount: 1051 }, 8960709],
  ['tax 2 below', { TaxAmount: 48, TotalAmount: 1048 }, 1],
  ['tax 3 below', { TaxAmount: 47, TotalAmount: 1047, Items: items(['甲', 10, 100]) }, 8960710],
  ['a total 1 off', { TotalAmount: 1049 }, 8960711],
  ['no total', { TotalAmount: null }, 8960231],
  ['nothing at all', amounts(0, 0, items(['甲', 1, 10], ['退', 1, -10])), 8960212],
  ['tax on nothing', amounts(0, 1, items(['甲', 1, 0.2])), 8960212],
  ['less than nothing', amounts(-10, 0, items(['退', 1, -10])), 8960232],
  ['a remark of 200 characters', { InvoiceRemark: '註'.repeat(200) }, 1],
  ['a remark of 201 characters', { InvoiceRemark: '註'.repeat(201) }, 8960243],
  ['a line twice', { Items: [...items(['甲', 5, 100]), ...items(['乙', 5, 100])] }, 8960132],
];

const TO_EXCHANGE: readonly B2bCase[] = [
  caseOf(
    'exchange: a reference of 20',
    [EXCHANGED],
    exchanged({ RelateNumber: 'R'.repeat(20) }),
    1,
  ),
  caseOf(
    'issue: a reference used before, in small letters',
    ISSUED_STORED,
    issued({ RelateNumber: 'b2b202611210001' }),
    8960701,
  ),
  caseOf(
    'issue: a second one of the same second',
    ISSUED_STORED,
    issued({ RelateNumber: 'second', InvoiceTime: `${DAY} 10:20:30` }),
    1,
  ),
  caseOf('issue: to another merchant’s partner', [STORED], { ...issued(), by: B }, 6000015),
];

/** Issues the order again under its number. */
export function reissued(changes: Members, voided: Members = {}, beside: Members = {}): B2bCall {
  return {
    action: 'VoidWithReIssue',
    data: (earlier) => ({
      VoidModel: { InvoiceNo: invoiceNumber(earlier), VoidReason: '品名錯誤', ...voided },
      IssueModel: {
        ...order({ InvoiceTime: `${DAY} 10:20:30`, CustomerEmail: 'ap@example.com' }),
        ...changes,
      },
      ...beside,
    }),
  };
}

const REISSUE_RULES: readonly Rule[] = [
  ['a telephone alone', { CustomerEmail: '', CustomerTelephoneNumber: '0223456789' }, 1],
  ['an address without a point', { CustomerEmail: 'a@b' }, 8960042],
  ['an address in Chinese', { CustomerEmail: '王@例子.台灣' }, 1],
  ['a time with slashes', { InvoiceTime: '2026/11/21 23:59:59' }, 1],
  ['no time', { InvoiceTime: '' }, 8960021],
  ['a time of another form', { InvoiceTime: '20261121102030' }, 8960022],
  ['the next day', { InvoiceTime: '2026-11-22 00:00:00' }, 6070004],
  ['another reference', { RelateNumber: 'KA10000000' }, 1],
  ['no reference', { RelateNumber: '' }, 8960011],
  ['no total', { TotalAmount: '' }, 8960231],
  ['a buyer who is no partner', { CustomerIdentifier: '53538851' }, 6000015],
  ['a mistyped buyer', { CustomerIdentifier: '04595258' }, 8960702],
  ['tax 3 off', { TaxAmount: 53, TotalAmount: 1053, Items: items(['甲', 10, 100]) }, 8960710],
  ['MerchantID in the model', { MerchantID: '2000132' }, 1],
  ['another MerchantID in the model', { MerchantID: '2000933' }, 8900701],
];

const REISSUE_CASES: readonly B2bCase[] = [
  ...rules('reissue', ISSUED_STORED, (changes) => reissued(changes), REISSUE_RULES),
  caseOf(
    'reissue: a reason of 20',
    ISSUED_STORED,
    reissued({}, { VoidReason: '因'.repeat(20) }),
    1,
  ),
  caseOf(
    'reissue: a reason of 21',
    ISSUED_STORED,
    reissued({}, { VoidReason: '因'.repeat(21) }),
    8960263,
  ),
  caseOf('reissue: no reason', ISSUED_STORED, reissued({}, { VoidReason: '' }), 8960261),
  caseOf(
    'reissue: an unknown number',
    ISSUED_STORED,
    reissued({}, { InvoiceNo: 'ZZ00000000' }),
    6070004,
  ),
  caseOf(
    'reissue: no MerchantID beside the models',
    ISSUED_STORED,
    reissued({}, {}, { MerchantID: '' }),
    1,
  ),
  caseOf(
    'reissue: the number as the Chinese page names it',
    ISSUED_STORED,
    {
      action: 'VoidWithReIssue',
      data: (earlier) => ({
        VoidModel: {
          InvoiceNumber: invoiceNumber(earlier),
          VoidReason: '品名錯誤',
          InvoiceTime: DAY,
        },
        IssueModel: order({ InvoiceTime: `${DAY} 10:20:30`, CustomerEmail: 'ap@example.com' }),
      }),
    },
    1,
  ),
];

export const ISSUE_RULE_CASES: readonly B2bCase[] = [
  ...rules('partner', [], (changes) => partner(OUTSIDE, '0', changes), PARTNER_RULES),
  ...rules('issue', [STORED], issued, ISSUE_RULES),
  ...TO_EXCHANGE,
  ...REISSUE_CASES,
];
