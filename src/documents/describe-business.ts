/**
 * The business invoice on A4 or A5 (B2B certificate), and a donated invoice's paper, which shows no
 * number to claim with. Both are plain sheets: a head, lines, sums.
 */
import type { InvoiceContent, InvoiceLine } from '../domain/invoice.ts';
import { periodText } from '../domain/period.ts';
import type { Seller } from '../domain/seller.ts';
import { dashed, stamps, stampWords } from './describe-certificate.ts';
import { type Block, type Column, type Field, type Paper, text } from './paper.ts';
import { capitals, grouped } from './taiwan-amount.ts';

export interface SheetOptions {
  readonly isOriginal: boolean;
  readonly isVoided: boolean;
  readonly isTest: boolean;
}

const COLUMNS: readonly Column[] = [
  { label: '序號', align: 'right', share: 7 },
  { label: '品名', align: 'left', share: 37 },
  { label: '數量', align: 'right', share: 12 },
  { label: '單價', align: 'right', share: 15 },
  { label: '金額', align: 'right', share: 15 },
  { label: '備註', align: 'left', share: 14 },
];
const CLASS_MARKS: Readonly<Record<InvoiceLine['taxClass'], string>> = {
  '1': '',
  '2': '零稅率',
  '3': '免稅',
  '4': '特種',
};

/** Prices and amounts as filed, without tax for a business, so that the lines add up to the sales. */
export function describeBusinessInvoice(
  content: InvoiceContent,
  seller: Seller,
  form: 'A4' | 'A5',
  options: SheetOptions,
): Paper {
  const blocks: readonly Block[] = [
    text('name', seller.name),
    text('title', options.isOriginal ? '電子發票證明聯' : '電子發票證明聯補印'),
    ...stamps(options),
    text('line', content.issuedAt.slice(0, 10), 'center'),
    { kind: 'fields', rows: headFields(content) },
    { kind: 'items', columns: COLUMNS, rows: content.lines.map(lineCells) },
    { kind: 'totals', rows: totals(content) },
    text('line', `總計新臺幣（中文大寫）：${capitals(content.amounts.total)}`),
    ...(content.remark === '' ? [] : [text('line', `備註：${content.remark}`)]),
    {
      kind: 'box',
      title: '營業人蓋統一發票專用章',
      lines: [
        `賣方：${seller.name}`,
        `統一編號：${seller.ubn}`,
        ...(seller.phone === '' ? [] : [`電話：${seller.phone}`]),
        ...(seller.address === '' ? [] : [`地址：${seller.address}`]),
      ],
    },
  ];
  const title = `電子發票證明聯 ${content.number}`;
  const parts = [{ name: 'sheet', isJoined: false, blocks }] as const;
  return { form, title, stamps: stampWords(options), parts };
}

function headFields(content: InvoiceContent): readonly Field[] {
  const { buyer } = content;
  return [
    { label: '發票號碼', value: dashed(content.number) },
    { label: '期別', value: periodText(content.period) },
    { label: '買方', value: buyer.name },
    { label: '統一編號', value: buyer.ubn ?? '' },
    { label: '地址', value: buyer.address },
    ...(content.invoiceType === '07' ? [{ label: '格式', value: '25' }] : []),
  ];
}

function lineCells(line: InvoiceLine): readonly string[] {
  const mark = CLASS_MARKS[line.taxClass];
  return [
    String(line.sequence),
    line.description,
    `${grouped(line.quantity)}${line.unit}`,
    grouped(line.filedUnitPrice),
    grouped(line.filedAmount),
    [mark, line.remark].filter((word) => word !== '').join(' '),
  ];
}

function totals({ amounts, taxType }: InvoiceContent) {
  const row = (label: string, value: number, isStrong = false) => ({
    label,
    value: grouped(value),
    isStrong,
  });
  const sales = amounts.sales + amounts.exempt + amounts.zeroRated;
  return [
    row('銷售額合計', sales),
    ...(taxType === '9' && amounts.exempt > 0 ? [row('其中免稅', amounts.exempt)] : []),
    ...(taxType === '9' && amounts.zeroRated > 0 ? [row('其中零稅率', amounts.zeroRated)] : []),
    row(`營業稅（${taxWords(taxType)}）`, amounts.tax),
    row('總計', amounts.total, true),
  ];
}

function taxWords(taxType: InvoiceContent['taxType']): string {
  switch (taxType) {
    case '1':
    case '9':
      return '應稅';
    case '2':
      return '零稅率';
    case '3':
      return '免稅';
    case '4':
      return '特種';
  }
}

/** Digits of a donated invoice's number that are hidden: nobody may claim with it. */
const MASKED_DIGITS = 3;

/** `AB-11223***`. */
export function maskedNumber(number: string): string {
  return dashed(number.slice(0, -MASKED_DIGITS) + '*'.repeat(MASKED_DIGITS));
}

/** A donated invoice as it may be shown: no code, no random code, a masked number. */
export function describeDonated(
  content: InvoiceContent,
  seller: Seller,
  options: Pick<SheetOptions, 'isTest' | 'isVoided'>,
): Paper {
  const blocks: readonly Block[] = [
    text('name', seller.name),
    ...stamps(options),
    text('title', '捐贈發票'),
    text('period', periodText(content.period)),
    text('number', maskedNumber(content.number)),
    text('line', content.issuedAt),
    { kind: 'pair', left: `賣方${content.seller}`, right: `總計${content.amounts.total}` },
    text('line', `捐贈碼${content.donationCode}`),
    text('small', '本發票已捐贈，不得列印兌獎。'),
  ];
  const parts = [{ name: 'certificate', isJoined: false, blocks }] as const;
  return { form: 'strip', title: '捐贈發票', stamps: stampWords(options), parts };
}
