/** Documented answers of the ECPay B2B API: partners, issue, reissue; success and refusal of each. */
import {
  allowed,
  type B2bCall,
  type B2bCase,
  caseOf,
  DAY,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  issued,
  items,
  MERCHANT_A,
  MERCHANT_B,
  OUTSIDE,
  order,
  PARTNER_B,
  partner,
  queried,
  STORED,
  step,
} from './ecpay-b2b-case.ts';
import type { Members } from './ecpay-bytes.ts';

const A = MERCHANT_A;
const DEADLINE_PASSED = '2027-01-14 00:00:00';

function partnerCase(name: string, given: readonly B2bCall[], call: B2bCall, answers: number) {
  return caseOf(`partner-${name}`, given, call, answers);
}

const UPDATE = { Action: 'Update', CompanyName: '改名股份有限公司', ExchangeMode: '1' };

export const PARTNER_CASES: readonly B2bCase[] = [
  partnerCase('add', [], STORED, 1),
  partnerCase('add-odoo-spelling', [], partner(OUTSIDE, '0', { type: undefined, Type: '3' }), 1),
  partnerCase('add-again', [STORED], STORED, 6160052),
  partnerCase('update', [STORED], partner(OUTSIDE, '1', UPDATE), 1),
  partnerCase('update-unknown', [], partner(OUTSIDE, '1', UPDATE), 8990701),
  partnerCase('delete', [STORED], deletion(), 1),
  partnerCase('delete-unknown', [], deletion(), 8990701),
  partnerCase('check-digit', [], partner('12345678', '0'), 8990702),
  partnerCase('fields-missing', [], { action: STORED.action, data: {} }, 8990011),
  partnerCase('mode-unknown', [], partner(OUTSIDE, '2'), 8990072),
  partnerCase('mail-form', [], partner(OUTSIDE, '0', { EmailAddress: 'no address' }), 8990082),
];

function deletion(): B2bCall {
  return { action: STORED.action, data: { Action: 'Delete', Identifier: OUTSIDE } };
}

function issueCase(name: string, changes: Members, answers: number, more: Partial<B2bCase> = {}) {
  return caseOf(`issue-${name}`, [STORED], issued(changes), answers, more);
}

const SPECIAL = { InvType: '08', TaxType: '4', SpecialTaxType: 1, TaxAmount: 0, TotalAmount: 1000 };
const ZERO = { TaxType: '2', ClearanceMark: '1', TaxAmount: 0, TotalAmount: 1000 };
const NO_ITEM_TAX = items(['顧問服務', 10, 100]);

export const ISSUE_CASES: readonly B2bCase[] = [
  issueCase('stored', {}, 1),
  caseOf('issue-exchanged', [EXCHANGED], exchanged(), 1),
  issueCase('without-item-tax', { Items: NO_ITEM_TAX }, 1),
  issueCase(
    'fractions',
    { SalesAmount: 100, TaxAmount: 5, TotalAmount: 105, Items: items(['螺絲', 3, 33.33]) },
    1,
  ),
  issueCase(
    'discount',
    {
      SalesAmount: 950,
      TaxAmount: 48,
      TotalAmount: 998,
      Items: items(['顧問服務', 1, 1000], ['折扣', 1, -50]),
    },
    1,
  ),
  issueCase(
    'php-sample',
    { SalesAmount: 30, TaxAmount: 2, TotalAmount: 32, Items: items(['商品', 3, 10]) },
    1,
  ),
  issueCase('zero-rate', { ...ZERO, ZeroTaxRateReason: '72', Items: NO_ITEM_TAX }, 1),
  issueCase('zero-rate-seller-default', { ...ZERO, Items: NO_ITEM_TAX }, 1),
  issueCase('exempt', { TaxType: '3', TaxAmount: 0, TotalAmount: 1000, Items: NO_ITEM_TAX }, 1),
  issueCase('special-tax', { ...SPECIAL, Items: items(['表演', 2, 500]) }, 1),
  issueCase('mail-list', { CustomerEmail: 'a@example.com;b@example.com' }, 1),
  issueCase('odoo-members', { CustomerAddr: 'x', InvoiceRemark: false, RelateNumber: 'a-b_c' }, 1),
  issueCase('dated-back', { InvoiceTime: '2026-11-15 09:00:00' }, 1),
  issueCase('dated-seven-days-back', { InvoiceTime: '2026-11-14 23:59:59' }, 8960703),
  issueCase('dated-ahead', { InvoiceTime: '2026-11-21 10:20:31' }, 8960703),
  issueCase('time-form', { InvoiceTime: '2026-11-31 10:00:00' }, 8960022),
  caseOf(
    'issue-before-preceding',
    [STORED, issued()],
    issued({ RelateNumber: 'second', InvoiceTime: '2026-11-20 10:00:00' }),
    8960704,
  ),
  caseOf('issue-reference-duplicate', [STORED, issued()], issued(), 8960701),
  caseOf('issue-partner-unknown', [], issued(), 6000015),
  issueCase('check-digit', { CustomerIdentifier: '12345678' }, 8960702),
  issueCase('tax-type-mismatch', { ...SPECIAL, InvType: '07', Items: NO_ITEM_TAX }, 8960705),
  issueCase('item-amount-off', { Items: [{ ...firstItem(), ItemPrice: 99.8 }] }, 8960706),
  issueCase('item-tax-off', { Items: [{ ...firstItem(), ItemTax: 52 }] }, 8960707),
  issueCase(
    'item-taxes-off',
    {
      SalesAmount: 40,
      TaxAmount: 2,
      TotalAmount: 42,
      Items: items(
        ['甲', 1, 10, { ItemTax: 1 }],
        ['乙', 1, 10, { ItemTax: 1 }],
        ['丙', 1, 10, { ItemTax: 1 }],
        ['丁', 1, 10, { ItemTax: 2 }],
      ),
    },
    8960708,
  ),
  issueCase('sales-off', { SalesAmount: 999, TotalAmount: 1049 }, 8960709),
  issueCase('tax-off', { TaxAmount: 53, TotalAmount: 1053, Items: NO_ITEM_TAX }, 8960710),
  issueCase('tax-within-two', { TaxAmount: 52, TotalAmount: 1052 }, 1),
  issueCase('total-off', { TotalAmount: 1051 }, 8960711),
  issueCase('special-tax-with-tax', { ...SPECIAL, TaxAmount: 50, TotalAmount: 1050 }, 8960713),
  issueCase('special-tax-none', { ...SPECIAL, SpecialTaxType: 8, Items: NO_ITEM_TAX }, 8960112),
  issueCase('zero-rate-without-mark', { ...ZERO, ClearanceMark: '', Items: NO_ITEM_TAX }, 8960071),
  caseOf(
    'issue-zero-rate-without-reason',
    [STORED],
    issued({ ...ZERO, Items: NO_ITEM_TAX }),
    8960101,
    {
      house: { sellerA: { zeroTaxRateReasonDefault: '' } },
    },
  ),
  issueCase('count-zero', { Items: [{ ...firstItem(), ItemCount: 0 }] }, 8960152),
  issueCase('count-missing', { Items: [{ ...firstItem(), ItemCount: null }] }, 8960152),
  issueCase('items-missing', { Items: [] }, 8960121),
  issueCase('mail-form', { CustomerEmail: 'a@example.com;nothing' }, 8960042),
  issueCase('fields-missing', { RelateNumber: '', InvType: '', Items: [{}] }, 8960011),
  caseOf(
    'issue-relate-number-long-in-exchange',
    [EXCHANGED],
    exchanged({ RelateNumber: 'R'.repeat(21) }),
    8960013,
  ),
  caseOf('issue-relate-number-long', [STORED], issued({ RelateNumber: 'R'.repeat(50) }), 1),
  caseOf('issue-track-exhausted', [STORED], issued(), 8960712, {
    house: { segments: [{ code: '', category: 'b2c', count: 50 }] },
  }),
];

function firstItem(): Members {
  return { ...items(['顧問服務', 10, 100])[0], ItemTax: 50 };
}

const ISSUED_STORED = [STORED, issued()];
const CONFIRMED = [EXCHANGED, exchanged(), step('IssueConfirm', MERCHANT_B)];

/** Issues the order again under its number. */
function reissued(changes: Members = {}, voided: Members = {}, at?: string): B2bCall {
  return {
    action: 'VoidWithReIssue',
    data: (earlier) => ({
      VoidModel: { InvoiceNo: invoiceNumber(earlier), VoidReason: '品名錯誤', ...voided },
      IssueModel: {
        ...order({ InvoiceTime: `${DAY} 10:20:30`, CustomerEmail: 'ap@example.com' }),
        ...changes,
      },
    }),
    ...(at !== undefined && { at }),
  };
}

/** Another partner, to whom the invoice is issued again. */
const TO_OTHER = [...ISSUED_STORED, partner(PARTNER_B, '0', { CompanyName: '第二股份有限公司' })];
const OTHER_BUYER = { CustomerIdentifier: PARTNER_B };

/** After the Ministry confirmed nothing, a second reissue waits; the first one does not. */
export const REISSUE_CASES: readonly B2bCase[] = [
  caseOf('void-with-reissue', ISSUED_STORED, reissued(), 1),
  caseOf('void-with-reissue-other-buyer', TO_OTHER, reissued(OTHER_BUYER), 1),
  caseOf(
    'get-issue-other-buyer',
    [...TO_OTHER, reissued(OTHER_BUYER)],
    queried('GetIssue', A),
    '1',
  ),
  caseOf(
    'get-reject-other-buyer',
    [...TO_OTHER, reissued(OTHER_BUYER), step('Reject', A)],
    queried('GetReject', A),
    1,
  ),
  caseOf(
    'void-with-reissue-chinese-page',
    ISSUED_STORED,
    reissued({}, { InvoiceNo: undefined, InvoiceNumber: undefined }),
    8960251,
  ),
  caseOf(
    'void-with-reissue-on-the-13th',
    ISSUED_STORED,
    reissued({}, {}, '2027-01-13 23:59:59'),
    1,
  ),
  caseOf(
    'void-with-reissue-on-the-14th',
    ISSUED_STORED,
    reissued({}, {}, DEADLINE_PASSED),
    8960716,
  ),
  caseOf(
    'void-with-reissue-exchanged',
    CONFIRMED,
    reissued({ CustomerIdentifier: PARTNER_B }),
    8960720,
  ),
  caseOf('void-with-reissue-voided', [...ISSUED_STORED, step('Invalid', A)], reissued(), 8960717),
  caseOf('void-with-reissue-allowed', [...ISSUED_STORED, allowed(1)], reissued(), 8960718),
  caseOf('void-with-reissue-twice', [...ISSUED_STORED, reissued()], reissued(), 8960719),
  caseOf(
    'void-with-reissue-other-day',
    ISSUED_STORED,
    reissued({ InvoiceTime: '2026-11-20 10:20:30' }),
    6070004,
  ),
  caseOf('void-with-reissue-no-contact', ISSUED_STORED, reissued({ CustomerEmail: '' }), 8960715),
  caseOf(
    'void-with-reissue-mail-list',
    ISSUED_STORED,
    reissued({ CustomerEmail: 'a@b.tw;c@d.tw' }),
    8960042,
  ),
  caseOf(
    'void-with-reissue-without-buyer',
    ISSUED_STORED,
    reissued({ CustomerIdentifier: '' }),
    8960031,
  ),
  caseOf('void-with-reissue-fields-missing', [], { action: 'VoidWithReIssue', data: {} }, 8960011),
];
