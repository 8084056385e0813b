/**
 * Claims about files of allotted numbers: the platform's CSV in every dress it is met in, the E0501, what a
 * plan says of each line, and that taking a file in twice is taking it in once.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SELLER_A, SELLER_B } from '../../../test/support/demo.ts';
import { E0501_FILE } from '../../../test/support/mig-download-cases.ts';
import { accountsOf, BY_HAND, MofHouse } from '../../../test/support/mof-house.ts';
import { startDuties } from '../period-duties.ts';
import { diskFiles } from '../turnkey/file-system.ts';
import { readAssignedNumbers } from './assigned-numbers.ts';
import { type ImportLine, importBooks } from './import-books.ts';
import { readPlatformCsv } from './platform-csv.ts';

const HEAD = '營業人統編,發票類別代號,發票類別,發票期別,發票字軌名稱,發票起號,發票迄號';
/** The head line in Big5, as the platform writes it. */
const BIG5_HEAD = Buffer.from(
  [
    'c0e7b77ea448b2cebd732cb56fb2bcc3fea74fa54eb8b92cb56fb2bcc3fea74f2cb56fb2bcb4c1a7',
    '4f2cb56fb2bca672ad79a657bad92cb56fb2bcb05fb8b92cb56fb2bca8b4b8b9',
  ].join(''),
  'hex',
);

function bytesOf(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join('\r\n'));
}
function allotted(...lines: readonly string[]) {
  const reading = readPlatformCsv(bytesOf(HEAD, ...lines));
  assert(reading.ok, JSON.stringify(reading));
  return reading.lines;
}
const LINE = '12345675,07,一般稅額計算,115/11 ~ 115/12,LA,00000050,00000099';

test('the platform’s CSV is read as it comes', () => {
  const [line] = allotted(LINE);
  assert.deepEqual(line, {
    line: 2,
    allotment: {
      ...{ seller: '12345675', invoiceType: '07', period: '11512', track: 'LA' },
      ...{ first: 50, last: 99 },
    },
    problem: '',
  });
});

test('in Big5, with a byte-order mark, with quotes and with `=` before them it says the same', () => {
  const expected = allotted(LINE);
  const quoted = LINE.split(',')
    .map((cell) => `"${cell}"`)
    .join(',');
  const formulas = LINE.split(',')
    .map((cell) => `="${cell}"`)
    .join(',');
  assert.deepEqual(allotted(quoted), expected);
  assert.deepEqual(allotted(formulas), expected);
  assert.deepEqual(allotted('12345675 , 7 ,一般, 115/11~115/12 , LA , 50 , 99 '), expected);
  const marked = readPlatformCsv(new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf(HEAD, LINE)]));
  assert(marked.ok);
  assert.deepEqual(marked.lines, expected);
  const big5 = Buffer.concat([BIG5_HEAD, Buffer.from(`\n${LINE.replace('一般稅額計算', '7')}\n`)]);
  const read = readPlatformCsv(big5);
  assert(read.ok, JSON.stringify(read));
  assert.deepEqual(read.lines, expected);
});

test('columns are found by their heads, in any order and among others', () => {
  const reading = readPlatformCsv(
    bytesOf(
      '發票字軌名稱,備註,發票迄號,發票起號,發票期別,發票類別代號,營業人統編',
      'LA,"a,b",00000099,00000050,115/11 ~ 115/12,07,12345675',
    ),
  );
  assert(reading.ok, JSON.stringify(reading));
  assert.deepEqual(reading.lines[0]?.allotment, allotted(LINE)[0]?.allotment);
});

test('another file is refused with the reason, a wrong line with its own', () => {
  for (const bytes of [
    bytesOf('a,b,c', '1,2,3'),
    bytesOf(HEAD),
    bytesOf(''),
    new Uint8Array([0xff, 0xff, 0xff]),
    new Uint8Array(1024 * 1024 + 1),
  ]) {
    const reading = readPlatformCsv(bytes);
    assert(!reading.ok);
    assert.notEqual(reading.problem, '');
  }
  const wrong = [
    LINE.replace('12345675', '12345678'),
    LINE.replace(',07,', ',09,'),
    LINE.replace('115/12', '116/12'),
    LINE.replace('115/11 ~ 115/12', '115/12 ~ 116/01'),
    LINE.replace('LA', 'L1'),
    LINE.replace('00000050', 'A0000050'),
    LINE.replace('00000050', '000000500'),
  ];
  for (const line of allotted(...wrong)) {
    assert.equal(line.allotment, null, line.problem);
    assert.notEqual(line.problem, '');
  }
});

async function house(t: { after(run: () => Promise<void>): void }) {
  const at = await MofHouse.open();
  t.after(() => at.close());
  const parts = { ledger: at.ledger, accounts: accountsOf(at.sellers), clock: at.clock };
  const take = (isDryRun: boolean, ...lines: readonly string[]) =>
    importBooks(parts, allotted(...lines), {
      ...{ source: 'csv', account: 'system', isDryRun },
      mayTouch: (seller) => seller !== SELLER_B.ubn,
    });
  return { at, take };
}

function outcomes(lines: readonly ImportLine[]) {
  return lines.map(({ outcome }) => outcome);
}

test('a plan judges each line, and a dry run changes nothing', async (t) => {
  const { at, take } = await house(t);
  const lines = [
    LINE,
    LINE.replace('00000050,00000099', '00000075,00000124'),
    LINE.replace('00000050,00000099', '00000050,00000149'),
    LINE.replace('12345675', '22222229'),
    LINE.replace('12345675', '04595257'),
    LINE.replace('115/11 ~ 115/12', '115/09 ~ 115/10'),
    LINE.replace('115/11 ~ 115/12', '116/01 ~ 116/02'),
    LINE.replace(',07,', ',08,').replace('LA', 'LB'),
    // In a book of the demo already.
    LINE.replace('LA,00000050,00000099', 'KA,10000000,10004999'),
    LINE.replace('LA,00000050,00000099', 'KA,10000000,10000049'),
  ];
  const expected = ['new', 'refused', 'refused', 'refused', 'refused', 'refused', 'new', 'new'];
  const plan = await take(true, ...lines);
  assert.deepEqual(outcomes(plan), [...expected, 'known', 'refused']);
  assert.equal((await at.ledger.reads.listBooks(SELLER_A.ubn)).length, 1);
  assert(plan.every(({ outcome, problem }) => (outcome === 'refused') === (problem !== '')));
  assert.match(plan[1]?.problem ?? '', /整本/);
  assert.match(plan[2]?.problem ?? '', /重疊/);
  assert.match(plan[5]?.problem ?? '', /已結束/);
});

test('taking a file in twice is taking it in once', async (t) => {
  const { at, take } = await house(t);
  assert.deepEqual(outcomes(await take(false, LINE)), ['new']);
  assert.deepEqual(outcomes(await take(false, LINE)), ['known']);
  const books = await at.ledger.reads.listBooks(SELLER_A.ubn);
  assert.deepEqual(
    books.map(({ track, first, last, source }) => [track, first, last, source]),
    [
      ['KA', 10_000_000, 10_004_999, 'manual'],
      ['LA', 50, 99, 'csv'],
    ],
  );
});

test('an E0501 is read whole or not at all', () => {
  const reading = readAssignedNumbers(new TextEncoder().encode(E0501_FILE));
  assert(reading.ok);
  assert.deepEqual(
    reading.lines.map(({ allotment }) => [allotment?.period, allotment?.first, allotment?.last]),
    [
      ['11602', 10_000_000, 10_000_249],
      ['11602', 10_000_300, 10_000_349],
    ],
  );
  for (const hostile of [
    E0501_FILE.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>'),
    E0501_FILE.replace('>07<', '>09<'),
    E0501_FILE.slice(0, 400),
    '',
    'x'.repeat(21 * 1024 * 1024),
  ]) {
    const refused = readAssignedNumbers(new TextEncoder().encode(hostile));
    assert(!refused.ok);
    assert.notEqual(refused.problem, '');
  }
});

async function dutiesOf(at: MofHouse, closeDay: number | null) {
  const duties = startDuties({
    ledger: at.ledger,
    accounts: accountsOf(at.sellers),
    clock: at.clock,
    folder: at.folder,
    files: diskFiles,
    log: at.log,
    closeDay,
    mayWork: () => true,
    schedule: BY_HAND,
  });
  return duties;
}

test('downloaded numbers are taken in by themselves, a broken file is named', async (t) => {
  const { at } = await house(t);
  const duties = await dutiesOf(at, null);
  const folder = join(at.folder, 'Unpack', 'BAK', 'E0501', '20261121', '12');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'numbers.xml'), E0501_FILE);
  writeFileSync(join(folder, 'broken.xml'), E0501_FILE.slice(0, 300));
  await duties.tick();
  const books = await at.ledger.reads.listBooks(SELLER_A.ubn);
  assert.deepEqual(
    books.map(({ period, track, source }) => `${period} ${track} ${source}`),
    ['11512 KA manual', '11602 KA e0501', '11602 KA e0501'],
  );
  assert.deepEqual(duties.problems(), [], 'a file may still be arriving');
  at.clock.advanceMs(31_000);
  await duties.tick();
  assert.equal(duties.problems().length, 1);
  assert.match(duties.problems()[0] ?? '', /broken\.xml/);
  writeFileSync(join(folder, 'broken.xml'), E0501_FILE);
  await duties.tick();
  assert.deepEqual(duties.problems(), [], 'the mended file was taken');
});

test('a past period is closed on the set day, by itself and once', async (t) => {
  const { at } = await house(t);
  const duties = await dutiesOf(at, 5);
  await at.issueOne();
  const blanks = async () =>
    (await at.filings()).filter(({ message }) => message === 'E0402').length;
  at.clock.set('2027-01-04 23:59:59');
  await duties.tick();
  assert.equal(await blanks(), 0);
  at.clock.set('2027-01-05 00:00:01');
  await duties.tick();
  assert.equal(await blanks(), 2, 'one for each seller');
  at.clock.set('2027-01-06 00:00:01');
  await duties.tick();
  assert.equal(await blanks(), 2);
  assert.deepEqual(at.log.errors(), []);
});

test('periods closed by hand only are left alone', async (t) => {
  const { at } = await house(t);
  at.clock.set('2027-01-05 12:00:00');
  await (await dutiesOf(at, null)).tick();
  assert.deepEqual(await at.states(), []);
});
