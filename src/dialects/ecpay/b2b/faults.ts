/**
 * ECPay's answers to faults in its B2B API, as `../faults.ts` for B2C: ECPay's own numbers where they are
 * known (ECPay B2B API; seen on its stage), Kaili's for the rest.
 */
import type { FaultCode } from '../../../domain/fault.ts';
import type { Answer, FieldFaultKind } from '../fault-fields.ts';
import type { B2bFieldArea } from './fault-fields.ts';

/** Actions with the area in which their members are numbered. */
export const B2B_AREAS = {
  'B2B/MaintainMerchantCustomerData': ['90'],
  'B2B/Issue': ['60'],
  'B2B/VoidWithReIssue': ['60'],
  'B2B/IssueConfirm': ['70'],
  'B2B/Invalid': ['70'],
  'B2B/InvalidConfirm': ['70'],
  'B2B/Reject': ['70'],
  'B2B/RejectConfirm': ['70'],
  'B2B/Allowance': ['80'],
  'B2B/AllowanceConfirm': ['80'],
  'B2B/CancelAllowance': ['80'],
  'B2B/CancelAllowanceConfirm': ['80'],
  'B2B/GetIssue': ['90'],
  'B2B/GetIssueConfirm': ['90'],
  'B2B/GetInvalid': ['90'],
  'B2B/GetInvalidConfirm': ['90'],
  'B2B/GetReject': ['90'],
  'B2B/GetRejectConfirm': ['90'],
  'B2B/GetAllowance': ['90'],
  'B2B/GetAllowanceConfirm': ['90'],
  'B2B/GetAllowanceInvalid': ['90'],
  'B2B/GetAllowanceInvalidConfirm': ['90'],
  'B2B/Notify': ['90'],
  'B2B/InvoicePrint': ['90'],
  'B2B/DownloadB2BPdf': ['90'],
  // Common to both APIs, with the B2C API's codes.
  'B2B/GetGovInvoiceWordSetting': ['50'],
  'B2B/AddInvoiceWordSetting': ['50', '10'],
  'B2B/UpdateInvoiceWordStatus': ['50'],
  'B2B/GetInvoiceWordSetting': ['50', '10'],
  'B2B/GetCompanyNameByTaxID': ['50'],
} as const satisfies Readonly<Record<string, readonly (B2bFieldArea | '10' | '50')[]>>;

export type B2bAction = keyof typeof B2B_AREAS;

type Row = Answer | { readonly member: string; readonly kind: FieldFaultKind };
type Rows = Readonly<Partial<Record<FaultCode, Row>>>;

function answer(rtnCode: number, text: string): Answer {
  return { rtnCode, text };
}

const CHECK_DIGIT = '統一編號檢查碼驗證失敗，請再確認';
const WRONG_PARTY = answer(8990704, '買/賣方錯誤');

const PARTNER: Rows = {
  PARTNER_EXISTS: answer(6160052, '交易對象資料已存在'),
  PARTNER_UNKNOWN: answer(8990701, '查無交易對象資料'),
  UBN_CHECK_DIGIT: answer(8990702, CHECK_DIGIT),
};

/** What both Issue and VoidWithReIssue judge of an invoice. */
const INVOICE: Rows = {
  PARTNER_UNKNOWN: answer(6000015, '買方識別碼資料不存在'),
  UBN_CHECK_DIGIT: answer(8960702, CHECK_DIGIT),
  INVOICE_TYPE_TAX_TYPE_MISMATCH: answer(8960705, '字軌類別與課稅別不符'),
  CLEARANCE_MARK_MISSING: { member: 'ClearanceMark', kind: 1 },
  ZERO_TAX_RATE_REASON_MISSING: { member: 'ZeroTaxRateReason', kind: 1 },
  SPECIAL_TAX_RATE_UNKNOWN: { member: 'SpecialTaxType', kind: 2 },
  LINES_TOO_MANY: answer(8960714, '商品筆數超過上限'),
  LINE_SEQUENCE_DUPLICATE: { member: 'ItemSeq', kind: 2 },
  LINE_AMOUNT_MISMATCH: answer(8960706, '商品合計與數量乘單價誤差超過1元'),
  LINE_TAX_MISMATCH: answer(8960707, '商品稅額與商品合計乘稅率誤差超過1元'),
  LINE_TAX_SUM_MISMATCH: answer(8960708, '商品稅額加總與營業稅額誤差超過2元'),
  SALES_SUM_MISMATCH: answer(8960709, '未稅銷售額與商品合計加總不符'),
  TAX_MISMATCH: answer(8960710, '營業稅額與未稅銷售額乘稅率誤差超過2元'),
  AMOUNT_SUM_MISMATCH: answer(8960711, '發票總金額與未稅銷售額加營業稅額不符'),
  SPECIAL_TAX_NOT_ZERO: answer(8960713, '特種稅額發票之營業稅額須為0'),
  AMOUNT_NOT_POSITIVE: { member: 'TotalAmount', kind: 2 },
  CLASS_SUM_NEGATIVE: { member: 'SalesAmount', kind: 2 },
};

const ISSUE: Rows = {
  ...INVOICE,
  ISSUE_TIME_OUT_OF_RANGE: answer(8960703, '發票開立時間超過可開立範圍'),
  ISSUE_TIME_BEFORE_PRECEDING: answer(8960704, '發票開立時間早於前一張發票'),
  REFERENCE_DUPLICATE: answer(8960701, '自訂編號重覆，請重新設定'),
  TRACK_EXHAUSTED: answer(8960712, '發票字軌已用完，請設定字軌'),
};

const REISSUE: Rows = {
  ...INVOICE,
  BUYER_CONTACT_MISSING: answer(8960715, '客戶電子信箱與客戶電話請至少填寫一項'),
  INVOICE_NOT_FOUND: answer(6070004, '發票號碼或日期錯誤'),
  VOID_DEADLINE_PASSED: answer(8960716, '已逾註銷重開期限'),
  INVOICE_VOIDED: answer(8960717, '該發票已作廢，無法註銷重開'),
  INVOICE_HAS_ALLOWANCES: answer(8960718, '該發票已折讓，無法註銷重開'),
  REISSUE_UNCONFIRMED: answer(8960719, '註銷重開的發票請於上傳財政部狀態更新後，再嘗試註銷重開'),
  INVOICE_EXCHANGED: answer(8960720, '交換模式之發票不可註銷重開'),
};

/** Steps of an invoice: void, return, confirmations. */
const STEPS: Rows = {
  INVOICE_NOT_FOUND: answer(6070004, '發票號碼或日期錯誤'),
  TRADE_UNKNOWN: answer(6070004, '發票號碼或日期錯誤'),
  INVOICE_VOIDED: answer(8970701, '該發票已作廢'),
  INVOICE_HAS_ALLOWANCES: answer(8970702, '該發票已折讓，請先作廢折讓單'),
  INVOICE_UNCONFIRMED: answer(8970703, '該發票尚未經買方確認'),
  VOID_DEADLINE_PASSED: answer(8970704, '已逾作廢期限，無法作廢發票'),
  REISSUE_UNCONFIRMED: answer(5070451, '註銷重開的發票請於上傳財政部狀態更新後，再嘗試作廢'),
  NOTHING_TO_CONFIRM: answer(8970705, '無待確認之作業'),
  CONFIRMATION_BY_SENDER: answer(8970706, '發送方不可自行確認'),
  INVOICE_CONFIRMED: answer(8970707, '該發票已確認，不可退回'),
  INVOICE_RETURNED: answer(8970708, '該發票已退回'),
  TRADE_PARTY_WRONG: WRONG_PARTY,
};

const ALLOWANCE: Rows = {
  INVOICE_NOT_FOUND: answer(8980701, '查無原發票資料'),
  INVOICE_VOIDED: answer(8980702, '作廢發票號碼不能折讓'),
  INVOICE_UNCONFIRMED: answer(8970703, '該發票尚未經買方確認'),
  INVOICE_RETURNED: answer(8970708, '該發票已退回'),
  INVOICE_EXCHANGED: answer(8980701, '查無原發票資料'),
  TRADE_PARTY_WRONG: WRONG_PARTY,
  ALLOWANCE_LINE_UNKNOWN: answer(8980703, '查無原發票明細資料'),
  ALLOWANCE_NAME_MISMATCH: answer(8980704, '商品名稱與原發票不符'),
  ALLOWANCE_ABOVE_LINE: answer(8980705, '商品數量或單價大於原發票'),
  LINE_AMOUNT_MISMATCH: answer(8980706, '商品合計與數量乘單價誤差超過1元'),
  LINE_TAX_MISMATCH: answer(8980707, '商品稅額與商品合計乘稅率誤差超過1元'),
  ALLOWANCE_SUM_MISMATCH: answer(8980708, '折讓未稅金額與商品合計加總不符'),
  ALLOWANCE_TAX_MISMATCH: answer(8980709, '折讓稅額與折讓未稅金額乘稅率誤差超過2元'),
  CLASS_SUM_NEGATIVE: answer(8980708, '折讓未稅金額與商品合計加總不符'),
  ALLOWANCE_EXCEEDS_REMAINING: answer(8980710, '無足夠金額可以折讓，請確認'),
  ALLOWANCE_BUYER_MISMATCH: answer(8980711, '折讓單之原發票買方須相同'),
  ALLOWANCE_MODES_MIXED: answer(8980715, '折讓單之原發票交換模式須相同'),
  LINES_TOO_MANY: { member: 'Details', kind: 3 },
};

/** Steps of an allowance: void, confirmations. */
const ALLOWANCE_STEPS: Rows = {
  ALLOWANCE_NOT_FOUND: answer(8980712, '查無折讓單資料'),
  TRADE_UNKNOWN: answer(8980712, '查無折讓單資料'),
  ALLOWANCE_VOIDED: answer(8980713, '該折讓單已作廢'),
  ALLOWANCE_VOID_DEADLINE_PASSED: answer(8980714, '已逾作廢期限，無法作廢折讓單'),
  NOTHING_TO_CONFIRM: answer(8970705, '無待確認之作業'),
  CONFIRMATION_BY_SENDER: answer(8970706, '發送方不可自行確認'),
  TRADE_PARTY_WRONG: WRONG_PARTY,
};

const QUERY: Rows = {
  INVOICE_NOT_FOUND: answer(8990703, '查無資料'),
  ALLOWANCE_NOT_FOUND: answer(8990703, '查無資料'),
};

const NOTIFY: Rows = {
  ...QUERY,
  TRADE_PARTY_WRONG: WRONG_PARTY,
  NOTICE_NEEDS_EXCHANGE: answer(8990705, '存證模式無此通知類別'),
};

const NO_QR_KEY = answer(8950712, '賣方未設定條碼種子密碼');
const PRINT: Rows = {
  INVOICE_NOT_FOUND: answer(8990703, '查無資料'),
  TRADE_PARTY_WRONG: answer(8990703, '查無資料'),
  PRINT_QR_KEY_MISSING: NO_QR_KEY,
  PRINT_AMOUNT_TOO_LARGE: answer(8950713, '發票金額超過可列印上限'),
};

/** Actions that both APIs have, and that answer as in the B2C API. */
type SharedAction =
  | 'B2B/GetGovInvoiceWordSetting'
  | 'B2B/AddInvoiceWordSetting'
  | 'B2B/UpdateInvoiceWordStatus'
  | 'B2B/GetInvoiceWordSetting'
  | 'B2B/GetCompanyNameByTaxID';

export const B2B_ANSWERS: Readonly<Record<Exclude<B2bAction, SharedAction>, Rows>> = {
  'B2B/Notify': NOTIFY,
  'B2B/InvoicePrint': PRINT,
  'B2B/DownloadB2BPdf': {
    ...PRINT,
    TRADE_PARTY_WRONG: answer(0, '無法下載進項發票'),
    DOWNLOADS_TOO_MANY: answer(0, '下載過於頻繁，請稍後再試'),
  },
  'B2B/MaintainMerchantCustomerData': PARTNER,
  'B2B/Issue': ISSUE,
  'B2B/VoidWithReIssue': REISSUE,
  'B2B/IssueConfirm': STEPS,
  'B2B/Invalid': STEPS,
  'B2B/InvalidConfirm': STEPS,
  'B2B/Reject': STEPS,
  'B2B/RejectConfirm': STEPS,
  'B2B/Allowance': ALLOWANCE,
  'B2B/AllowanceConfirm': ALLOWANCE_STEPS,
  'B2B/CancelAllowance': ALLOWANCE_STEPS,
  'B2B/CancelAllowanceConfirm': ALLOWANCE_STEPS,
  'B2B/GetIssue': QUERY,
  'B2B/GetIssueConfirm': QUERY,
  'B2B/GetInvalid': QUERY,
  'B2B/GetInvalidConfirm': QUERY,
  'B2B/GetReject': QUERY,
  'B2B/GetRejectConfirm': QUERY,
  'B2B/GetAllowance': QUERY,
  'B2B/GetAllowanceConfirm': QUERY,
  'B2B/GetAllowanceInvalid': QUERY,
  'B2B/GetAllowanceInvalidConfirm': QUERY,
};
