/**
 * XML from outside in every place where Kaili reads some: results, summaries, allotted numbers, trading partners' messages, by
 * real files, among them one of 100 MB. Each is refused with a reason that an operator sees, nothing throws, memory
 * stays bounded, and what is good beside it is taken.
 */
import assert from 'node:assert/strict';
import {
  closeSync,
  mkdirSync,
  openSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startDuties } from '../../src/mof/period-duties.ts';
import { outboxAlarms } from '../../src/mof/turnkey/alarms.ts';
import { diskFiles, type FileSystem } from '../../src/mof/turnkey/file-system.ts';
import { XML_BYTES_MAX } from '../../src/mof/turnkey/read-xml.ts';
import { E0501_FILE } from '../support/mig-download-cases.ts';
import { accountsOf, BY_HAND, MofHouse } from '../support/mof-house.ts';

const MIB = 1024 * 1024;
const HUGE_BYTES = 100 * MIB;
/** Beside one file of the largest size and what a parser makes of it, nothing may pile up. */
const GROWTH_BYTES_MAX = 400 * MIB;

/** A lane: where files lie, how a good one begins, and where it is told that one was not taken. */
const LANES = {
  results: 'Unpack/BAK/ProcessResult/20261121/10',
  summaries: 'Unpack/BAK/SummaryResult/20261121/10',
  numbers: 'Unpack/BAK/E0501/20261121/10',
  messages: 'DownCast/B2BEXCHANGE/A0102/20261121/10',
} as const;

const ROOT = '<?xml version="1.0" encoding="UTF-8"?>\n';
function nested(name: string, depth: number): string {
  return `${`<${name}>`.repeat(depth)}${`</${name}>`.repeat(depth)}`;
}
/** Ten entities, each ten times the one before: a gigabyte of laughter. */
const LAUGHS = Array.from(
  { length: 10 },
  (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
);

/** What lies in each lane, and what is said about it there (in either language of a reader). */
const HOSTILE: Readonly<Record<string, readonly [string | Uint8Array, RegExp]>> = {
  'external-entity': [
    `${ROOT}<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><ProcessResult>&x;</ProcessResult>`,
    /document type|文件型別/,
  ],
  'external-dtd': [
    `${ROOT}<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><ProcessResult/>`,
    /document type|文件型別/,
  ],
  'parameter-entity': [`${ROOT}<!doctype r [<!ENTITY % p "x"> %p;]><r/>`, /document type|文件型別/],
  'billion-laughs': [
    `${ROOT}<!DOCTYPE l [<!ENTITY l0 "ha">${LAUGHS.join('')}]><l>&l10;</l>`,
    /document type|文件型別/,
  ],
  'million-elements': [`${ROOT}<r>${'<a/>'.repeat(4_500_000)}</r>`, /elements|元素/],
  'million-attributes': [`${ROOT}<r ${'a="1" '.repeat(100_000)}/>`, /tag|標籤/],
  'deep-nesting': [ROOT + nested('a', 100_000), /parser|元素|XML/],
  'endless-tag': [`${ROOT}<r ${'x'.repeat(1_000_000)}`, /tag|標籤/],
  'endless-comment': [`${ROOT}<r><!--${'x'.repeat(1_000_000)}`, /tag|標籤/],
  'nul-characters': [`${ROOT}<r>\0</r>`, /NUL/],
  'cut-short': [`${ROOT}<ProcessResult><Result><Info><Code>00000</Code>`, /well-formed|XML/],
  'another-document': [`${ROOT}<html><body>503</body></html>`, /./],
  'no-xml': ['{"Code":"00000"}', /./],
  big5: [Buffer.from([0x3c, 0x72, 0x3e, 0xb4, 0xfa, 0xb8, 0xd5, 0x3c, 0x2f, 0x72, 0x3e]), /UTF-8/],
  'utf-16': [Buffer.from(`\ufeff${ROOT}<r/>`, 'utf16le'), /UTF-8|NUL/],
  'utf-16-named-utf-8': [Buffer.from(`${ROOT}<r/>`, 'utf16le'), /UTF-8|NUL/],
  'overlong-utf-8': [Buffer.from([0x3c, 0x72, 0x3e, 0xc0, 0xaf, 0x3c, 0x2f, 0x72, 0x3e]), /UTF-8/],
  'half-a-character': [Buffer.concat([Buffer.from('<r>'), Buffer.from([0xe6, 0xb8])]), /UTF-8/],
};

function put(folder: string, name: string, content: string | Uint8Array, atMs: number): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  utimesSync(join(folder, name), atMs / 1000, atMs / 1000);
}

/** A real file of 100 MB, written piece by piece. */
function putHuge(folder: string, name: string, atMs: number): void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, name), 'w');
  const piece = Buffer.from('<Info><Code>00000</Code></Info>'.repeat(32_768));
  writeSync(file, '<ProcessResult>');
  for (let bytes = 0; bytes < HUGE_BYTES; bytes += piece.length) writeSync(file, piece);
  writeSync(file, '</ProcessResult>');
  closeSync(file);
  utimesSync(join(folder, name), atMs / 1000, atMs / 1000);
}

function putAll(folder: string, atMs: number): void {
  for (const [name, [content]] of Object.entries(HOSTILE)) put(folder, name, content, atMs);
  putHuge(folder, 'huge', atMs);
}

/** Files as they are, and the largest piece of one that was ever in memory. */
function watchedFiles(): FileSystem & { readonly largest: () => number } {
  let largest = 0;
  return {
    ...diskFiles,
    async read(path, bytesMax) {
      const bytes = await diskFiles.read(path, bytesMax);
      if (typeof bytes !== 'string') largest = Math.max(largest, bytes.buffer.byteLength);
      return bytes;
    },
    largest: () => largest,
  };
}

async function house(t: TestContext) {
  const at = await MofHouse.open();
  t.after(() => at.close());
  const files = watchedFiles();
  await at.startOutbox({ files });
  await at.startSimulator();
  const duties = startDuties({
    ...{ ledger: at.ledger, accounts: accountsOf(at.sellers), clock: at.clock, folder: at.folder },
    ...{ files, log: at.log, closeDay: null, mayWork: () => true, schedule: BY_HAND },
  });
  return { at, files, duties };
}

test('hostile files in every lane are refused with a reason, and good ones beside them are taken', async (t) => {
  const { at, files, duties } = await house(t);
  const before = process.memoryUsage().rss;
  for (const lane of Object.values(LANES)) putAll(join(at.folder, lane), at.clock.now());
  put(join(at.folder, LANES.numbers), 'good', E0501_FILE, at.clock.now());
  const numbers = (await at.issue(3)).map(({ number }) => number);
  for (let rounds = 0; rounds < 2; rounds += 1) {
    await at.round();
    await duties.tick();
  }
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']), numbers.join());
  const books = await at.ledger.reads.listBooks(at.sellers[0]?.ubn ?? assert.fail());
  assert(
    books.some(({ source }) => source === 'e0501'),
    'the good numbers are in',
  );

  // Half a minute later none of them is arriving any more.
  at.clock.advanceMs(31_000);
  for (let rounds = 0; rounds < 2; rounds += 1) {
    await at.outbox.tick();
    await duties.tick();
  }
  const status = at.outbox.status();
  const names = [...Object.keys(HOSTILE), 'huge'].toSorted();
  const last = (path: string) => path.split(': ')[0]?.split('/').at(-1) ?? '';
  const lane = (paths: readonly string[], folder: string) =>
    paths
      .filter((path) => path.includes(folder))
      .map(last)
      .toSorted();
  assert.deepEqual(lane(status.unreadableFiles, 'ProcessResult'), names);
  assert.deepEqual(lane(status.unreadableFiles, 'SummaryResult'), names);
  assert.deepEqual(lane(status.untakenFiles, 'A0102'), names);
  assert.deepEqual(lane(duties.problems(), 'E0501'), names);
  assert.equal(status.failedSteps, 0, 'no step failed over them');

  const reasons = [
    ...at.log.lines.map(({ facts, text }) => `${JSON.stringify(facts)} ${text}`),
    ...duties.problems(),
  ];
  for (const [name, [, reason]] of Object.entries({ ...HOSTILE, huge: ['', /20 MB/] as const })) {
    const told = reasons.filter((line) => line.includes(`/${name}`));
    assert(told.length >= Object.keys(LANES).length, `${name} is told in every lane`);
    for (const line of told) assert.match(line, reason, name);
  }
  const codes = outboxAlarms(status, at.clock.now()).map(({ code }) => code);
  assert.deepEqual(codes.toSorted(), ['MESSAGE_NOT_TAKEN', 'RESULT_UNREADABLE']);
  assert(files.largest() <= XML_BYTES_MAX, 'no more than the limit was ever read');
  assert(process.memoryUsage().rss - before < GROWTH_BYTES_MAX, 'memory is bounded');

  for (const folder of Object.values(LANES)) {
    for (const name of names) rmSync(join(at.folder, folder, name), { force: true });
  }
  await at.issue(2);
  for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
});

test('the simulated Turnkey puts hostile files aside and goes on', async (t) => {
  const { at } = await house(t);
  const source = join(at.folder, 'UpCast', 'B2SSTORAGE', 'F0401', 'SRC');
  putAll(source, at.clock.now());
  await at.issue(2);
  for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
  assert.deepEqual(at.log.errors(), []);
});
