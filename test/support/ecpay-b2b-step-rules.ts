/**
 * Every rule of steps and allowances in the ECPay B2B API at its bounds: what is just taken, what is
 * just refused, too early, twice, or by the wrong side.
 */
import {
  allowanceStep,
  allowed,
  type B2bCall,
  type B2bCase,
  caseOf,
  DAY,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  issued,
  MERCHANT_A,
  MERCHANT_B,
  OUTSIDE,
  PARTNER_B,
  partner,
  STORED,
  step,
} from './ecpay-b2b-case.ts';
import { SPECIAL, ZERO } from './ecpay-b2b-issue-rules.ts';
import type { Members } from './ecpay-bytes.ts';

const A = MERCHANT_A;
const B = MERCHANT_B;
const ISSUED_STORED = [STORED, issued()];
const ISSUED_EXCHANGED = [EXCHANGED, exchanged()];
const CONFIRMED = [...ISSUED_EXCHANGED, step('IssueConfirm', B)];

/** The partner as it is from now on. */
const NOW_EXCHANGED = partner(OUTSIDE, '1', { Action: 'Update' });
const NOW_STORED = partner(PARTNER_B, '0', { Action: 'Update' });

const STEP_CASES: readonly B2bCase[] = [
  caseOf(
    'void: stored, to who exchanges now',
    [...ISSUED_STORED, NOW_EXCHANGED],
    step('Invalid', A),
    1,
  ),
  caseOf(
    'void: exchanged, with who is stored now',
    [...ISSUED_EXCHANGED, NOW_STORED],
    step('Invalid', A),
    8970703,
  ),
  caseOf(
    'confirm: exchanged, with who is stored now',
    [...ISSUED_EXCHANGED, NOW_STORED],
    step('IssueConfirm', B),
    1,
  ),
  caseOf(
    'confirm: exchanged, with who is no partner now',
    [
      ...ISSUED_EXCHANGED,
      { action: 'MaintainMerchantCustomerData', data: { Action: 'Delete', Identifier: PARTNER_B } },
    ],
    step('IssueConfirm', B),
    1,
  ),
  caseOf(
    'confirm: without a day',
    ISSUED_EXCHANGED,
    step('IssueConfirm', B, { InvoiceDate: '' }),
    1,
  ),
  caseOf(
    'confirm: a day with slashes',
    ISSUED_EXCHANGED,
    step('IssueConfirm', B, { InvoiceDate: '2026/11/21' }),
    1,
  ),
  caseOf(
    'confirm: another day',
    ISSUED_EXCHANGED,
    step('IssueConfirm', B, { InvoiceDate: '2026-11-20' }),
    6070004,
  ),
  caseOf(
    'confirm: no number',
    ISSUED_EXCHANGED,
    step('IssueConfirm', B, { InvoiceNumber: '' }),
    8970011,
  ),
  caseOf(
    'confirm: a number of another form',
    [],
    step('IssueConfirm', B, { InvoiceNumber: 'K10000000' }),
    8970013,
  ),
  caseOf(
    'confirm: a remark of 201',
    [],
    step('IssueConfirm', B, { InvoiceNumber: 'ZZ00000000', Remark: '註'.repeat(201) }),
    8970043,
  ),
  caseOf('void: a reason of 20', ISSUED_STORED, step('Invalid', A, { Reason: '因'.repeat(20) }), 1),
  caseOf('void: no day', ISSUED_STORED, step('Invalid', A, { InvoiceDate: '' }), 8970021),
  caseOf('void: another merchant’s invoice', ISSUED_STORED, step('Invalid', B), 6070004),
  caseOf(
    'void: in the last second',
    ISSUED_STORED,
    { ...step('Invalid', A), at: '2027-01-13 23:59:59' },
    1,
  ),
  caseOf(
    'void: exchanged, too late',
    CONFIRMED,
    { ...step('Invalid', A), at: '2027-01-14 00:00:00' },
    8970704,
  ),
  caseOf('void: exchanged, allowed', [...CONFIRMED, allowed(1)], step('Invalid', A), 8970702),
  caseOf(
    'void: exchanged, returned',
    [...ISSUED_EXCHANGED, step('Reject', B)],
    step('Invalid', A),
    8970708,
  ),
  caseOf('void: stored, returned', [...ISSUED_STORED, step('Reject', A)], step('Invalid', A), 1),
  caseOf(
    'confirm void: stored',
    [...ISSUED_STORED, step('Invalid', A)],
    step('InvalidConfirm', A),
    8970705,
  ),
  caseOf(
    'confirm void: twice',
    [...CONFIRMED, step('Invalid', A), step('InvalidConfirm', B)],
    step('InvalidConfirm', B),
    8970705,
  ),
  caseOf('return: no reason', ISSUED_EXCHANGED, step('Reject', B, { Reason: '' }), 8970031),
  caseOf(
    'return: a reason of 21',
    ISSUED_EXCHANGED,
    step('Reject', B, { Reason: '因'.repeat(21) }),
    8970033,
  ),
  caseOf(
    'return: stored, twice',
    [...ISSUED_STORED, step('Reject', A)],
    step('Reject', A),
    8970708,
  ),
  caseOf('return: stored, allowed', [...ISSUED_STORED, allowed(1)], step('Reject', A), 8970702),
  caseOf(
    'confirm return: twice',
    [...ISSUED_EXCHANGED, step('Reject', B), step('RejectConfirm', A)],
    step('RejectConfirm', A),
    8970705,
  ),
  caseOf(
    'confirm return: stored',
    [...ISSUED_STORED, step('Reject', A)],
    step('RejectConfirm', A),
    8970705,
  ),
];

const SPECIAL_INVOICE = [STORED, issued(SPECIAL)];
const ZERO_INVOICE = [STORED, issued(ZERO)];
const TWO = (second: B2bCall, ...partners: readonly B2bCall[]) => [
  STORED,
  issued(),
  ...partners,
  second,
];

/** Gives back an hour of the first invoice and one of a later one. */
function allowedOn(second: number): B2bCall {
  const detail = (earlier: readonly Members[], at: number) => ({
    ...{ OriginalInvoiceNumber: invoiceNumber(earlier, at), OriginalInvoiceDate: DAY },
    ...{ OriginalSequenceNumber: 1, ItemName: '顧問服務' },
    ...{ ItemCount: 1, ItemPrice: 100, ItemAmount: 100 },
  });
  return {
    action: 'Allowance',
    data: (earlier) => ({
      ...{ TaxAmount: 10, TotalAmount: 200 },
      Details: [detail(earlier, 1), detail(earlier, second)],
    }),
  };
}

const ALLOWANCE_CASES: readonly B2bCase[] = [
  caseOf(
    'allowance: of two buyers',
    TWO(issued({ RelateNumber: 'second', CustomerIdentifier: PARTNER_B }), partner(PARTNER_B, '0')),
    allowedOn(3),
    8980711,
  ),
  caseOf(
    'allowance: of both modes',
    [
      ...ISSUED_STORED,
      partner(OUTSIDE, '1', { Action: 'Update' }),
      issued({ RelateNumber: 'second' }),
    ],
    allowedOn(3),
    8980715,
  ),
  caseOf(
    'allowance: six days back',
    ISSUED_STORED,
    allowed(1, { AllowanceDate: '2026-11-15 00:00:00' }),
    1,
  ),
  caseOf('allowance: a day alone', ISSUED_STORED, allowed(1, { AllowanceDate: DAY }), 1),
  caseOf(
    'allowance: seven days back',
    ISSUED_STORED,
    allowed(1, { AllowanceDate: '2026-11-14 23:59:59' }),
    8980012,
  ),
  caseOf(
    'allowance: tomorrow',
    ISSUED_STORED,
    allowed(1, { AllowanceDate: '2026-11-22 00:00:00' }),
    8980012,
  ),
  caseOf(
    'allowance: a mail list',
    ISSUED_STORED,
    allowed(1, { CustomerEmail: 'a@example.com;b@example.com' }),
    1,
  ),
  caseOf(
    'allowance: no mail address',
    ISSUED_STORED,
    allowed(1, { CustomerEmail: 'nobody' }),
    8980022,
  ),
  caseOf(
    'allowance: a reason of 21',
    ISSUED_STORED,
    allowed(1, { Reason: '因'.repeat(21) }),
    8980153,
  ),
  caseOf('allowance: no details', ISSUED_STORED, allowed(1, { Details: [] }), 8980051),
  caseOf(
    'allowance: of another day',
    ISSUED_STORED,
    allowed(1, {}, { OriginalInvoiceDate: '2026-11-20' }),
    8980701,
  ),
  caseOf('allowance: of another merchant', ISSUED_STORED, { ...allowed(1), by: B }, 8980701),
  caseOf(
    'allowance: sequence 0',
    ISSUED_STORED,
    allowed(1, {}, { OriginalSequenceNumber: 0 }),
    8980082,
  ),
  caseOf(
    'allowance: a price above',
    ISSUED_STORED,
    allowed(1, { TotalAmount: 101 }, { ItemPrice: 101, ItemAmount: 101 }),
    8980705,
  ),
  caseOf('allowance: all of it', ISSUED_STORED, allowed(10), 1),
  caseOf(
    'allowance: an amount 1 off',
    ISSUED_STORED,
    allowed(2, { TotalAmount: 201 }, { ItemAmount: 201 }),
    1,
  ),
  caseOf('allowance: a line’s tax 1 off', ISSUED_STORED, allowed(2, {}, { Tax: 11 }), 1),
  caseOf('allowance: tax 2 off', ISSUED_STORED, allowed(2, { TaxAmount: 12 }, { Tax: 11 }), 1),
  caseOf(
    'allowance: tax 3 off',
    ISSUED_STORED,
    allowed(2, { TaxAmount: 13 }, { Tax: null }),
    8980709,
  ),
  caseOf(
    'allowance: line taxes 3 off',
    ISSUED_STORED,
    allowed(2, { TaxAmount: 8 }, { Tax: 11 }),
    8980709,
  ),
  caseOf(
    'allowance: of nothing',
    ISSUED_STORED,
    allowed(1, { TotalAmount: 0, TaxAmount: 0 }, { ItemPrice: 0, ItemAmount: 0, Tax: 0 }),
    8980708,
  ),
  caseOf('allowance: special tax', SPECIAL_INVOICE, allowed(1, { TaxAmount: 0 }, { Tax: 0 }), 1),
  caseOf(
    'allowance: special tax with a line’s tax',
    SPECIAL_INVOICE,
    allowed(1, { TaxAmount: 0 }, { Tax: 1 }),
    8980707,
  ),
  caseOf(
    'allowance: special tax with tax',
    SPECIAL_INVOICE,
    allowed(1, { TaxAmount: 1 }, { Tax: null }),
    8980709,
  ),
  caseOf('allowance: zero rate', ZERO_INVOICE, allowed(1, { TaxAmount: 0 }, { Tax: null }), 1),
  caseOf('allowance: returned', [...ISSUED_EXCHANGED, step('Reject', B)], allowed(1), 8970708),
  caseOf('allowance: its void asked', [...CONFIRMED, step('Invalid', A)], allowed(1), 8980702),
  caseOf(
    'allowance: after its void',
    [...CONFIRMED, step('Invalid', A), step('InvalidConfirm', B)],
    allowed(1),
    8980702,
  ),
  caseOf(
    'confirm allowance: twice',
    [...CONFIRMED, allowed(1), allowanceStep('AllowanceConfirm', B)],
    allowanceStep('AllowanceConfirm', B),
    8970705,
  ),
  caseOf(
    'confirm allowance: a number of 17',
    [],
    { action: 'AllowanceConfirm', data: { AllowanceNo: '1'.repeat(17) } },
    8980143,
  ),
  caseOf(
    'void allowance: no reason',
    [...ISSUED_STORED, allowed(1)],
    allowanceStep('CancelAllowance', A, { Reason: '' }),
    8980151,
  ),
  caseOf(
    'void allowance: a reason of 21',
    [...ISSUED_STORED, allowed(1)],
    allowanceStep('CancelAllowance', A, { Reason: '因'.repeat(21) }),
    8980153,
  ),
  caseOf(
    'void allowance: another merchant’s',
    [...ISSUED_STORED, allowed(1)],
    allowanceStep('CancelAllowance', B),
    8980712,
  ),
  caseOf(
    'void allowance: exchanged, unconfirmed',
    [...CONFIRMED, allowed(1)],
    allowanceStep('CancelAllowance', A),
    1,
  ),
  caseOf(
    'void allowance: exchanged, twice',
    [...CONFIRMED, allowed(1), allowanceStep('CancelAllowance', A)],
    allowanceStep('CancelAllowance', A),
    8980713,
  ),
  caseOf(
    'confirm its void: by the seller',
    [...CONFIRMED, allowed(1), allowanceStep('CancelAllowance', A)],
    allowanceStep('CancelAllowanceConfirm', A),
    8970706,
  ),
  caseOf(
    'confirm its void: stored',
    [...ISSUED_STORED, allowed(1), allowanceStep('CancelAllowance', A)],
    allowanceStep('CancelAllowanceConfirm', A),
    8970705,
  ),
  caseOf(
    'confirm its void: twice',
    [
      ...CONFIRMED,
      allowed(1),
      allowanceStep('CancelAllowance', A),
      allowanceStep('CancelAllowanceConfirm', B),
    ],
    allowanceStep('CancelAllowanceConfirm', B),
    8970705,
  ),
  caseOf(
    'confirm its void: unknown',
    [],
    { action: 'CancelAllowanceConfirm', data: { AllowanceNo: '2026112110200001' } },
    8980712,
  ),
  caseOf(
    'allowance: what a void freed',
    [...ISSUED_STORED, allowed(10), allowanceStep('CancelAllowance', A)],
    allowed(10),
    1,
  ),
  caseOf(
    'allowance: what no confirmed void freed',
    [...CONFIRMED, allowed(10), allowanceStep('CancelAllowance', A)],
    allowed(1),
    8980710,
  ),
];

export const STEP_RULE_CASES: readonly B2bCase[] = [...STEP_CASES, ...ALLOWANCE_CASES];
