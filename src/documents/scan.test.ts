/**
 * Every kind of paper as a scanner sees it, from PDF and from a thermal printer's dots, at 203 and 300
 * dpi: the codes say to the letter what they should, and sizes are as the Ministry wants them.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEscPos } from '../../test/support/escpos-paper.ts';
import { KINDS_OF_PAPER, type KindOfPaper, PAPER_KEY } from '../../test/support/papers.ts';
import { pdfPages, pictureOf, scan, scanCertificate } from '../../test/support/scan.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import { barcodeText } from './code39.ts';
import { BARCODE_NARROW_MM } from './layout/strip.ts';
import { renderPdf } from './pdf.ts';
import { certificateQr } from './qr-text.ts';
import { escPos, type PrinterShape } from './thermal/escpos.ts';

/** The word alone; the demo seller's name holds it too. */
const STAMP = /^(?:測試|【測試】.*)\r?$/m;
const MM_PER_INCH = 25.4;
const BYTES_OF_ONE_ITEM_MAX = 60 * 1024;

function expected(content: InvoiceContent) {
  const { left, right } = certificateQr(content, PAPER_KEY);
  return { barcode: barcodeText(content), left, right };
}

function withCodes(): readonly (KindOfPaper & { content: InvoiceContent })[] {
  return KINDS_OF_PAPER.flatMap((kind) =>
    kind.content === null ? [] : [{ ...kind, content: kind.content }],
  );
}

for (const dpi of [203, 300] as const) {
  describe(`PDF at ${dpi} dpi`, () => {
    for (const { name, paper, content } of withCodes()) {
      test(`${name}: the codes read to the letter and have their sizes`, async () => {
        const [page] = await pdfPages(await renderPdf(paper), dpi);
        assert(page !== undefined);
        const { qr, bar, ...texts } = await scanCertificate(page.picture);
        assert.deepEqual(texts, expected(content));
        const mm = (dots: number | undefined) => ((dots ?? 0) * MM_PER_INCH) / dpi;
        for (const code of qr) assert(mm(code.width) >= 15, `QR of ${mm(code.width)} mm`);
        assert(Math.abs(mm(qr[0]?.y) - mm(qr[1]?.y)) < 0.3, 'upper edges level');
        assert(Math.abs(mm(qr[0]?.width) - mm(qr[1]?.width)) < 0.3, 'one size');
        // Ten narrow bars of quiet zone on each side belong to it.
        assert(
          mm(bar?.width) + 2 * 10 * BARCODE_NARROW_MM <= 50,
          `bar code of ${mm(bar?.width)} mm`,
        );
      });
    }
  });
  for (const roll of [58, 80] as const) {
    describe(`thermal, ${roll} mm roll at ${dpi} dpi`, () => {
      const shape: PrinterShape = { roll, dpi, hasCutter: true };
      for (const { name, paper, content } of withCodes()) {
        test(`${name}: the codes read to the letter`, async () => {
          const job = readEscPos(escPos(paper, shape));
          assert.equal(job.unfinished, 0);
          assert.equal(job.statusAsked, 1);
          const [first] = job.strips;
          assert(first !== undefined);
          assert.equal(first.width, (roll === 58 ? 48 : 72) * (dpi === 203 ? 8 : 12));
          const { qr, bar, ...texts } = await scanCertificate(pictureOf(first));
          assert.deepEqual(texts, expected(content));
          assert(qr.length === 2 && bar !== undefined);
        });
      }
    });
  }
}

test('the certificate’s page is 57.0 x 90.0 mm, and a consumer’s details are a slip of their own', async () => {
  for (const { name, paper, content } of withCodes()) {
    const pages = await pdfPages(await renderPdf(paper), 72);
    const isCompany = content.buyer.ubn !== null;
    assert(Math.abs((pages[0]?.widthMm ?? 0) - 57) < 0.01, name);
    const height = pages[0]?.heightMm ?? 0;
    if (isCompany) assert(height > 95, 'a company’s details hang on its certificate');
    else assert(Math.abs(height - 90) < 0.01, `${name}: ${height} mm`);
    for (const page of pages) assert(Math.abs(page.widthMm - 57) < 0.01);
  }
});

test('sheets are A4 and A5, without codes', async () => {
  for (const { name, paper } of KINDS_OF_PAPER.filter((kind) => kind.paper.form !== 'strip')) {
    const pages = await pdfPages(await renderPdf(paper), 100);
    const [width, height] = paper.form === 'A4' ? [210, 297] : [148, 210];
    for (const page of pages) {
      assert(Math.abs(page.widthMm - width) < 0.01 && Math.abs(page.heightMm - height) < 0.01);
      assert.match(page.text, STAMP, `${name} says that it is a test on every page`);
    }
    assert.deepEqual(await scan(pages[0]?.picture ?? assert.fail()), []);
  }
});

test('a donated invoice has no code and no whole number', async () => {
  const donated = KINDS_OF_PAPER.find(({ name }) => name === 'donated') ?? assert.fail();
  const [page] = await pdfPages(await renderPdf(donated.paper), 203);
  assert.deepEqual(await scan(page?.picture ?? assert.fail()), []);
  assert.match(page?.text ?? '', /AB-11223\*\*\*/);
  assert.doesNotMatch(page?.text ?? '', /11223344|9999/);
});

test('the text in a PDF is text, and a character that the font lacks is a mark, not a gap', async () => {
  const of = async (name: string) => {
    const kind = KINDS_OF_PAPER.find((each) => each.name === name) ?? assert.fail();
    const pages = await pdfPages(await renderPdf(kind.paper), 72);
    return pages.map(({ text }) => text).join('\n');
  };
  const company = await of('company');
  for (const words of ['電子發票證明聯', '115年11-12月', 'AB-11223344', '格式25', '買方53538851']) {
    assert(company.includes(words), `${words} in ${company}`);
  }
  assert.match(await of('reprint'), /補印/);
  assert.match(await of('voided'), /作廢/);
  assert.doesNotMatch(await of('live'), STAMP);
  assert.match(await of('company'), STAMP);
  assert.match(await of('rare-characters'), /〓野家牛丼〓 店名/);
});

test('a certificate of one item takes at most 60 KB, and the same paper makes the same bytes', async () => {
  const kind = KINDS_OF_PAPER.find(({ name }) => name === 'largest') ?? assert.fail();
  const [first, second] = [await renderPdf(kind.paper), await renderPdf(kind.paper)];
  assert(first.length <= BYTES_OF_ONE_ITEM_MAX, `${first.length} bytes`);
  assert.deepEqual(first, second);
});
