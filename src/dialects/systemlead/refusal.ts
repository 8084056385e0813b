/**
 * What an item is refused with: the text that clients show, and Kaili's code beside it (SystemLead e首發票
 * API, section Failure texts; marks there say which are the vendor's). The one list of both.
 */

export interface Refusal {
  readonly code: RefusalCode;
  readonly text: string;
}

/** Code -> its fixed texts; of E-INV-001 the member stands before the text. */
export const REFUSALS = {
  'E-INV-900': ['簽章驗證錯誤'],
  'E-INV-901': ['時間戳記逾期'],
  'E-INV-902': ['時間戳記重複使用'],
  'E-INV-903': ['賣方統編與授權公司不符'],
  'E-INV-001': ['必填', '格式錯誤'],
  'E-INV-010': ['買受人統編錯誤'],
  'E-INV-020': ['發票號碼重複', 'BillingNo 重複', '訂單編號重複', '折讓單號前置碼重複'],
  'E-INV-021': ['課稅別不一致', 'B類發票不可混稅', '稅額錯誤', '金額合計錯誤', 'C類發票稅額須為0'],
  'E-INV-022': ['載具格式錯誤'],
  'E-INV-023': ['發票號碼不在授權字軌內', '發票字軌不足', '發票號碼已列為空白作廢'],
  'E-INV-024': ['發票已啟動上傳，無法更新', '發票開立時間不可異動'],
  'E-INV-025': ['發票日期不可晚於系統日期', '發票已逾上傳期限'],
  'E-INV-030': ['查無發票'],
  'E-INV-031': [
    '發票已跨期，不可作廢，請改用折讓',
    '發票已有折讓，請先作廢折讓單',
    '發票已開立，請使用作廢發票',
    '發票註銷重開中，請稍後再試',
  ],
  'E-INV-032': ['發票已作廢', '空白發票已作廢'],
  'E-INV-040': ['查無原發票'],
  'E-INV-041': ['折讓金額超過原發票'],
  'E-INV-042': ['發票不可折讓', '折讓稅額錯誤', '折讓金額合計錯誤', 'AllowanceType 須為 2'],
  'E-INV-050': ['查無折讓單', '折讓單已作廢'],
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** A refusal with one of the code's texts. */
export function refusal<Code extends Exclude<RefusalCode, 'E-INV-001'>>(
  code: Code,
  text: (typeof REFUSALS)[Code][number],
): Refusal {
  return { code, text };
}

/** A member that is absent. */
export function missing(member: string): Refusal {
  return { code: 'E-INV-001', text: `${member} 必填` };
}

/** A member of wrong form. */
export function malformed(member: string): Refusal {
  return { code: 'E-INV-001', text: `${member} 格式錯誤` };
}
