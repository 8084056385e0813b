/**
 * Expected failures: stable code, where, what happened, how to mend it.
 *
 * This table is the one list of them and also feeds `docs/reference/faults.md`. A dialect turns a
 * fault into its provider's code and text in its own `faults.ts`. Broken invariants are no faults:
 * they are assertions.
 */

export interface Fault {
  readonly code: FaultCode;
  /** Domain path of what is wrong, e.g. `lines[2].amount`, or the wire name for a field rule. */
  readonly path: string;
  /** What happened, in Traditional Chinese, for a person. Holds no personal data and no secret. */
  readonly message: string;
  /** What was expected, what came, and how to mend it; for the request log and `/api/v1`. */
  readonly hint: string;
}

/** code -> message (Traditional Chinese). Groups follow the order in which they are checked. */
export const FAULTS = {
  // Field rules: a dialect checks them by its wire tables; `path` is the wire name.
  FIELD_REQUIRED: '必填欄位未填',
  FIELD_FORMAT: '欄位格式錯誤',
  FIELD_LENGTH: '欄位長度錯誤',
  DATE_RANGE_REVERSED: '查詢日期區間錯誤',
  ACCOUNT_MISMATCH: '帳號與信封不一致',
  PLATFORM_NOT_BOUND: '平台商與特店未綁定',
  // Invoice rules that need no data.
  BUYER_CONTACT_MISSING: '買方電子信箱與電話請至少填寫一項',
  UBN_CHECK_DIGIT: '統一編號檢查碼錯誤',
  DONATION_WITH_UBN: '有統一編號之發票不可捐贈',
  DONATION_WITH_PRINT: '捐贈發票不可列印',
  CARRIER_WITH_PRINT: '使用載具之發票不可列印',
  CARRIER_WITH_PRINT_BUSINESS: '有統一編號且使用此載具之發票不可列印',
  UBN_NEITHER_PRINTED_NOR_CARRIER: '有統一編號且無載具之發票須列印',
  CARRIER_ID_NOT_ALLOWED: '此載具類別不可有載具編號',
  INVOICE_TYPE_TAX_TYPE_MISMATCH: '發票類別與課稅別不符',
  CLEARANCE_MARK_MISSING: '零稅率發票須有通關方式註記',
  ZERO_TAX_RATE_REASON_MISSING: '零稅率發票須有零稅率原因',
  SPECIAL_TAX_RATE_UNKNOWN: '特種稅額類別無對應稅率',
  LINES_TOO_MANY: '商品筆數超過上限',
  LINE_SEQUENCE_DUPLICATE: '商品序號重複',
  MIXED_TAX_INCOMPLETE: '混合稅率須含應稅及免稅或零稅率商品',
  MIXED_TAX_EXEMPT_AND_ZERO: '免稅與零稅率商品不可同時開立',
  CLASS_SUM_NEGATIVE: '同一課稅別之商品合計不可為負數',
  AMOUNT_NOT_POSITIVE: '發票金額須大於零',
  AMOUNT_SUM_MISMATCH: '發票金額與商品合計不符',
  // Business invoices whose client states every sum (ECPay B2B).
  LINE_AMOUNT_MISMATCH: '商品合計與數量乘單價不符',
  LINE_TAX_MISMATCH: '商品稅額與商品合計乘稅率不符',
  LINE_TAX_SUM_MISMATCH: '商品稅額加總與營業稅額不符',
  SALES_SUM_MISMATCH: '未稅銷售額與商品合計加總不符',
  SPECIAL_TAX_NOT_ZERO: '特種稅額發票之營業稅額須為0',
  TAX_MISMATCH: '營業稅額與未稅銷售額乘稅率不符',
  ISSUE_TIME_OUT_OF_RANGE: '發票開立時間超過可開立範圍',
  // Invoice rules that need the ledger.
  REFERENCE_DUPLICATE: '自訂編號重複',
  TRACK_EXHAUSTED: '發票字軌已用完或未設定',
  INVOICE_NUMBER_USED: '發票號碼重複',
  INVOICE_NUMBER_BLANK: '發票號碼已列為空白',
  INVOICE_NUMBER_OUTSIDE_TRACKS: '發票號碼不在字軌內',
  ISSUE_TIME_FIXED: '發票開立時間不可異動',
  ISSUE_OVERDUE: '發票已逾法定上傳期限',
  INVOICE_HANDED_OVER: '發票已啟動上傳，無法更新',
  ISSUE_TIME_IN_FUTURE: '發票開立時間晚於系統時間',
  ISSUE_TIME_BEFORE_PRECEDING: '發票開立時間早於前一張發票',
  CLOCK_BEHIND_SEGMENT: '系統時間早於前一張發票，無法開立',
  INVOICE_NOT_FOUND: '查無發票',
  INVOICE_VOIDED: '發票已作廢',
  INVOICE_HAS_ALLOWANCES: '發票已有折讓，須先作廢折讓單',
  VOID_DEADLINE_PASSED: '已逾作廢期限',
  VOID_TIME_INVALID: '作廢時間早於開立時間或晚於系統時間',
  REISSUE_UNCONFIRMED: '註銷重開之發票尚未經財政部確認',
  // Delayed invoices.
  PENDING_KEY_USED: '延遲開立之交易單號重複',
  PENDING_NOT_FOUND: '查無延遲開立之交易單號',
  PENDING_ISSUED: '延遲發票已開立',
  PENDING_TRIGGERED: '延遲發票已觸發',
  PENDING_CANCEL_DEADLINE_PASSED: '已逾延遲發票取消期限',
  // Trading partners and exchange.
  PARTNER_UNKNOWN: '查無交易對象',
  PARTNER_EXISTS: '交易對象已存在',
  INVOICE_EXCHANGED: '交換之發票不適用此作業',
  INVOICE_UNCONFIRMED: '發票尚未經買方確認',
  INVOICE_CONFIRMED: '發票已經買方確認',
  INVOICE_RETURNED: '發票已退回',
  NOTHING_TO_CONFIRM: '無待確認之作業',
  CONFIRMATION_BY_SENDER: '發送方不可自行確認',
  TRADE_PARTY_WRONG: '買方或賣方錯誤',
  TRADE_UNKNOWN: '查無交換之單據',
  TRADE_NUMBER_USED: '單據號碼重複',
  // Allowances.
  ALLOWANCE_SUM_MISMATCH: '折讓金額與明細合計不符',
  ALLOWANCE_TAX_MISMATCH: '折讓稅額與明細不符',
  ALLOWANCE_BUYER_MISMATCH: '折讓買方與原發票買方不符',
  ALLOWANCE_NUMBER_USED: '折讓單號重複',
  ALLOWANCE_TAX_CLASS_ABSENT: '折讓明細之課稅別不在原發票內',
  ALLOWANCE_EXCEEDS_REMAINING: '折讓金額超過發票可折讓餘額',
  ALLOWANCE_LINE_UNKNOWN: '查無原發票明細',
  ALLOWANCE_NAME_MISMATCH: '折讓品名與原發票不符',
  ALLOWANCE_ABOVE_LINE: '折讓數量或單價大於原發票',
  ALLOWANCE_MODES_MIXED: '折讓單之原發票交換模式須相同',
  ALLOWANCE_NOT_FOUND: '查無折讓單',
  ALLOWANCE_VOIDED: '折讓單已作廢',
  ALLOWANCE_AWAITS_CONSENT: '折讓單尚未經買方同意',
  ALLOWANCE_CONSENTED: '買方已同意線上折讓單',
  ALLOWANCE_LAPSED: '線上折讓單已失效',
  ALLOWANCE_VOID_DEADLINE_PASSED: '已逾折讓單作廢期限',
  // Prints.
  PRINT_DONATED: '捐贈發票不可列印',
  PRINT_CARRIER: '載具發票不可列印',
  PRINT_AMOUNT_TOO_LARGE: '發票金額超過證明聯二維條碼可記載之上限',
  PRINT_QR_KEY_MISSING: '營業人未設定二維條碼金鑰，無法列印證明聯',
  PRINT_BUSINESS_ONLY: '無統一編號之發票不可以此格式列印',
  // Number books.
  BOOK_RANGE_INVALID: '配號範圍錯誤',
  BOOK_OVERLAP: '配號範圍重疊',
  SEGMENT_NOT_FOUND: '查無切本',
  SEGMENT_PART_USED: '切本範圍內之號碼已開立',
  SEGMENT_STATUS_FINAL: '切本已停用或用罄，無法變更',
  BRANCH_UNKNOWN: '查無分支機構',
  BRANCH_REPORT_UNDERWAY: '分支機構配號檔尚未經財政部確認',
  PERIOD_OPEN: '期別尚未結束',
  BLANK_RANGE_INVALID: '空白發票範圍錯誤',
  BLANK_RANGE_KNOWN: '相同範圍之空白發票已存在',
  BLANK_OVERLAP: '空白發票範圍重疊',
  BLANK_NUMBER_ISSUED: '範圍內含已開立之發票號碼',
  BLANK_OUTSIDE_TRACKS: '範圍不在字軌內',
  // Notices.
  NOTIFY_WAY_MISMATCH: '通知方式或對象不符',
  NOTICE_NEEDS_EXCHANGE: '存證之單據無確認通知',
  DOWNLOADS_TOO_MANY: '下載過於頻繁',
  AWARD_NOT_FOUND: '查無中獎資料',
  TRACK_YEAR_OUT_OF_RANGE: '字軌年份錯誤',
  TRACK_NOT_FOUND: '查無配號',
  // Machines that issue by themselves.
  MACHINE_NOT_FOUND: '查無機台',
  MACHINE_KNOWN: '機台編號重複',
  MACHINE_HAS_TRACKS: '機台已配置字軌，不可修改或刪除',
  // The center itself.
  COMPANY_NOT_FOUND: '查無營業人名稱',
  REGISTRY_UNAVAILABLE: '登錄資料暫時無法查詢',
  SELLER_UNKNOWN: '查無營業人',
  BUSY: '系統忙碌中，請稍後再試',
} as const;

export type FaultCode = keyof typeof FAULTS;

/** Makes a fault with the table's message. */
export function fault(code: FaultCode, path: string, hint: string): Fault {
  return { code, path, message: FAULTS[code], hint };
}

/** What a rule or a verb answers: the value, or every fault found. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(...faults: readonly Fault[]): { ok: false; faults: readonly Fault[] } {
  return { ok: false, faults };
}
