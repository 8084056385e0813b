/**
 * The allowance slip 折讓證明單 (營業人銷貨退回、進貨退出或折讓證明單) on A4 or A5: who gave back what of which
 * invoice, net and tax apart, for both parties to keep (VAT enforcement rules, allowance certificate).
 */
import type { AllowanceContent, AllowanceLine } from '../domain/allowance.ts';
import type { Seller } from '../domain/seller.ts';
import { dashed, stamps, stampWords } from './describe-certificate.ts';
import { type Block, type Column, type Paper, text } from './paper.ts';
import { grouped } from './taiwan-amount.ts';

export interface AllowanceSlipOptions {
  readonly isVoided: boolean;
  readonly isTest: boolean;
}

const COLUMNS: readonly Column[] = [
  { label: '原發票日期', align: 'left', share: 14 },
  { label: '發票號碼', align: 'left', share: 15 },
  { label: '品名', align: 'left', share: 23 },
  { label: '數量', align: 'right', share: 9 },
  { label: '單價', align: 'right', share: 12 },
  { label: '金額（不含稅）', align: 'right', share: 11 },
  { label: '營業稅額', align: 'right', share: 9 },
  { label: '課稅別', align: 'left', share: 7 },
];
const CLASS_NAMES: Readonly<Record<AllowanceLine['taxClass'], string>> = {
  '1': '應稅',
  '2': '零稅率',
  '3': '免稅',
  '4': '特種',
};

export function describeAllowanceSlip(
  content: AllowanceContent,
  seller: Seller,
  form: 'A4' | 'A5',
  options: AllowanceSlipOptions,
): Paper {
  const { invoice, amounts } = content;
  const row = (label: string, value: number, isStrong = false) => ({
    label,
    value: grouped(value),
    isStrong,
  });
  const blocks: readonly Block[] = [
    text('name', seller.name),
    text('title', '電子發票銷貨退回、進貨退出或折讓證明單'),
    ...stamps(options),
    {
      kind: 'fields',
      rows: [
        { label: '折讓單號碼', value: content.number },
        { label: '折讓日期', value: content.allowedAt.slice(0, 10) },
        { label: '買方', value: invoice.buyerName },
        { label: '買方統一編號', value: invoice.buyerUbn ?? '' },
        ...(content.reason === '' ? [] : [{ label: '原因', value: content.reason }]),
      ],
    },
    {
      kind: 'items',
      columns: COLUMNS,
      rows: content.lines.map((line) => [
        invoice.issuedAt.slice(0, 10),
        dashed(invoice.number),
        line.description,
        `${grouped(line.quantity)}${line.unit}`,
        grouped(line.filedUnitPrice),
        grouped(line.net),
        grouped(line.tax),
        CLASS_NAMES[line.taxClass],
      ]),
    },
    {
      kind: 'totals',
      rows: [
        row('金額合計（不含稅）', amounts.net),
        row('營業稅額合計', amounts.tax),
        row('折讓總額', amounts.total, true),
      ],
    },
    {
      kind: 'box',
      title: '原開立銷貨發票單位',
      lines: [
        `營業人：${seller.name}`,
        `統一編號：${seller.ubn}`,
        ...(seller.address === '' ? [] : [`地址：${seller.address}`]),
      ],
    },
    { kind: 'box', title: '進貨營業人（或原買受人）蓋統一發票專用章或簽章', lines: ['', ''] },
  ];
  const parts = [{ name: 'sheet', isJoined: false, blocks }] as const;
  const title = `折讓證明單 ${content.number}`;
  return { form, title, stamps: stampWords(options), parts };
}
