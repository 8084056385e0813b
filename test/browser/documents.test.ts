/**
 * Papers as pages in Chromium: the codes decoded from what the screen shows at 203 and 300 dpi and from what
 * the browser prints, exact page sizes, and accessibility of every page in both languages.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { barcodeText } from '../../src/documents/code39.ts';
import { describeDonated } from '../../src/documents/describe-business.ts';
import {
  buyerPage,
  type HtmlPage,
  missingPage,
  printPage,
} from '../../src/documents/html/pages.ts';
import type { Language } from '../../src/documents/html/texts.ts';
import { certificateQr } from '../../src/documents/qr-text.ts';
import { openBrowser, type PageServer, servePages, violations } from '../support/browser.ts';
import { SELLER_A } from '../support/demo.ts';
import { ENGINES } from '../support/engines.ts';
import { KINDS_OF_PAPER, PAPER_KEY } from '../support/papers.ts';
import { openPrintHouse } from '../support/print-house.ts';
import { type Picture, pdfPages, scanCertificate } from '../support/scan.ts';

const CSS_DPI = 96;
const LANGUAGES: readonly Language[] = ['zh-Hant', 'en'];

let browser: Browser;
let server: PageServer;
before(async () => {
  browser = await openBrowser();
  server = await servePages();
});
after(async () => {
  await browser.close();
  await server.close();
});

async function withPage(
  page: HtmlPage,
  scale: number,
  work: (shown: Page) => Promise<void>,
  width = 1024,
): Promise<void> {
  const context = await browser.newContext({
    deviceScaleFactor: scale,
    viewport: { width, height: 800 },
    // The test's own script must run; the page's policy is checked apart.
    bypassCSP: true,
  });
  try {
    const shown = await context.newPage();
    const answer = await shown.goto(server.show(page));
    assert.equal(answer?.status(), page.status);
    await work(shown);
  } finally {
    await context.close();
  }
}

const certificates = KINDS_OF_PAPER.flatMap(({ name, paper, content }) =>
  content === null ? [] : [{ name, paper, content }],
);

for (const dpi of [203, 300]) {
  for (const { name, paper, content } of certificates) {
    test(`${name}: the page's codes read to the letter at ${dpi} dpi`, () =>
      withPage(printPage(paper, 'zh-Hant'), dpi / CSS_DPI, async (shown) => {
        const picture = greyOf(await shown.locator('.certificate').screenshot());
        const { barcode, left, right } = await scanCertificate(picture);
        const codes = certificateQr(content, PAPER_KEY);
        assert.deepEqual(
          { barcode, left, right },
          { barcode: barcodeText(content), left: codes.left, right: codes.right },
        );
      }));
  }
}

for (const { name, paper } of KINDS_OF_PAPER) {
  test(`${name}: printed by the browser it has the paper's size and no button`, () =>
    withPage(printPage(paper, 'en'), 1, async (shown) => {
      const bytes = await shown.pdf({ preferCSSPageSize: true, printBackground: true });
      const pages = await pdfPages(bytes, 203);
      const sizes = { strip: [57, 90], A4: [210, 297], A5: [148, 210] } as const;
      const [width, height] = sizes[paper.form];
      for (const page of pages) {
        assert(Math.abs(page.widthMm - width) < 0.5, `${page.widthMm} mm wide`);
        assert(!page.text.includes('Print'));
      }
      const isLong = paper.form === 'strip' && paper.parts.some(({ isJoined }) => isJoined);
      const first = pages[0]?.heightMm ?? 0;
      assert(isLong ? first > 90 : Math.abs(first - height) < 0.5, `${first} mm high`);
      const slips = paper.parts.filter(({ isJoined }) => !isJoined).length;
      if (paper.form === 'strip') assert.equal(pages.length, slips, 'a page for each slip');
    }));
}

test('every print page passes the accessibility check in both languages', async () => {
  for (const { name, paper } of KINDS_OF_PAPER) {
    for (const language of LANGUAGES) {
      await withPage(printPage(paper, language), 1, async (shown) => {
        assert.deepEqual(await violations(shown), [], `${name} in ${language}`);
      });
    }
  }
});

test('buyer’s and missing pages pass it too, fit a telephone, and speak the asked language', async () => {
  const house = await openPrintHouse(await ENGINES.sqlite());
  try {
    const { seller, number } = await house.issue(340);
    const record = await house.ledger.reads.findInvoice({ by: 'number', seller, number });
    assert(record !== null);
    const certificate = certificates[0]?.paper ?? assert.fail();
    const donated = describeDonated(record.content, SELLER_A, { isTest: true, isVoided: false });
    for (const language of LANGUAGES) {
      const pages = [
        ...[certificate, donated, null].map((paper) =>
          buyerPage({ record, seller: SELLER_A, paper, isTest: true }, language),
        ),
        missingPage('unknown', language),
        missingPage('expired', language),
      ];
      for (const page of pages) {
        for (const width of [360, 1024]) {
          await withPage(
            page,
            1,
            async (shown) => {
              assert.deepEqual(await violations(shown), [], `${language} at ${width}`);
              const overflow = await shown.evaluate(
                'document.documentElement.scrollWidth - document.documentElement.clientWidth',
              );
              assert.equal(overflow, 0, 'nothing lies beyond the side');
            },
            width,
          );
        }
      }
      const text = pages[0]?.body ?? '';
      assert.match(text, language === 'en' ? /Invoice number/ : /發票號碼/);
      assert.match(text, /電子發票證明聯/, 'the paper stays as the law has it');
    }
  } finally {
    await house.close();
  }
});

test('the policy lets a page’s own style and script through and nothing else', async () => {
  const page = printPage(certificates[0]?.paper ?? assert.fail(), 'zh-Hant');
  const context = await browser.newContext();
  try {
    const shown = await context.newPage();
    const complaints: string[] = [];
    shown.on('console', (message) => complaints.push(message.text()));
    await shown.goto(server.show(page));
    const align = await shown.evaluate(
      "getComputedStyle(document.querySelector('.strip .number')).textAlign",
    );
    assert.equal(align, 'center');
    assert.deepEqual(
      complaints.filter((text) => /Content Security Policy/.test(text)),
      [],
    );
  } finally {
    await context.close();
  }
});

/** Chromium's own PNG: eight bits a channel, rows with filters. */
function greyOf(png: Buffer): Picture {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      data.push(png.subarray(at + 8, at + 8 + length));
    }
    at += length + 12;
  }
  const rows = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) grey[at] = rows[at * channels] ?? 0;
  return { width, height, grey };
}

/** PNG specification, section 9: each row is told against the one above and the dot before. */
function unfilter(raw: Buffer, rowBytes: number, height: number, channels: number): Uint8Array {
  const rows = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (rowBytes + 1)] ?? 0;
    for (let at = 0; at < rowBytes; at += 1) {
      const value = raw[row * (rowBytes + 1) + 1 + at] ?? 0;
      const here = row * rowBytes + at;
      const before = at < channels ? 0 : (rows[here - channels] ?? 0);
      const above = row === 0 ? 0 : (rows[here - rowBytes] ?? 0);
      const corner = row === 0 || at < channels ? 0 : (rows[here - rowBytes - channels] ?? 0);
      rows[here] = value + predicted(filter, before, above, corner);
    }
  }
  return rows;
}

function predicted(filter: number, before: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return before;
    case 2:
      return above;
    case 3:
      return (before + above) >> 1;
    case 4: {
      const guess = before + above - corner;
      const [a, b, c] = [before, above, corner].map((each) => Math.abs(guess - each));
      if ((a ?? 0) <= (b ?? 0) && (a ?? 0) <= (c ?? 0)) return before;
      return (b ?? 0) <= (c ?? 0) ? above : corner;
    }
    default:
      return 0;
  }
}
