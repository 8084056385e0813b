/** Which paper an invoice gets or why none, the ends of what a paper holds, and amounts in capitals. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, dollars, line, refusedCodes, SELLER_A } from '../../test/support/demo.ts';
import { type ContentChanges, contentOf } from '../../test/support/document-contents.ts';
import { PAPER_KEY } from '../../test/support/papers.ts';
import { pdfPages } from '../../test/support/scan.ts';
import type { PrintStyle } from '../ledger/document-ports.ts';
import { layout } from './layout/layout.ts';
import { STRIP_PAGE_MM_MAX } from './layout/strip.ts';
import { type Link, linkPath, readLink } from './links.ts';
import { type PaperRequest, paperOf } from './papers.ts';
import { renderPdf } from './pdf.ts';
import { QR_AMOUNT_MAX } from './qr-text.ts';
import { capitals, grouped } from './taiwan-amount.ts';

const STRIP: PrintStyle = { form: 'strip', hasDetails: true, isTwoSided: false };
const COMPANY = { ubn: '53538851', name: '測試股份有限公司' };

function request(total: number, changes: ContentChanges, style: PrintStyle, key = true) {
  const made: PaperRequest = {
    content: contentOf(total, changes),
    seller: SELLER_A,
    key: key ? PAPER_KEY : null,
    style,
    isOriginal: true,
    isVoided: false,
    isTest: true,
  };
  return paperOf(made);
}

test('above what the codes can state there is no certificate, with the reason; A4 there is', async () => {
  const lines = [line(1, '整廠設備', String(QR_AMOUNT_MAX + 1))];
  const changes = { lines, buyer: COMPANY };
  const total = QR_AMOUNT_MAX + 1;
  assert.deepEqual(refusedCodes(request(total, changes, STRIP)), ['PRINT_AMOUNT_TOO_LARGE']);
  const sheet = accepted(request(total, changes, { ...STRIP, form: 'A4' }));
  const [page] = await pdfPages(await renderPdf(sheet), 72);
  assert.match(page?.text ?? '', /4,294,967,296/);
  assert.match(page?.text ?? '', /肆拾貳億玖仟肆佰玖拾陸萬柒仟貳佰玖拾陸元整/);
});

test('without a QR key there is no certificate, and A4 only for a buyer with a tax ID', () => {
  assert.deepEqual(refusedCodes(request(100, {}, STRIP, false)), ['PRINT_QR_KEY_MISSING']);
  const sheet = { ...STRIP, form: 'A5' } as const;
  assert.deepEqual(refusedCodes(request(100, {}, sheet)), ['PRINT_BUSINESS_ONLY']);
  assert.equal(accepted(request(100, { buyer: COMPANY }, sheet, false)).form, 'A5');
});

test('999 items go over strips without a cut between them, and over pages with headings', async () => {
  const lines = Array.from({ length: 999 }, (_, at) => line(at + 1, `商品 ${at + 1}`, '1'));
  const changes = { lines, buyer: COMPANY };
  const strips = layout(accepted(request(999, changes, STRIP)));
  assert(strips.length > 1);
  assert(strips.every(({ height }) => height <= STRIP_PAGE_MM_MAX + 50));
  assert.deepEqual(
    strips.map(({ isCutAfter }) => isCutAfter),
    strips.map((_, at) => at === strips.length - 1),
  );
  const sheet = accepted(request(999, changes, { ...STRIP, form: 'A4' }));
  const pages = await pdfPages(await renderPdf(sheet), 36);
  for (const [at, { text }] of pages.entries()) {
    assert.match(text, new RegExp(`第 ${at + 1} 頁，共 ${pages.length} 頁`));
    if (at < pages.length - 1) assert.match(text, /品名/);
  }
  const numbers = pages.flatMap(({ text }) => [...text.matchAll(/商品 (\d+)/g)]).map(([, n]) => n);
  assert.deepEqual(
    numbers,
    lines.map(({ sequence }) => String(sequence)),
    'none lost, none twice',
  );
  assert.match(pages.at(-1)?.text ?? '', /總計/);
});

test('nothing on a certificate is wider than its paper, whatever the texts', () => {
  const wide = 'W'.repeat(300);
  const changes = { lines: [line(1, wide, '100')], remark: `備註 ${wide}`.slice(0, 200) };
  for (const page of layout(accepted(request(100, changes, STRIP)))) {
    for (const mark of page.marks) {
      assert(mark.x >= 0 && mark.x < page.width, `${mark.kind} at ${mark.x}`);
      const y = mark.kind === 'text' ? mark.baseline : mark.y;
      assert(y >= 0 && y <= page.height);
    }
  }
});

test('amounts in capitals read as they are spoken', () => {
  for (const [amount, text] of [
    [0, '零元整'],
    [5, '伍元整'],
    [10, '壹拾元整'],
    [105, '壹佰零伍元整'],
    [1_050, '壹仟零伍拾元整'],
    [10_000, '壹萬元整'],
    [100_005, '壹拾萬零伍元整'],
    [10_010_010, '壹仟零壹萬零壹拾元整'],
    [100_000_000, '壹億元整'],
    [100_000_001, '壹億零壹元整'],
    [999_999_999_999, '玖仟玖佰玖拾玖億玖仟玖佰玖拾玖萬玖仟玖佰玖拾玖元整'],
  ] as const) {
    assert.equal(capitals(dollars(amount)), text);
  }
  assert.equal(grouped('-1234567.25'), '-1,234,567.25');
  assert.equal(grouped(999), '999');
});

test('a link says what was put in, and no link is made from another by changing it', () => {
  const key = new Uint8Array(32).fill(7);
  const { seller, period, number } = contentOf(100);
  const invoice = { seller, period, number };
  const links: readonly Link[] = [
    { kind: 'buyer', invoice },
    {
      kind: 'print',
      invoice,
      version: 2,
      style: { form: 'A5', hasDetails: false, isTwoSided: true },
      isOriginal: true,
      endsAtMs: 1_795_000_000_000,
    },
  ];
  for (const link of links) {
    const path = linkPath(link, key);
    assert.deepEqual(readLink(path, key), link);
    assert.equal(readLink(path, new Uint8Array(32)), null, 'another house’s');
    for (let at = '/i/'.length; at < path.length; at += 1) {
      const other = path[at] === 'A' ? 'B' : 'A';
      const changed = path.slice(0, at) + other + path.slice(at + 1);
      assert.equal(readLink(changed, key), null, changed);
    }
  }
});
