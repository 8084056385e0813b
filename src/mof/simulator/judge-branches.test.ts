/** Claims about the simulated Ministry's judgement of splits to branches, each wrong one for its own reason. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../../test/support/mof-house.ts';
import { judge, store } from './judge.ts';
import { layoutOf } from './layout.ts';
import { checkLocally } from './local-check.ts';
import { PlatformMemory } from './platform-memory.ts';
import type { PlatformBook } from './standpoint.ts';

const [HEAD, BRANCH, OTHER] = ['12345675', '22222229', '04595257'] as const;
const BOOKS: readonly PlatformBook[] = [
  { seller: HEAD, period: '11512', track: 'KA', type: '07', first: 1000, last: 1999 },
  { seller: OTHER, period: '11512', track: 'KA', type: '07', first: 5000, last: 5049 },
];

type Pair = readonly [first: number, last: number];

function digits(position: number): string {
  return String(position).padStart(8, '0');
}

function ends([first, last]: Pair): string {
  return `<InvoiceBeginNo>${digits(first)}</InvoiceBeginNo><InvoiceEndNo>${digits(last)}</InvoiceEndNo>`;
}

function split(parts: readonly Pair[], whole: Pair = [1000, 1999], head: string = HEAD): string {
  const items = parts.map(
    ([first, last]) =>
      `<BranchTrackItem>${ends([first, last])}<InvoiceBooklet>${Math.ceil((last - first + 1) / 50)}</InvoiceBooklet></BranchTrackItem>`,
  );
  return `<BranchTrack xmlns="urn:GEINV:eInvoiceMessage:E0401:4.1"><Main><HeadBan>${head}</HeadBan><BranchBan>${BRANCH}</BranchBan><InvoiceType>07</InvoiceType><YearMonth>11512</YearMonth><InvoiceTrack>KA</InvoiceTrack>${ends(whole)}</Main><Details>${items.join('')}</Details></BranchTrack>`;
}

function blanks(branch: string, range: Pair): string {
  return `<BranchTrackBlank xmlns="urn:GEINV:eInvoiceMessage:E0402:4.1"><Main><HeadBan>${HEAD}</HeadBan><BranchBan>${branch}</BranchBan><InvoiceType>07</InvoiceType><YearMonth>11512</YearMonth><InvoiceTrack>KA</InvoiceTrack></Main><Details><BranchTrackBlankItem>${ends(range)}</BranchTrackBlankItem></Details></BranchTrackBlank>`;
}

/** What the platform says to messages one after another. */
async function answers(t: TestContext, ...messages: readonly string[]) {
  const { path, remove } = temporaryFolder();
  t.after(remove);
  const memory = new PlatformMemory(layoutOf(path));
  const codes: string[] = [];
  for (const xml of messages) {
    const kind = xml.startsWith('<BranchTrackBlank') ? 'E0402' : 'E0401';
    const message = checkLocally(kind, new TextEncoder().encode(xml));
    assert(typeof message !== 'string', `rejected: ${String(message)}`);
    const code = await judge(message, memory, { today: null, books: BOOKS });
    if (code === '00000') await store(message, memory);
    await memory.flush(0);
    codes.push(code);
  }
  return codes;
}

test('a split is whole booklets inside the range of the head office, given once', async (t) => {
  const codes = await answers(
    t,
    split([[1100, 1199]], [1000, 1949]),
    split([[5000, 5049]], [5000, 5049]),
    split([[1950, 2049]]),
    split([[1110, 1159]]),
    split([
      [1100, 1199],
      [1150, 1249],
    ]),
    split([[1100, 1199]]),
    split([[1150, 1249]]),
    split([[1200, 1249]]),
  );
  assert.deepEqual(codes, [
    ...['E0601', 'E0614', 'E0603', 'E0608', 'E0609'],
    ...['00000', 'E0612', '00000'],
  ]);
});

test('blank numbers are reported by whoever was given them', async (t) => {
  const codes = await answers(
    t,
    blanks(BRANCH, [1100, 1199]),
    split([[1100, 1199]]),
    blanks(BRANCH, [1150, 1199]),
    blanks(BRANCH, [1150, 1200]),
    blanks(OTHER, [1150, 1199]),
    blanks(HEAD, [1100, 1101]),
    blanks(HEAD, [1200, 1999]),
  );
  assert.deepEqual(codes, ['E0606', '00000', '00000', 'E0613', 'E0606', 'E0613', '00000']);
});
