/** Reissues of the ECPay B2C API, and what queries and voids say right after one, case by case. */
import {
  allowanceVoided,
  allowed,
  BUSINESS,
  type Case,
  type CaseCall,
  CONFIRMED,
  type Earlier,
  invoiceOf,
  issued,
  line,
  order,
  voided,
} from './ecpay-b2c-case.ts';
import { MERCHANT_A, MERCHANT_B, type Members } from './ecpay-bytes.ts';

const ACTION = 'VoidWithReIssue';
/** Last second in which an invoice of November may be reissued, and the first in which it may not. */
const LAST_SECOND = '2027-01-13 23:59:59';
const TOO_LATE = '2027-01-14 00:00:00';

const NEW_CONTENT: Members = {
  RelateNumber: 'SENT-BUT-IGNORED',
  SalesAmount: 300,
  Items: [line(1, '凍頂烏龍茶', 3, 100)],
};

function models(
  earlier: Earlier,
  changes: Members = {},
): { VoidModel: Members; IssueModel: Members } {
  const { InvoiceNo } = invoiceOf(earlier);
  return {
    VoidModel: { InvoiceNo, VoidReason: '品名有誤' },
    IssueModel: {
      ...order(NEW_CONTENT),
      InvoiceDate: earlier[0]?.InvoiceDate ?? '2026-11-21 10:20:30',
      ...changes,
    },
  };
}

/** Reissues the invoice of the first call. */
function reissued(changes: Members = {}, at?: string): CaseCall {
  return {
    action: ACTION,
    data: (earlier) => models(earlier, changes),
    ...(at === undefined ? {} : { at }),
  };
}

const EXCHANGED = [issued(), CONFIRMED, reissued()] as const;
const NO_NUMBER = [{ InvoiceNo: 'ZZ00000000', InvoiceDate: '2026-11-21 10:20:30' }];

export const REISSUE_CASES: readonly Case[] = [
  { name: 'void-with-re-issue', given: [issued()], ...reissued(), answers: 1 },
  {
    name: 'void-with-re-issue-to-business',
    given: [issued()],
    ...reissued({ ...BUSINESS, InvoiceDate: '2026/11/21 10:20:30' }),
    answers: 1,
  },
  {
    name: 'void-with-re-issue-models-as-text',
    given: [issued()],
    action: ACTION,
    data: (earlier) => {
      const { VoidModel, IssueModel } = models(earlier);
      return { VoidModel: JSON.stringify(VoidModel), IssueModel: JSON.stringify(IssueModel) };
    },
    answers: 1,
  },
  {
    name: 'void-with-re-issue-merchant-inside',
    given: [issued()],
    action: ACTION,
    data: (earlier) => {
      const { VoidModel, IssueModel } = models(earlier);
      const MerchantID = MERCHANT_A.id;
      return {
        MerchantID: undefined,
        VoidModel: { MerchantID, ...VoidModel },
        IssueModel: { MerchantID, ...IssueModel },
      };
    },
    answers: 1,
  },
  {
    name: 'void-with-re-issue-other-merchant-inside',
    given: [issued()],
    ...reissued({ MerchantID: MERCHANT_B.id }),
    answers: 8900701,
  },
  {
    name: 'void-with-re-issue-after-allowance-voided',
    given: [issued(), allowed(50), allowanceVoided()],
    ...reissued(),
    answers: 1,
  },
  {
    name: 'void-with-re-issue-again',
    given: [...EXCHANGED, CONFIRMED],
    ...reissued({ InvoiceRemark: '再次重開' }),
    answers: 1,
  },
  {
    name: 'void-with-re-issue-last-second',
    given: [issued()],
    ...reissued({}, LAST_SECOND),
    answers: 1,
  },
  {
    name: 'void-with-re-issue-deadline-passed',
    given: [issued()],
    ...reissued({}, TOO_LATE),
    answers: 8930702,
  },
  {
    name: 'void-with-re-issue-unconfirmed',
    given: [...EXCHANGED],
    ...reissued(),
    answers: 8930705,
  },
  {
    name: 'void-with-re-issue-voided',
    given: [issued(), voided()],
    ...reissued(),
    answers: 8930703,
  },
  {
    name: 'void-with-re-issue-with-allowance',
    given: [issued(), allowed(50)],
    ...reissued(),
    answers: 8930704,
  },
  {
    name: 'void-with-re-issue-unknown',
    action: ACTION,
    data: () => models(NO_NUMBER),
    answers: 2,
  },
  {
    name: 'void-with-re-issue-wrong-day',
    given: [issued()],
    ...reissued({ InvoiceDate: '2026-11-22 10:20:30' }),
    answers: 2,
  },
  {
    name: 'void-with-re-issue-other-type',
    given: [issued()],
    ...reissued({ InvType: '08', TaxType: '3' }),
    answers: 8910707,
  },
  {
    name: 'void-with-re-issue-amount-mismatch',
    given: [issued()],
    ...reissued({ SalesAmount: 301 }),
    answers: 5000022,
  },
  {
    name: 'void-with-re-issue-reason-long',
    action: ACTION,
    data: () => ({
      ...models(NO_NUMBER),
      VoidModel: { InvoiceNo: 'ZZ00000000', VoidReason: '長'.repeat(21) },
    }),
    answers: 8930043,
  },
  {
    name: 'void-with-re-issue-time-missing',
    given: [issued()],
    ...reissued({ InvoiceDate: '' }),
    answers: 8930071,
  },
  {
    name: 'void-with-re-issue-several-faults',
    ...reissued({ InvoiceDate: '', Print: '2', Items: [line(1, '', 1, 100)] }),
    answers: 8930011,
  },
  { name: 'void-with-re-issue-models-missing', action: ACTION, data: {}, answers: 8930051 },
  {
    name: 'void-with-re-issue-model-no-json',
    action: ACTION,
    data: () => ({ ...models(NO_NUMBER), IssueModel: 'no JSON' }),
    answers: 8930062,
  },
  {
    name: 'get-issue-reissued',
    given: [...EXCHANGED],
    action: 'GetIssue',
    data: { RelateNumber: 'SHOP20261121001' },
    answers: 1,
  },
  {
    name: 'get-issue-reissued-confirmed',
    given: [...EXCHANGED, CONFIRMED],
    action: 'GetIssue',
    data: (earlier) => invoiceOf(earlier),
    answers: 1,
  },
  {
    name: 'get-invalid-reissued',
    given: [...EXCHANGED],
    action: 'GetInvalid',
    data: (earlier) => ({ ...invoiceOf(earlier), RelateNumber: 'SHOP20261121001' }),
    answers: 2,
  },
  { name: 'invalid-reissue-unconfirmed', given: [...EXCHANGED], ...voided(), answers: 5070451 },
  { name: 'invalid-reissued', given: [...EXCHANGED, CONFIRMED], ...voided(), answers: 1 },
  { name: 'allowance-reissued', given: [...EXCHANGED], ...allowed(250), answers: 1 },
];
