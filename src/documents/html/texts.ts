/** The words around a paper, in both languages. The paper itself is Chinese, as the law has it. */

export type Language = 'zh-Hant' | 'en';

export interface PageTexts {
  readonly print: string;
  readonly invoice: string;
  readonly certificate: string;
  readonly status: string;
  readonly goods: string;
  readonly number: string;
  readonly issuedAt: string;
  readonly state: string;
  readonly issued: string;
  readonly voided: string;
  readonly upload: string;
  readonly uploaded: string;
  readonly notUploaded: string;
  readonly total: string;
  readonly allowed: string;
  readonly donation: string;
  readonly buyer: string;
  readonly seller: string;
  readonly name: string;
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
  readonly test: string;
  readonly donatedNote: string;
  readonly otherLanguage: string;
  readonly expired: string;
  readonly expiredText: string;
  readonly unknown: string;
  readonly unknownText: string;
}

const CHINESE: PageTexts = {
  print: '列印',
  invoice: '電子發票',
  certificate: '電子發票證明聯',
  status: '發票狀態',
  goods: '交易明細',
  number: '發票號碼',
  issuedAt: '開立時間',
  state: '狀態',
  issued: '已開立',
  voided: '已作廢',
  upload: '上傳財政部',
  uploaded: '已上傳',
  notUploaded: '尚未上傳',
  total: '總計',
  allowed: '已折讓',
  donation: '捐贈碼',
  buyer: '買方統一編號',
  seller: '賣方統一編號',
  name: '品名',
  quantity: '數量',
  price: '單價',
  amount: '金額',
  test: '此為測試環境，非正式發票',
  donatedNote: '本發票已捐贈，號碼部分遮蔽，不得列印兌獎。',
  otherLanguage: 'English',
  expired: '連結已失效',
  expiredText: '列印連結的有效時間為一小時，請重新取得。',
  unknown: '查無資料',
  unknownText: '此連結不存在，請確認網址是否完整。',
};

const ENGLISH: PageTexts = {
  print: 'Print',
  invoice: 'E-invoice',
  certificate: 'Certificate',
  status: 'Status',
  goods: 'Goods',
  number: 'Invoice number',
  issuedAt: 'Issued at',
  state: 'State',
  issued: 'Issued',
  voided: 'Voided',
  upload: 'Ministry of Finance',
  uploaded: 'Uploaded',
  notUploaded: 'Not uploaded yet',
  total: 'Total',
  allowed: 'Given back',
  donation: 'Donated to',
  buyer: 'Buyer’s tax ID',
  seller: 'Seller’s tax ID',
  name: 'Name',
  quantity: 'Quantity',
  price: 'Price',
  amount: 'Amount',
  test: 'Test environment: not a real invoice',
  donatedNote:
    'This invoice was donated. Its number is masked, and no prize can be claimed with it.',
  otherLanguage: '中文',
  expired: 'This link has expired',
  expiredText: 'A print link is valid for one hour. Ask for a new one.',
  unknown: 'Nothing found',
  unknownText: 'There is no such page. Check that the address is complete.',
};

export const TEXTS: Readonly<Record<Language, PageTexts>> = { 'zh-Hant': CHINESE, en: ENGLISH };

/** The language of a request: what it asks for, else what its browser reads first, else Chinese. */
export function languageOf(asked: string | undefined, accepted: string | undefined): Language {
  if (asked === 'en' || asked === 'zh-Hant') return asked;
  const first = (accepted ?? '').split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'zh-Hant';
}
