/**
 * The certificate 電子發票證明聯 as a description: the Ministry's lines from top to bottom, the two codes,
 * and the transaction details 交易明細 (figures 1-1 and 1-2 of the e-invoice operating rules 電子發票實施
 * 作業要點). Whether it may be printed is judged elsewhere.
 */
import type { InvoiceContent, InvoiceLine } from '../domain/invoice.ts';
import { periodText } from '../domain/period.ts';
import type { Seller } from '../domain/seller.ts';
import { barcodeText } from './code39.ts';
import { type Block, type Paper, type Part, text } from './paper.ts';
import type { QrKey } from './qr-key.ts';
import { certificateQr } from './qr-text.ts';

export interface CertificateOptions {
  readonly key: QrKey;
  /** The first print; every later one says 補印. */
  readonly isOriginal: boolean;
  readonly hasDetails: boolean;
  /** A page for the back, with the receipt of a prize. */
  readonly hasBack: boolean;
  readonly isVoided: boolean;
  /** 測試 on everything that the sandbox makes. */
  readonly isTest: boolean;
}

/** How a line's tax class is marked beside its amount, as cash registers do. */
const TAX_MARKS: Readonly<Record<InvoiceLine['taxClass'], string>> = {
  '1': 'TX',
  '2': 'TZ',
  '3': '',
  '4': 'TS',
};
const TAX_NAMES: Readonly<Record<InvoiceContent['taxType'], string>> = {
  '1': '應稅',
  '2': '零稅率',
  '3': '免稅',
  '4': '特種稅額',
  '9': '混合稅率',
};

export function describeCertificate(
  content: InvoiceContent,
  seller: Seller,
  options: CertificateOptions,
): Paper {
  const isCompany = content.buyer.ubn !== null;
  const parts: Part[] = [
    { name: 'certificate', isJoined: false, blocks: certificateBlocks(content, seller, options) },
  ];
  // A company buyer's details are part of the proof: always there, never cut off.
  if (isCompany || options.hasDetails) {
    parts.push({ name: 'details', isJoined: isCompany, blocks: detailBlocks(content, options) });
  }
  if (options.hasBack) parts.push({ name: 'back', isJoined: false, blocks: BACK });
  const title = `電子發票證明聯 ${content.number}`;
  return { form: 'strip', title, stamps: stampWords(options), parts };
}

function certificateBlocks(
  content: InvoiceContent,
  seller: Seller,
  options: CertificateOptions,
): readonly Block[] {
  const { buyer, amounts } = content;
  const { left, right, version } = certificateQr(content, options.key);
  // A seller under special tax does not print the buyer's return format.
  const hasFormat = buyer.ubn !== null && content.invoiceType === '07';
  return [
    text('name', seller.name),
    ...stamps(options),
    text('title', options.isOriginal ? '電子發票證明聯' : '電子發票證明聯補印'),
    text('period', periodText(content.period)),
    text('number', dashed(content.number)),
    hasFormat
      ? { kind: 'pair', left: content.issuedAt, right: '格式25' }
      : text('line', content.issuedAt),
    { kind: 'pair', left: `隨機碼${content.randomNumber}`, right: `總計${amounts.total}` },
    buyer.ubn === null
      ? text('line', `賣方${content.seller}`)
      : { kind: 'pair', left: `賣方${content.seller}`, right: `買方${buyer.ubn}` },
    { kind: 'barcode', text: barcodeText(content) },
    { kind: 'qr', left, right, version },
  ];
}

/** `AB-11223344`. */
export function dashed(number: string): string {
  return `${number.slice(0, 2)}-${number.slice(2)}`;
}

export interface Standing {
  readonly isTest: boolean;
  readonly isVoided: boolean;
}

/** What must be seen at once on every page. */
export function stampWords({ isTest, isVoided }: Standing): readonly string[] {
  return [...(isTest ? ['測試'] : []), ...(isVoided ? ['作廢'] : [])];
}

/** The same as a block; nothing where there is nothing to say. */
export function stamps(standing: Standing): readonly Block[] {
  const words = stampWords(standing);
  return words.length === 0 ? [] : [{ kind: 'stamps', words }];
}

function detailBlocks(content: InvoiceContent, options: CertificateOptions): readonly Block[] {
  const remarks = content.remark === '' ? [] : [text('line', `備註：${content.remark}`)];
  return [
    text('title', '交易明細'),
    ...stamps(options),
    { kind: 'pair', left: content.issuedAt, right: dashed(content.number) },
    { kind: 'rule' },
    {
      kind: 'items',
      columns: [
        { label: '品名', align: 'left', share: 50 },
        { label: '數量×單價', align: 'left', share: 25 },
        { label: '金額', align: 'right', share: 25 },
      ],
      rows: content.lines.map(detailRow),
    },
    { kind: 'rule' },
    { kind: 'totals', rows: detailTotals(content) },
    ...remarks,
  ];
}

function detailRow(line: InvoiceLine): readonly string[] {
  const name = line.remark === '' ? line.description : `${line.description}（${line.remark}）`;
  const mark = TAX_MARKS[line.taxClass];
  return [
    name,
    `${line.quantity}${line.unit} × ${line.unitPrice}`,
    mark === '' ? line.amount : `${line.amount} ${mark}`,
  ];
}

/** A consumer sees total and tax type; a company also the sales by class, and the tax. */
function detailTotals({ amounts, buyer, taxType, lines }: InvoiceContent) {
  const row = (label: string, value: string, isStrong = false) => ({ label, value, isStrong });
  const total = row('總計', String(amounts.total), true);
  const head = row('項數', String(lines.length));
  if (buyer.ubn === null) return [head, row('課稅別', TAX_NAMES[taxType]), total];
  const sales = amounts.sales > 0 || (amounts.exempt === 0 && amounts.zeroRated === 0);
  return [
    head,
    ...(sales
      ? [row(taxType === '4' ? '特種稅額銷售額' : '應稅銷售額', String(amounts.sales))]
      : []),
    ...(amounts.exempt > 0 ? [row('免稅銷售額', String(amounts.exempt))] : []),
    ...(amounts.zeroRated > 0 ? [row('零稅率銷售額', String(amounts.zeroRated))] : []),
    row('稅額', String(amounts.tax)),
    total,
  ];
}

/**
 * The back: the receipt that a winner fills in, and where to ask (back of the certificate, e-invoice
 * operating rules; hotline and address of the Ministry's platform).
 */
const BACK: readonly Block[] = [
  text('title', '領獎收據'),
  text('small', '茲領到統一發票中獎獎金，此據。'),
  {
    kind: 'fields',
    rows: ['金額', '中獎人簽章', '身分證字號', '戶籍地址', '電話', '日期'].map((label) => ({
      label,
      value: '',
    })),
  },
  { kind: 'rule' },
  text('small', '中獎號碼及領獎規定請查詢財政部稅務入口網或財政部電子發票整合服務平台。'),
  text('small', '財政部電子發票客服專線 4128282'),
];
