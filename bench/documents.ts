/**
 * How fast certificates are made: `node bench/documents.ts [--count 10000]`. In one run, certificates a
 * second as PDF in this process, beside the same page printed to PDF by a headless Chromium that is kept
 * open; and whether memory stays flat over all of them. How to read it: bench/README.md.
 */
import { cpus } from 'node:os';
import { describeCertificate } from '../src/documents/describe-certificate.ts';
import { printPage } from '../src/documents/html/pages.ts';
import type { Paper } from '../src/documents/paper.ts';
import { renderPdf } from '../src/documents/pdf.ts';
import { openBrowser } from '../test/support/browser.ts';
import { line, SELLER_A } from '../test/support/demo.ts';
import { contentOf } from '../test/support/document-contents.ts';
import { PAPER_KEY } from '../test/support/papers.ts';

const COUNT_DEFAULT = 10_000;
const WARM_UP = 200;
/** As many as tell a pace; each takes some tens of milliseconds. */
const BROWSER_COUNT = 60;
/** What the design asks for. */
const TIMES_AS_MANY_MIN = 30;
const MIB = 1024 * 1024;

/** A certificate of its own: number, random code, goods and amount differ. */
function paperAt(index: number): Paper {
  const number = `AB${String(10_000_000 + index)}`;
  const total = 100 + (index % 900);
  const randomNumber = String(index % 10_000).padStart(4, '0');
  const lines = [line(1, `示範商品${index % 100}號`, String(total))];
  return describeCertificate(contentOf(total, { number, randomNumber, lines }), SELLER_A, {
    key: PAPER_KEY,
    isOriginal: true,
    isVoided: false,
    isTest: false,
    hasDetails: false,
    hasBack: false,
  });
}

interface Pace {
  readonly perSecond: number;
  readonly bytes: number;
}

async function inProcess(count: number): Promise<Pace & { readonly mebibytes: readonly number[] }> {
  for (let index = 0; index < WARM_UP; index += 1) await renderPdf(paperAt(index));
  const papers = Array.from({ length: 1_000 }, (_, index) => paperAt(index));
  const mebibytes: number[] = [];
  let bytes = 0;
  const from = performance.now();
  for (let index = 0; index < count; index += 1) {
    const paper = papers[index % papers.length];
    if (paper !== undefined) bytes += (await renderPdf(paper)).length;
    if (index % Math.ceil(count / 10) === 0) {
      globalThis.gc?.();
      mebibytes.push(Math.round(process.memoryUsage().rss / MIB));
    }
  }
  const seconds = (performance.now() - from) / 1000;
  return { perSecond: count / seconds, bytes: bytes / count, mebibytes };
}

async function inChromium(count: number): Promise<Pace> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    let bytes = 0;
    let from = 0;
    for (let index = -5; index < count; index += 1) {
      if (index === 0) from = performance.now();
      await page.setContent(printPage(paperAt(index + 5), 'zh-Hant').body);
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      if (index >= 0) bytes += pdf.length;
    }
    return { perSecond: count / ((performance.now() - from) / 1000), bytes: bytes / count };
  } finally {
    await browser.close();
  }
}

const at = process.argv.indexOf('--count');
const count = at < 0 ? COUNT_DEFAULT : Number(process.argv[at + 1]);
const own = await inProcess(count);
const chromium = await inChromium(BROWSER_COUNT);
const times = own.perSecond / chromium.perSecond;
const [machine] = cpus();
console.log(`${machine?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`);
console.log(
  `in the process  ${own.perSecond.toFixed(0)} certificates/s, ${Math.round(own.bytes)} bytes each`,
);
console.log(
  `in Chromium     ${chromium.perSecond.toFixed(1)} certificates/s, ${Math.round(chromium.bytes)} bytes each`,
);
console.log(`times as many   ${times.toFixed(1)} (at least ${TIMES_AS_MANY_MIN} is the aim)`);
console.log(`resident MiB at each tenth of ${count}: ${own.mebibytes.join(' ')}`);
if (times < TIMES_AS_MANY_MIN) process.exitCode = 1;
