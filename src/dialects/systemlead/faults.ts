/**
 * The ledger's and the domain's faults in e首發票's words, by what was asked. A fault without a row is a
 * mistake of Kaili's and fails the request as such; a test holds the table against the list of faults.
 */
import type { Fault, FaultCode } from '../../domain/fault.ts';
import { malformed, missing, type Refusal, refusal } from './refusal.ts';

/** What a client asked for, as far as texts differ. */
export type Asked = 'issue' | 'amend' | 'void' | 'blank' | 'allowance' | 'void-allowance';
export const ASKED: readonly Asked[] = [
  'issue',
  'amend',
  'void',
  'blank',
  'allowance',
  'void-allowance',
];

type Rows = Readonly<Partial<Record<FaultCode, Refusal>>>;

const WRONG_SUM = refusal('E-INV-021', '金額合計錯誤');
const OUTSIDE = refusal('E-INV-023', '發票號碼不在授權字軌內');

const CONTENT: Rows = {
  CLEARANCE_MARK_MISSING: missing('CustomsClearanceMark'),
  ZERO_TAX_RATE_REASON_MISSING: missing('ZeroTaxRateReason'),
  INVOICE_TYPE_TAX_TYPE_MISMATCH: refusal('E-INV-021', '課稅別不一致'),
  MIXED_TAX_INCOMPLETE: refusal('E-INV-021', '課稅別不一致'),
  MIXED_TAX_EXEMPT_AND_ZERO: refusal('E-INV-021', '課稅別不一致'),
  LINES_TOO_MANY: malformed('Details'),
  LINE_SEQUENCE_DUPLICATE: malformed('DetailID'),
  CLASS_SUM_NEGATIVE: WRONG_SUM,
  AMOUNT_NOT_POSITIVE: WRONG_SUM,
  AMOUNT_SUM_MISMATCH: WRONG_SUM,
};

const ROWS: Readonly<Record<Asked, Rows>> = {
  issue: {
    ...CONTENT,
    TRACK_EXHAUSTED: refusal('E-INV-023', '發票字軌不足'),
    INVOICE_NUMBER_USED: refusal('E-INV-020', '發票號碼重複'),
    INVOICE_NUMBER_BLANK: refusal('E-INV-023', '發票號碼已列為空白作廢'),
    INVOICE_NUMBER_OUTSIDE_TRACKS: OUTSIDE,
    ISSUE_TIME_IN_FUTURE: refusal('E-INV-025', '發票日期不可晚於系統日期'),
    ISSUE_OVERDUE: refusal('E-INV-025', '發票已逾上傳期限'),
  },
  amend: {
    ...CONTENT,
    INVOICE_NOT_FOUND: refusal('E-INV-030', '查無發票'),
    // An invoice that another provider's client exchanges with its buyer is none of this API's.
    INVOICE_EXCHANGED: refusal('E-INV-030', '查無發票'),
    INVOICE_VOIDED: refusal('E-INV-032', '發票已作廢'),
    INVOICE_HAS_ALLOWANCES: refusal('E-INV-031', '發票已有折讓，請先作廢折讓單'),
    INVOICE_HANDED_OVER: refusal('E-INV-024', '發票已啟動上傳，無法更新'),
    ISSUE_TIME_FIXED: refusal('E-INV-024', '發票開立時間不可異動'),
  },
  void: {
    INVOICE_NOT_FOUND: refusal('E-INV-030', '查無發票'),
    // An invoice that another provider's client exchanges with its buyer is none of this API's.
    INVOICE_EXCHANGED: refusal('E-INV-030', '查無發票'),
    INVOICE_VOIDED: refusal('E-INV-032', '發票已作廢'),
    INVOICE_HAS_ALLOWANCES: refusal('E-INV-031', '發票已有折讓，請先作廢折讓單'),
    VOID_DEADLINE_PASSED: refusal('E-INV-031', '發票已跨期，不可作廢，請改用折讓'),
    VOID_TIME_INVALID: malformed('CancelDate'),
    REISSUE_UNCONFIRMED: refusal('E-INV-031', '發票註銷重開中，請稍後再試'),
  },
  blank: {
    BLANK_NUMBER_ISSUED: refusal('E-INV-031', '發票已開立，請使用作廢發票'),
    BLANK_RANGE_KNOWN: refusal('E-INV-032', '空白發票已作廢'),
    BLANK_OVERLAP: refusal('E-INV-032', '空白發票已作廢'),
    BLANK_OUTSIDE_TRACKS: OUTSIDE,
  },
  allowance: {
    INVOICE_NOT_FOUND: refusal('E-INV-040', '查無原發票'),
    INVOICE_EXCHANGED: refusal('E-INV-040', '查無原發票'),
    INVOICE_VOIDED: refusal('E-INV-042', '發票不可折讓'),
    ALLOWANCE_EXCEEDS_REMAINING: refusal('E-INV-041', '折讓金額超過原發票'),
    ALLOWANCE_SUM_MISMATCH: refusal('E-INV-042', '折讓金額合計錯誤'),
    CLASS_SUM_NEGATIVE: refusal('E-INV-042', '折讓金額合計錯誤'),
    ALLOWANCE_TAX_MISMATCH: refusal('E-INV-042', '折讓稅額錯誤'),
    ALLOWANCE_TAX_CLASS_ABSENT: refusal('E-INV-021', '課稅別不一致'),
    ALLOWANCE_BUYER_MISMATCH: refusal('E-INV-010', '買受人統編錯誤'),
    ALLOWANCE_NUMBER_USED: refusal('E-INV-020', '折讓單號前置碼重複'),
    LINES_TOO_MANY: malformed('Details'),
  },
  'void-allowance': {
    ALLOWANCE_NOT_FOUND: refusal('E-INV-050', '查無折讓單'),
    // An online allowance of another provider that its buyer has not agreed to is none yet.
    ALLOWANCE_AWAITS_CONSENT: refusal('E-INV-050', '查無折讓單'),
    ALLOWANCE_VOIDED: refusal('E-INV-050', '折讓單已作廢'),
    VOID_TIME_INVALID: malformed('CancelDate'),
  },
};

/** The refusal of a fault; undefined where what was asked has no row for it. */
export function findRefusal(
  asked: Asked,
  fault: Pick<Fault, 'code' | 'path'>,
): Refusal | undefined {
  if (fault.code === 'REFERENCE_DUPLICATE') {
    return fault.path === 'order'
      ? refusal('E-INV-020', '訂單編號重複')
      : refusal('E-INV-020', 'BillingNo 重複');
  }
  return ROWS[asked][fault.code];
}

export function refusalOf(asked: Asked, fault: Fault): Refusal {
  const found = findRefusal(asked, fault);
  // Its hint names what was expected; the request fails, and the log says so.
  if (found === undefined) throw new Error(`no answer to ${fault.code} of ${asked}: ${fault.hint}`);
  return found;
}
