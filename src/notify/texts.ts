/**
 * The words of mails and text messages, in Traditional Chinese and English: one row an event. Nothing
 * here knows HTML or a channel; `message.ts` makes both forms from it.
 */
import type { NoticeTag } from '../domain/notice.ts';

export interface Words {
  readonly subject: string;
  readonly sentence: string;
}
export type Language = 'zh-Hant' | 'en';

/** The words of one event in both languages. */
export type TextRow = Readonly<Record<Language, Words>>;

/** A row of such a table. */
export function textRow(zhSubject: string, zh: string, enSubject: string, en: string): TextRow {
  return {
    'zh-Hant': { subject: zhSubject, sentence: zh },
    en: { subject: enSubject, sentence: en },
  };
}

/** Tags that people are told of; those of programs have no words. */
export const TEXTS: Readonly<Partial<Record<NoticeTag, TextRow>>> = {
  issued: textRow(
    '電子發票開立通知',
    '您的電子發票已開立。',
    'Your e-invoice',
    'Your e-invoice has been issued.',
  ),
  voided: textRow(
    '電子發票作廢通知',
    '此電子發票已作廢。',
    'E-invoice voided',
    'This e-invoice has been voided.',
  ),
  reissued: textRow(
    '電子發票註銷重開通知',
    '此電子發票已註銷重開，內容已更新，隨機碼亦已變更。',
    'E-invoice reissued',
    'This e-invoice has been reissued with new content and a new random code.',
  ),
  allowed: textRow(
    '電子發票折讓通知',
    '已就此電子發票開立折讓證明單。',
    'E-invoice allowance',
    'An allowance has been made on this e-invoice.',
  ),
  'allowance-voided': textRow(
    '電子發票折讓作廢通知',
    '此電子發票之折讓證明單已作廢。',
    'E-invoice allowance voided',
    'An allowance on this e-invoice has been voided.',
  ),
  consent: textRow(
    '電子發票折讓同意通知',
    '賣方擬就此電子發票開立折讓，請於期限內點選下列連結確認內容並同意。',
    'Please agree to an e-invoice allowance',
    'The seller would like to make an allowance on this e-invoice. Please follow the link, read it and agree in time.',
  ),
  consented: textRow(
    '買方已同意線上折讓',
    '買方已同意此線上折讓。',
    'Buyer agreed to an allowance',
    'The buyer has agreed to this allowance.',
  ),
  won: textRow(
    '電子發票中獎通知',
    '恭喜！您的電子發票中獎。',
    'Your e-invoice has won',
    'Congratulations! Your e-invoice has won a prize.',
  ),
};

/** Names of the facts, as they stand before their values. */
export const LABELS: Readonly<Record<Language, Readonly<Record<FactName, string>>>> = {
  'zh-Hant': {
    seller: '賣方',
    buyer: '買方',
    number: '發票號碼',
    issuedAt: '開立時間',
    total: '發票金額',
    allowance: '折讓單號碼',
    allowed: '折讓金額',
    expiresAt: '同意期限',
    doneAt: '時間',
    reason: '原因',
    remark: '備註',
    confirmedAt: '確認時間',
    link: '連結',
  },
  en: {
    seller: 'Seller',
    buyer: 'Buyer',
    number: 'Invoice number',
    issuedAt: 'Issued at (Taipei)',
    total: 'Amount (TWD)',
    allowance: 'Allowance number',
    allowed: 'Allowance (TWD)',
    expiresAt: 'Agree until (Taipei)',
    doneAt: 'At (Taipei)',
    reason: 'Reason',
    remark: 'Remark',
    confirmedAt: 'Confirmed at (Taipei)',
    link: 'Link',
  },
};
export type FactName =
  | 'seller'
  | 'buyer'
  | 'number'
  | 'issuedAt'
  | 'total'
  | 'allowance'
  | 'allowed'
  | 'expiresAt'
  | 'doneAt'
  | 'reason'
  | 'remark'
  | 'confirmedAt'
  | 'link';

/** Below every mail: why it came. */
export const FOOTER: Readonly<Record<Language, string>> = {
  'zh-Hant': '此信由系統自動發出，請勿直接回覆。發票內容如有疑問，請洽賣方。',
  en: 'This message was sent automatically; please do not reply. Ask the seller about the invoice.',
};
