/** Every rule of the ECPay B2B API's queries: what they are asked with, and what their filters let through. */
import {
  allowanceStep,
  allowed,
  type B2bCase,
  caseOf,
  DAY,
  EXCHANGED,
  exchanged,
  issued,
  MERCHANT_A,
  MERCHANT_B,
  PARTNER_B,
  queried,
  STORED,
  step,
} from './ecpay-b2b-case.ts';
import { type Rule, rules } from './ecpay-b2b-issue-rules.ts';

const A = MERCHANT_A;
const B = MERCHANT_B;
const ISSUED_STORED = [STORED, issued()];
const CONFIRMED = [EXCHANGED, exchanged(), step('IssueConfirm', B)];

/** All four members and a time beside the day, as Odoo's module sends them. */
const QUERY_CASES: readonly B2bCase[] = [
  caseOf(
    'query: as Odoo asks',
    ISSUED_STORED,
    queried('GetIssue', A, { InvoiceDate: `${DAY} 02:20:30`, RelateNumber: 'B2B202611210001' }),
    1,
  ),
  caseOf(
    'query: without a category',
    ISSUED_STORED,
    queried('GetIssue', A, { InvoiceCategory: '' }),
    1,
  ),
  caseOf(
    'query: a category of another number',
    [],
    queried('GetIssue', A, { InvoiceCategory: 2 }),
    8990092,
  ),
  caseOf(
    'query: a number without a day',
    [],
    { action: 'GetReject', data: { InvoiceNumber: 'ZZ00000000' } },
    8990141,
  ),
  caseOf(
    'query: a Reason beside, as the PHP sample sends',
    [...ISSUED_STORED, step('Reject', A)],
    queried('GetReject', A, { Reason: 'x' }),
    1,
  ),
  caseOf(
    'query: another merchant’s invoice',
    ISSUED_STORED,
    queried('GetIssue', B, { InvoiceCategory: 0 }),
    8990703,
  ),
];

/** Nothing is ever confirmed in storage mode. */
const STORED_CASES: readonly B2bCase[] = [
  ...['GetIssueConfirm', 'GetInvalidConfirm', 'GetRejectConfirm'].map((action) =>
    caseOf(
      `query: ${action} of a stored one`,
      [...ISSUED_STORED, step('Reject', A), step('Invalid', A)],
      queried(action, A),
      8990703,
    ),
  ),
  ...['GetAllowanceConfirm', 'GetAllowanceInvalidConfirm'].map((action) =>
    caseOf(
      `query: ${action} of a stored one`,
      [...ISSUED_STORED, allowed(1), allowanceStep('CancelAllowance', A)],
      allowanceStep(action, A),
      8990703,
    ),
  ),
  ...['GetAllowance', 'GetAllowanceInvalid'].map((action) =>
    caseOf(`query: ${action} without a number`, [], { action, data: {} }, 8990141),
  ),
  caseOf(
    'query: the void of a live allowance',
    [...ISSUED_STORED, allowed(1)],
    allowanceStep('GetAllowanceInvalid', A),
    8990703,
  ),
  caseOf('query: the void of a live invoice', ISSUED_STORED, queried('GetInvalid', A), 8990703),
  caseOf('query: the return of a kept invoice', ISSUED_STORED, queried('GetReject', A), 8990703),
];

const FILTERS: readonly Rule[] = [
  ['that fit', { InvoiceDateBegin: DAY, InvoiceDateEnd: DAY, Buyer_Identifier: PARTNER_B }, 1],
  ['by number', { InvoiceNumberBegin: '10000000', InvoiceNumberEnd: '10000000' }, 1],
  ['from a later number', { InvoiceNumberBegin: '10000001' }, 8990703],
  ['from a later day', { InvoiceDateBegin: '2026-11-22' }, 8990703],
  ['from a later day, misspelt as in the sample', { InvoiceDateBeign: '2026-11-22' }, 8990703],
  ['to an earlier day', { InvoiceDateEnd: '2026-11-20' }, 8990703],
  ['of voided ones', { Invalid_Status: '1' }, 8990703],
  ['of storage mode', { ExchangeMode: '0' }, 8990703],
];

export const QUERY_RULE_CASES: readonly B2bCase[] = [
  ...QUERY_CASES,
  ...STORED_CASES,
  ...rules('filters', CONFIRMED, (changes) => queried('GetIssueConfirm', A, changes), FILTERS),
];
