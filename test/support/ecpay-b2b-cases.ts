/** Documented answers of the ECPay B2B API: steps of invoices and allowances, queries; success and refusal of each. */
import {
  allowanceStep,
  allowed,
  B2B_ORDER,
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
  queried,
  STORED,
  step,
} from './ecpay-b2b-case.ts';
import type { Members } from './ecpay-bytes.ts';

const A = MERCHANT_A;
const B = MERCHANT_B;
const UNKNOWN = { InvoiceNumber: 'ZZ00000000', InvoiceDate: DAY };
const NO_ALLOWANCE = { AllowanceNo: '2026112110200001' };
const DEADLINE_PASSED = '2027-01-14 00:00:00';

const ISSUED_STORED = [STORED, issued()];
const ISSUED_EXCHANGED = [EXCHANGED, exchanged()];
const CONFIRMED = [...ISSUED_EXCHANGED, step('IssueConfirm', B, { Remark: '收訖' })];

export const STEP_CASES: readonly B2bCase[] = [
  caseOf('issue-confirm', ISSUED_EXCHANGED, step('IssueConfirm', B), 1),
  caseOf('issue-confirm-twice', CONFIRMED, step('IssueConfirm', B), 8970705),
  caseOf('issue-confirm-by-seller', ISSUED_EXCHANGED, step('IssueConfirm', A), 8970706),
  caseOf('issue-confirm-stored', ISSUED_STORED, step('IssueConfirm', A), 8970705),
  caseOf('issue-confirm-unknown', [], { action: 'IssueConfirm', data: UNKNOWN }, 6070004),
  caseOf(
    'issue-confirm-returned',
    [...ISSUED_EXCHANGED, step('Reject', B)],
    step('IssueConfirm', B),
    8970708,
  ),
  caseOf('invalid-stored', ISSUED_STORED, step('Invalid', A, { Remark: '重複開立' }), 1),
  caseOf(
    'invalid-odoo-date',
    ISSUED_STORED,
    step('Invalid', A, { InvoiceDate: '2026-11-21 02:20:30' }),
    1,
  ),
  caseOf('invalid-exchanged', CONFIRMED, step('Invalid', A), 1),
  caseOf('invalid-unconfirmed', ISSUED_EXCHANGED, step('Invalid', A), 8970703),
  caseOf('invalid-twice', [...ISSUED_STORED, step('Invalid', A)], step('Invalid', A), 8970701),
  caseOf(
    'invalid-twice-exchanged',
    [...CONFIRMED, step('Invalid', A)],
    step('Invalid', A),
    8970701,
  ),
  caseOf('invalid-by-buyer', CONFIRMED, step('Invalid', B), 8990704),
  caseOf('invalid-with-allowance', [...ISSUED_STORED, allowed(1)], step('Invalid', A), 8970702),
  caseOf(
    'invalid-wrong-day',
    ISSUED_STORED,
    step('Invalid', A, { InvoiceDate: '2026-11-22' }),
    6070004,
  ),
  caseOf(
    'invalid-deadline-passed',
    ISSUED_STORED,
    { ...step('Invalid', A), at: DEADLINE_PASSED },
    8970704,
  ),
  caseOf(
    'invalid-reason-long',
    [],
    { action: 'Invalid', data: { ...UNKNOWN, Reason: '長'.repeat(21) } },
    2103005,
  ),
  caseOf('invalid-reason-missing', [], { action: 'Invalid', data: UNKNOWN }, 8970031),
  caseOf('invalid-confirm', [...CONFIRMED, step('Invalid', A)], step('InvalidConfirm', B), 1),
  caseOf('invalid-confirm-early', CONFIRMED, step('InvalidConfirm', B), 8970705),
  caseOf(
    'invalid-confirm-by-seller',
    [...CONFIRMED, step('Invalid', A)],
    step('InvalidConfirm', A),
    8970706,
  ),
  caseOf('reject', ISSUED_EXCHANGED, step('Reject', B), 1),
  caseOf('reject-confirmed', CONFIRMED, step('Reject', B), 8970707),
  caseOf('reject-twice', [...ISSUED_EXCHANGED, step('Reject', B)], step('Reject', B), 8970708),
  caseOf('reject-by-seller', ISSUED_EXCHANGED, step('Reject', A), 8990704),
  caseOf('reject-stored', ISSUED_STORED, step('Reject', A), 1),
  caseOf(
    'reject-stored-voided',
    [...ISSUED_STORED, step('Invalid', A)],
    step('Reject', A),
    8970701,
  ),
  caseOf('reject-unknown', [], { action: 'Reject', data: { ...UNKNOWN, Reason: '退回' } }, 6070004),
  caseOf('reject-confirm', [...ISSUED_EXCHANGED, step('Reject', B)], step('RejectConfirm', A), 1),
  caseOf('reject-confirm-early', ISSUED_EXCHANGED, step('RejectConfirm', A), 8970705),
  caseOf(
    'reject-confirm-by-buyer',
    [...ISSUED_EXCHANGED, step('Reject', B)],
    step('RejectConfirm', B),
    8970706,
  ),
];

const TWO_STORED = [STORED, issued(), issued({ RelateNumber: 'second' })];

/** Two invoices of one line with half a dollar; 10.5 becomes 11. */
const HALVES: Members = {
  SalesAmount: 11,
  TaxAmount: 1,
  TotalAmount: 12,
  Items: items(['螺絲', 1, 10.5]),
};
const TWO_HALVES = [STORED, issued(HALVES), issued({ ...HALVES, RelateNumber: 'second' })];

/** Gives both back, whose sum is 21. */
function allowedHalves(): B2bCall {
  const detail = (earlier: readonly Members[], at: number) => ({
    OriginalInvoiceNumber: invoiceNumber(earlier, at),
    OriginalInvoiceDate: DAY,
    OriginalSequenceNumber: 1,
    ItemName: '螺絲',
    ItemCount: 1,
    ItemPrice: 10.5,
    ItemAmount: 10.5,
  });
  return {
    action: 'Allowance',
    data: (earlier) => ({
      TaxAmount: 1,
      TotalAmount: 21,
      Details: [detail(earlier, 1), detail(earlier, 2)],
    }),
  };
}

/** One allowance over both invoices. */
function allowedOnTwo(): B2bCall {
  const detail = (earlier: readonly Members[], at: number) => ({
    OriginalInvoiceNumber: invoiceNumber(earlier, at),
    OriginalInvoiceDate: DAY,
    OriginalSequenceNumber: 1,
    ItemName: '顧問服務',
    ItemCount: 1,
    ItemPrice: 100,
    ItemAmount: 100,
  });
  return {
    action: 'Allowance',
    data: (earlier) => ({
      TaxAmount: 10,
      TotalAmount: 200,
      Details: [detail(earlier, 1), detail(earlier, 2)],
    }),
  };
}

const ALLOWED_STORED = [...ISSUED_STORED, allowed(2)];
const ALLOWED_EXCHANGED = [...CONFIRMED, allowed(2)];

export const ALLOWANCE_CASES: readonly B2bCase[] = [
  caseOf('allowance-stored', ISSUED_STORED, allowed(2), 1),
  caseOf('allowance-exchanged', CONFIRMED, allowed(2), 1),
  caseOf('allowance-two-invoices', TWO_STORED, allowedOnTwo(), 1),
  caseOf('allowance-two-invoices-fractions', TWO_HALVES, allowedHalves(), 1),
  caseOf('allowance-without-tax', ISSUED_STORED, allowed(2, {}, { Tax: null }), 1),
  caseOf('allowance-dated', ISSUED_STORED, allowed(1, { AllowanceDate: '2026-11-21 10:00:00' }), 1),
  caseOf(
    'allowance-dated-long-ago',
    ISSUED_STORED,
    allowed(1, { AllowanceDate: '2026-11-01 10:00:00' }),
    8980012,
  ),
  caseOf('allowance-unconfirmed', ISSUED_EXCHANGED, allowed(1), 8970703),
  caseOf('allowance-by-buyer', CONFIRMED, { ...allowed(1), by: B }, 8990704),
  caseOf(
    'allowance-unknown',
    ISSUED_STORED,
    allowed(1, {}, { OriginalInvoiceNumber: 'ZZ00000000' }),
    8980701,
  ),
  caseOf('allowance-voided', [...ISSUED_STORED, step('Invalid', A)], allowed(1), 8980702),
  caseOf(
    'allowance-line-unknown',
    ISSUED_STORED,
    allowed(1, {}, { OriginalSequenceNumber: 2 }),
    8980703,
  ),
  caseOf('allowance-name-differs', ISSUED_STORED, allowed(1, {}, { ItemName: '其他' }), 8980704),
  caseOf('allowance-count-above', ISSUED_STORED, allowed(11), 8980705),
  caseOf('allowance-amount-off', ISSUED_STORED, allowed(2, {}, { ItemPrice: 99 }), 8980706),
  caseOf('allowance-line-tax-off', ISSUED_STORED, allowed(2, {}, { Tax: 12 }), 8980707),
  caseOf('allowance-sum-off', ISSUED_STORED, allowed(2, { TotalAmount: 201 }), 8980708),
  caseOf('allowance-tax-off', ISSUED_STORED, allowed(2, { TaxAmount: 13 }), 8980709),
  caseOf('allowance-exceeds', [...ISSUED_STORED, allowed(6)], allowed(5), 8980710),
  caseOf('allowance-fields-missing', [], { action: 'Allowance', data: {} }, 8980031),
  caseOf('allowance-confirm', ALLOWED_EXCHANGED, allowanceStep('AllowanceConfirm', B), 1),
  caseOf(
    'allowance-confirm-by-seller',
    ALLOWED_EXCHANGED,
    allowanceStep('AllowanceConfirm', A),
    8970706,
  ),
  caseOf('allowance-confirm-stored', ALLOWED_STORED, allowanceStep('AllowanceConfirm', A), 8970705),
  caseOf(
    'allowance-confirm-unknown',
    [],
    { action: 'AllowanceConfirm', data: NO_ALLOWANCE },
    8980712,
  ),
  caseOf('cancel-allowance-stored', ALLOWED_STORED, allowanceStep('CancelAllowance', A), 1),
  caseOf('cancel-allowance-exchanged', ALLOWED_EXCHANGED, allowanceStep('CancelAllowance', A), 1),
  caseOf(
    'cancel-allowance-twice',
    [...ALLOWED_STORED, allowanceStep('CancelAllowance', A)],
    allowanceStep('CancelAllowance', A),
    8980713,
  ),
  caseOf(
    'cancel-allowance-by-buyer',
    ALLOWED_EXCHANGED,
    allowanceStep('CancelAllowance', B),
    8990704,
  ),
  caseOf(
    'cancel-allowance-unknown',
    [],
    { action: 'CancelAllowance', data: { ...NO_ALLOWANCE, Reason: '錯' } },
    8980712,
  ),
  caseOf(
    'cancel-allowance-late',
    ALLOWED_STORED,
    { ...allowanceStep('CancelAllowance', A), at: DEADLINE_PASSED },
    8980714,
  ),
  caseOf('allowance-invalid-alias', ALLOWED_STORED, allowanceStep('AllowanceInvalid', A), 1),
  caseOf(
    'cancel-allowance-confirm',
    [...ALLOWED_EXCHANGED, allowanceStep('CancelAllowance', A)],
    allowanceStep('CancelAllowanceConfirm', B),
    1,
  ),
  caseOf(
    'cancel-allowance-confirm-early',
    ALLOWED_EXCHANGED,
    allowanceStep('CancelAllowanceConfirm', B),
    8970705,
  ),
  caseOf(
    'allowance-invalid-confirm-alias',
    [...ALLOWED_EXCHANGED, allowanceStep('CancelAllowance', A)],
    allowanceStep('AllowanceInvalidConfirm', B),
    1,
  ),
];

const VOIDED = [
  ...CONFIRMED,
  step('Invalid', A, { Remark: '備註' }),
  step('InvalidConfirm', B, { Remark: '同意' }),
];
const RETURNED = [
  ...ISSUED_EXCHANGED,
  step('Reject', B, { Remark: '規格不符' }),
  step('RejectConfirm', A, { Remark: '同意' }),
];
const ALLOWANCE_CONFIRMED = [
  ...ALLOWED_EXCHANGED,
  allowanceStep('AllowanceConfirm', B, { Remark: '收訖' }),
];
const ALLOWANCE_VOIDED = [
  ...ALLOWANCE_CONFIRMED,
  allowanceStep('CancelAllowance', A, { Remark: '備註' }),
  allowanceStep('CancelAllowanceConfirm', B, { Remark: '同意' }),
];

/** A query that finds, on both sides, and one that does not. */
function invoiceQuery(
  name: string,
  action: string,
  given: readonly B2bCall[],
  ok: number | string = 1,
): readonly B2bCase[] {
  const none = ok === 1 ? 8990703 : '8990703';
  return [
    caseOf(`${name}-sales`, given, queried(action, A), ok),
    caseOf(`${name}-purchase`, given, queried(action, B), ok),
    caseOf(`${name}-not-found`, ISSUED_EXCHANGED, queried(action, B, UNKNOWN), none),
  ];
}

function allowanceQuery(
  name: string,
  action: string,
  given: readonly B2bCall[],
): readonly B2bCase[] {
  return [
    caseOf(`${name}-sales`, given, allowanceStep(action, A), 1),
    caseOf(`${name}-purchase`, given, allowanceStep(action, B), 1),
    caseOf(`${name}-not-found`, [], { action, data: NO_ALLOWANCE }, 8990703),
  ];
}

/** The same by the seller's own number, in small letters. */
function byReference(action: string, by: typeof A, changes: Members = {}): B2bCall {
  const RelateNumber = String(B2B_ORDER.RelateNumber).toLowerCase();
  const InvoiceCategory = by === B ? 1 : 0;
  return { action, by, data: { InvoiceCategory, RelateNumber, ...changes } };
}

export const QUERY_CASES: readonly B2bCase[] = [
  ...invoiceQuery('get-issue', 'GetIssue', CONFIRMED, '1'),
  caseOf('get-issue-stored', ALLOWED_STORED, queried('GetIssue', A), '1'),
  caseOf('get-issue-returned', RETURNED, queried('GetIssue', A), '1'),
  caseOf(
    'get-issue-other-side',
    ISSUED_STORED,
    queried('GetIssue', A, { InvoiceCategory: 1 }),
    '8990703',
  ),
  caseOf('get-issue-fields-missing', [], { action: 'GetIssue', data: {} }, '8990141'),
  ...invoiceQuery('get-issue-confirm', 'GetIssueConfirm', CONFIRMED),
  caseOf(
    'get-issue-confirm-by-reference',
    CONFIRMED,
    { action: 'GetIssueConfirm', data: { RelateNumber: String(B2B_ORDER.RelateNumber) } },
    1,
  ),
  ...[
    ['get-issue-confirm', 'GetIssueConfirm', CONFIRMED] as const,
    ['get-invalid', 'GetInvalid', VOIDED] as const,
    ['get-invalid-confirm', 'GetInvalidConfirm', VOIDED] as const,
    ['get-reject', 'GetReject', RETURNED] as const,
    ['get-reject-confirm', 'GetRejectConfirm', RETURNED] as const,
  ].map(([name, action, given]) =>
    caseOf(`${name}-by-reference-purchase`, given, byReference(action, B), 1),
  ),
  caseOf('get-invalid-by-reference', VOIDED, byReference('GetInvalid', A), 1),
  caseOf(
    'get-invalid-by-reference-not-found',
    VOIDED,
    byReference('GetInvalid', B, { RelateNumber: 'none' }),
    8990703,
  ),
  caseOf(
    'get-issue-confirm-filtered',
    CONFIRMED,
    queried('GetIssueConfirm', A, { Buyer_Identifier: OUTSIDE }),
    8990703,
  ),
  caseOf('get-issue-confirm-unconfirmed', ISSUED_EXCHANGED, queried('GetIssueConfirm', A), 8990703),
  ...invoiceQuery('get-invalid', 'GetInvalid', VOIDED),
  caseOf(
    'get-invalid-stored',
    [...ISSUED_STORED, step('Invalid', A, { Remark: '備註' })],
    queried('GetInvalid', A),
    1,
  ),
  caseOf('get-invalid-neither-way', [], { action: 'GetInvalid', data: {} }, 8990141),
  ...invoiceQuery('get-invalid-confirm', 'GetInvalidConfirm', VOIDED),
  ...invoiceQuery('get-reject', 'GetReject', RETURNED),
  ...invoiceQuery('get-reject-confirm', 'GetRejectConfirm', RETURNED),
  ...allowanceQuery('get-allowance', 'GetAllowance', ALLOWANCE_CONFIRMED),
  caseOf(
    'get-allowance-two-invoices-fractions',
    [...TWO_HALVES, allowedHalves()],
    allowanceStep('GetAllowance', A),
    1,
  ),
  caseOf(
    'get-allowance-two-invoices',
    [...TWO_STORED, allowedOnTwo()],
    allowanceStep('GetAllowance', A),
    1,
  ),
  ...allowanceQuery('get-allowance-confirm', 'GetAllowanceConfirm', ALLOWANCE_CONFIRMED),
  ...allowanceQuery('get-allowance-invalid', 'GetAllowanceInvalid', ALLOWANCE_VOIDED),
  caseOf(
    'get-allowance-invalid-stored',
    [...ALLOWED_STORED, allowanceStep('CancelAllowance', A)],
    allowanceStep('GetAllowanceInvalid', A),
    1,
  ),
  ...allowanceQuery(
    'get-allowance-invalid-confirm',
    'GetAllowanceInvalidConfirm',
    ALLOWANCE_VOIDED,
  ),
];
