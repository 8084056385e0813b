/**
 * Claims about the simulated Ministry's judgement: it takes every message that Kaili's goldens show and
 * every sample of the Ministry, and refuses each wrong one for its own reason.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../../test/support/mof-house.ts';
import { requireReference } from '../../../test/support/reference.ts';
import { judge, store } from './judge.ts';
import { judgeInvoice } from './judge-invoice.ts';
import { layoutOf, SIMULATED_MESSAGES, type SimulatedMessage } from './layout.ts';
import { checkLocally } from './local-check.ts';
import { PlatformMemory } from './platform-memory.ts';
import type { PlatformBook } from './standpoint.ts';

const EXAMPLES = fileURLToPath(new URL('../../../examples/mig/', import.meta.url));

function example(
  name: string,
  ...changes: readonly (readonly [string | RegExp, string])[]
): string {
  const xml = readFileSync(join(EXAMPLES, `${name}.xml`), 'utf8');
  return changes.reduce((text, [from, to]) => {
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, `${name} has no ${from}`);
    return changed;
  }, xml);
}

function kindOf(name: string): SimulatedMessage {
  const kind = SIMULATED_MESSAGES.find((message) => name.toUpperCase().startsWith(message));
  assert(kind !== undefined, name);
  return kind;
}

function check(xml: string, kind: SimulatedMessage) {
  return checkLocally(kind, new TextEncoder().encode(xml));
}

/** What the platform says to messages one after another. */
async function answers(
  t: TestContext,
  ...messages: readonly (readonly [SimulatedMessage, string])[]
): Promise<readonly string[]> {
  const { path, remove } = temporaryFolder();
  t.after(remove);
  const memory = new PlatformMemory(layoutOf(path));
  const codes: string[] = [];
  for (const [kind, xml] of messages) {
    const message = check(xml, kind);
    assert(typeof message !== 'string', `rejected: ${String(message)}`);
    const code = await judge(message, memory);
    if (code === '00000') await store(message, memory);
    await memory.flush(0);
    codes.push(code);
  }
  return codes;
}

const RELEASED: Readonly<Record<string, string>> = {
  'f0401-special-tax-one-percent-released': 'E0225',
  'f0401-special-exempt-released': 'E0226',
};

test('every golden passes Turnkey, and the platform where it stands alone', () => {
  // Those that Kaili files: the exchange's are for another party, downloads and results for Kaili.
  const names = globSync('*.xml', { cwd: EXAMPLES })
    .map((name) => basename(name, '.xml'))
    .filter((name) => SIMULATED_MESSAGES.some((kind) => name.toUpperCase().startsWith(kind)));
  assert(names.length > 40);
  for (const name of names) {
    const kind = kindOf(name);
    const message = check(example(name), kind);
    assert(typeof message !== 'string', `${name}: ${String(message)}`);
    if (kind !== 'F0401') continue;
    assert.equal(judgeInvoice(message.tree), RELEASED[name] ?? null, name);
  }
});

test("every storage sample of the Ministry's passes Turnkey and the sums", (t) => {
  const folder = requireReference(t, 'mig-samples');
  if (folder === null) return;
  const samples = globSync('[FG]*.xml', { cwd: folder });
  assert.equal(samples.length, 11);
  for (const name of samples) {
    const message = check(readFileSync(join(folder, name), 'utf8'), kindOf(name));
    assert(typeof message !== 'string', `${name}: ${String(message)}`);
    if (message.kind === 'F0401') assert.equal(judgeInvoice(message.tree), null, name);
  }
});

const PRINTED = 'f0401-consumer-printed';
const REJECTED: Readonly<Record<string, readonly [string, RegExp | string, string, RegExp]>> = {
  'a blank seller address': [PRINTED, /<Address>.*<\/Address>/, '<Address> </Address>', /Address/],
  'another version': [PRINTED, /F0401:4\.1"/g, 'F0401:4.0"', /namespace/],
  'another message': [PRINTED, /(<\/?)Invoice(?=[ >])/g, '$1Allowance', /root/],
  'a broken element': [PRINTED, '</Main>', '</Mian>', /Main|Mian/],
  'a document type': [PRINTED, '<Invoice ', '<!DOCTYPE x []><Invoice ', /document type/],
  'a number of nine digits': [PRINTED, 'KA10000001', 'KA100000011', /number/],
  'a consumer called 0000': [PRINTED, '陳小美', '0000', /Name/],
  'neither print nor carrier': [PRINTED, '<PrintMark>Y', '<PrintMark>N', /neither/],
  'print and donation': [PRINTED, '<DonateMark>0', '<DonateMark>1', /disagree/],
  'print on a carrier': [
    'f0401-consumer-mobile-barcode',
    '<PrintMark>N',
    '<PrintMark>Y',
    /carrier/,
  ],
  'cents in a sum': [PRINTED, '<TotalAmount>33', '<TotalAmount>33.5', /whole/],
  'zero rate without a reason': [
    'f0401-consumer-zero-rate',
    /<ZeroTaxRateReason>.*<\/ZeroTaxRateReason>/,
    '',
    /zero rate/,
  ],
  'a mixed line': [PRINTED, '<TaxType>1</TaxType>', '<TaxType>9</TaxType>', /TaxType 9/],
  'an allowance by the buyer': [
    'g0401-consumer',
    '<AllowanceType>2',
    '<AllowanceType>1',
    /must be 2/,
  ],
  'a void without a reason': ['f0501-consumer', /<CancelReason>.*</, '<CancelReason><', /reason/],
};

for (const [what, [name, from, to, reason]] of Object.entries(REJECTED)) {
  test(`Turnkey rejects ${what}`, () => {
    const found = check(example(name, [from, to]), kindOf(name));
    assert.equal(typeof found, 'string');
    assert.match(String(found), reason);
  });
}

const REFUSED: Readonly<Record<string, readonly [string, RegExp | string, string]>> = {
  E0103: [PRINTED, '<Amount>10.5', '<Amount>11.5'],
  E0105: [PRINTED, /<TotalAmount>.*</, '<TotalAmount>0<'],
  E0106: [PRINTED, '<Quantity>1<', '<Quantity>0<'],
  E0112: [
    PRINTED,
    '<RelateNumber>',
    '<CustomsClearanceMark>1</CustomsClearanceMark><RelateNumber>',
  ],
  E0220: [PRINTED, '>002<', '>001<'],
  E0225: ['f0401-consumer-special-tax', /<TaxRate>.*</, '<TaxRate>0.01<'],
  E0228: ['f0401-consumer-mixed-zero-rate', /<CustomsClearanceMark>.*<\/CustomsClearanceMark>/, ''],
  E0304: [PRINTED, '<Quantity>1<', '<Quantity>1e3<'],
  E1001: ['f0401-consumer-donated', /<NPOBAN>.*</, '<NPOBAN>12<'],
  E1005: ['f0401-consumer-mobile-barcode', /<CarrierId2>/, '<CarrierId2> '],
};

for (const [code, [name, from, to]] of Object.entries(REFUSED)) {
  test(`the platform answers ${code}`, () => {
    const message = check(example(name, [from, to]), 'F0401');
    assert(typeof message !== 'string', String(message));
    assert.equal(judgeInvoice(message.tree), code);
  });
}

test('an invoice is stored once, voided once, annulled and stored again', async (t) => {
  const issue = ['F0401', example(PRINTED)] as const;
  const voided = ['F0501', example('f0501-consumer')] as const;
  const annulled = ['F0701', example('f0701-consumer')] as const;
  assert.deepEqual(
    await answers(
      ...[
        t,
        voided,
        issue,
        issue,
        voided,
        voided,
        issue,
        annulled,
        annulled,
        voided,
        issue,
        annulled,
      ],
      ...[issue, voided],
    ),
    [
      ...['E0202', '00000', 'E0201', '00000', 'E0402', 'E0201', '00000', 'E0229', 'E0229', '00000'],
      ...['00000', '00000', '00000'],
    ],
  );
});

test('allowances need a live invoice, stay below it, and block its void', async (t) => {
  const issue = ['F0401', example('f0401-consumer-member-carrier')] as const;
  const allow = ['G0401', example('g0401-consumer')] as const;
  const number = /<AllowanceNumber>.*</;
  const other = (name: string) =>
    ['G0401', example('g0401-consumer', [number, `<AllowanceNumber>${name}<`])] as const;
  const undo = ['G0501', example('g0501-consumer')] as const;
  const voided = ['F0501', example('f0501-consumer')] as const;
  assert.deepEqual(
    await answers(
      ...[t, undo, allow, issue, allow, allow, other('A2'), other('A3'), voided, undo, undo],
      ...[other('A3'), allow, voided],
    ),
    [
      ...['E0205', 'E0202', '00000', '00000', 'E0201', '00000', 'E0221', 'E0213', '00000', 'E0218'],
      ...['00000', 'E0201', 'E0213'],
    ],
  );
  assert.deepEqual(await answers(t, issue, voided, allow), ['00000', '00000', 'E0403']);
  const annulled = ['F0701', example('f0701-consumer')] as const;
  assert.deepEqual(await answers(t, issue, annulled, allow), ['00000', '00000', 'E0211']);
});

test("an allowance's own sums are checked", async (t) => {
  const issue = ['F0401', example('f0401-consumer-member-carrier')] as const;
  const changed = (from: RegExp, to: string) =>
    ['G0401', example('g0401-consumer', [from, to])] as const;
  assert.deepEqual(
    await answers(
      ...[t, issue, changed(/<TotalAmount>.*</, '<TotalAmount>1<')],
      ...[changed(/<TaxAmount>.*</, '<TaxAmount>1<'), changed(/<Quantity>.*</, '<Quantity>0<')],
    ),
    ['00000', 'E0103', 'E0103', 'E0106'],
  );
});

test('a number of another year, or of another seller, is another invoice', async (t) => {
  const issue = example(PRINTED);
  const later = example(PRINTED, ['<InvoiceDate>2026', '<InvoiceDate>2032']);
  const neighbour = example(PRINTED, ['12345675', '22222229']);
  const codes = await answers(t, ['F0401', issue], ['F0401', later], ['F0401', neighbour]);
  assert.deepEqual(codes, ['00000', '00000', '00000']);
});

const BOOKS = [
  {
    seller: '12345675',
    period: '11512',
    track: 'KA',
    type: '07',
    first: 10_000_000,
    last: 10_000_049,
  },
  {
    seller: '22222229',
    period: '11512',
    track: 'KB',
    type: '07',
    first: 10_000_000,
    last: 10_000_049,
  },
  {
    seller: '12345675',
    period: '11602',
    track: 'KC',
    type: '07',
    first: 10_000_000,
    last: 10_000_049,
  },
] as const;

/** What the platform says to one message on a day, with its own books before it. */
async function answerOn(t: TestContext, today: string, kind: SimulatedMessage, xml: string) {
  const { path, remove } = temporaryFolder();
  t.after(remove);
  const message = check(xml, kind);
  assert(typeof message !== 'string', `rejected: ${String(message)}`);
  return judge(message, new PlatformMemory(layoutOf(path)), { today, books: BOOKS });
}

test('numbers are looked up in the platform’s own books', async (t) => {
  const numbered = (number: string) => example('f0401-consumer-printed', ['KA10000001', number]);
  const say = (number: string) => answerOn(t, '20261122', 'F0401', numbered(number));
  assert.equal(await answerOn(t, '20261122', 'F0401', example('f0401-consumer-printed')), '00000');
  assert.equal(await say('KA10000050'), 'E0102');
  assert.equal(await say('KB10000001'), 'E0113');
  assert.equal(await say('KC10000001'), 'E0107');
  assert.equal(await say('ZZ10000001'), 'E0102');
});

test('messages too early, too late or from the future are refused', async (t) => {
  const invoice = example('f0401-consumer-printed');
  assert.equal(await answerOn(t, '20261120', 'F0401', invoice), 'E1004');
  assert.equal(await answerOn(t, '20270701', 'F0401', invoice), 'E1002');
  const voided = example('f0501-consumer');
  assert.equal(await answerOn(t, '20270116', 'F0501', voided), 'E0208');
  assert.equal(await answerOn(t, '20270115', 'F0501', voided), 'E0202', 'in time, but unknown');
});

test('a day or a time that is none is refused by content', async (t) => {
  const wrong = example('f0401-consumer-printed', [/<InvoiceDate>\d+</, '<InvoiceDate>20261131<']);
  assert.equal(await answerOn(t, '20261201', 'F0401', wrong), 'E0305');
  const late = example('f0401-consumer-printed', [/<InvoiceTime>[^<]+</, '<InvoiceTime>24:00:00<']);
  assert.equal(await answerOn(t, '20261201', 'F0401', late), 'E0305');
});

test('a number used again on another day is issued twice', async (t) => {
  const invoice = example('f0401-consumer-printed');
  const other = example('f0401-consumer-printed', [/<InvoiceDate>\d+</, '<InvoiceDate>20261122<']);
  const found = await answers(t, ['F0401', invoice], ['F0401', invoice], ['F0401', other]);
  assert.deepEqual(found, ['00000', 'E0201', 'E1003']);
});

test('ranges that were not allotted, or cut across those reported before, are refused', async (t) => {
  const blank = example('e0402');
  const track = /<InvoiceTrack>(\w+)</.exec(blank)?.[1] ?? '';
  const ranges = [
    ...blank.matchAll(/<InvoiceBeginNo>(\d+)<\/InvoiceBeginNo>\s*<InvoiceEndNo>(\d+)</g),
  ];
  const [, first = '', last = ''] = ranges[0] ?? [];
  const seller = /<HeadBan>(\d+)</.exec(blank)?.[1] ?? '';
  const period = /<YearMonth>(\d+)</.exec(blank)?.[1] ?? '';
  const { path, remove } = temporaryFolder();
  t.after(remove);
  const memory = new PlatformMemory(layoutOf(path));
  const message = check(blank, 'E0402');
  assert(typeof message !== 'string');
  const whole = { seller, period, track, type: '07', first: 0, last: 99_999_999 } as const;
  const at = (books: readonly PlatformBook[]) => judge(message, memory, { today: null, books });
  assert.equal(await at([{ ...whole, last: Number(first) }]), 'E0613');
  assert.equal(await at([whole]), '00000');
  await store(message, memory);
  assert.equal(await at([whole]), '00000', 'the same again is a correction');
  await memory.putRanges(message, [`${Number(first) - 5}-${Number(last) - 1}`]);
  const isSingle = first === last;
  assert.equal(await at([whole]), isSingle ? '00000' : 'E0612');
});
