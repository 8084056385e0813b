/** Attacks on the reader of results, and what it must still read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseProcessResult } from './process-result.ts';
import { child, children, readXml, text, XML_BYTES_MAX } from './read-xml.ts';
import { parseSummaryResult } from './summary-result.ts';

function bytes(xml: string): Uint8Array {
  return new TextEncoder().encode(xml);
}
function reasonOf(content: string | Uint8Array): string {
  const reading = readXml(typeof content === 'string' ? bytes(content) : content);
  return reading.ok ? 'read' : reading.reason;
}

const ATTACKS: Readonly<Record<string, readonly [string | Uint8Array, RegExp]>> = {
  'a billion laughs': [
    `<!DOCTYPE l [<!ENTITY a "ha">${'<!ENTITY b "&a;&a;">'.repeat(40)}]><l>&b;</l>`,
    /document type/,
  ],
  'an external entity': [
    '<!doctype r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
    /document type/,
  ],
  'an internal subset without a name': ['<r><!ENTITY x "y"></r>', /document type/],
  'a truncated file': ['<ProcessResult><Result><Info>', /well-formed/],
  'a file cut inside a tag': ['<ProcessResult><Res', /overlong tag/],
  'an empty file': ['', /well-formed|root/],
  'blanks only': ['  \n ', /well-formed|root/],
  'two roots': ['<a/><b/>', /well-formed|root/],
  'Big5 bytes': [Uint8Array.of(0x3c, 0x61, 0x3e, 0xb4, 0xfa, 0x3c, 0x2f, 0x61, 0x3e), /UTF-8/],
  'UTF-16 bytes': [new Uint8Array(Buffer.from('\ufeff<a>b</a>', 'utf16le')), /UTF-8/],
  'NUL characters': ['<a>\0</a>', /NUL/],
  'deep nesting': [`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, /parser/],
  'an overlong tag': [`<a ${'x'.repeat(10_000)}="1"/>`, /overlong/],
  'an unclosed attribute over and over': [`<a ${"b='".repeat(100_000)}`, /overlong/],
  'an unclosed comment': [`<a><!-- ${'x'.repeat(10_000)}`, /overlong/],
  'twenty-five megabytes': [new Uint8Array(25 * 1024 * 1024).fill(97), /20 MB/],
};

for (const [attack, [content, reason]] of Object.entries(ATTACKS)) {
  test(`${attack} is refused in time`, () => {
    const before = performance.now();
    assert.match(reasonOf(content), reason);
    assert(performance.now() - before < 1000);
  });
}

test('names of the object prototype are nothing special', () => {
  for (const name of ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString']) {
    const reading = readXml(bytes(`<r><${name}><x>1</x></${name}><y>2</y></r>`));
    if (reading.ok) assert.equal(text(reading.root, 'y'), '2');
    assert.equal(Object.hasOwn(Object.prototype, 'x'), false);
  }
  const reading = readXml(bytes('<r><y>2</y></r>'));
  assert(reading.ok);
  assert.deepEqual(children(reading.root, 'toString'), []);
  assert.equal(text(reading.root, 'constructor', 'name'), '');
});

test('prefixes, byte-order mark, comments, CDATA and the five entities are read', () => {
  const xml = `\ufeff<?xml version="1.0" encoding="UTF-8"?><!-- c --><n:r xmlns:n="urn:x">
    <n:a> &lt;&#20013;&#x6587;&amp;lt;&gt;&quot;&apos; </n:a><n:b><![CDATA[<&>]]></n:b></n:r>`;
  const reading = readXml(bytes(xml));
  assert(reading.ok);
  assert.equal(reading.name, 'r');
  assert.equal(text(reading.root, 'a'), `<中文&lt;>"'`);
  assert.equal(text(reading.root, 'b'), '<&>');
  assert.equal(child(reading.root, 'absent'), undefined);
});

test('one child or many are a list', () => {
  const one = readXml(bytes('<r><i><v>1</v></i></r>'));
  const many = readXml(bytes('<r><i><v>1</v></i><i><v>2</v></i></r>'));
  assert(one.ok && many.ok);
  assert.deepEqual(
    [one, many].map(({ root }) => children(root, 'i').map((item) => text(item, 'v'))),
    [['1'], ['1', '2']],
  );
});

test('no bytes make the reader throw', () => {
  const fragment = fc.constantFrom(
    ...['<', '>', '</', '/>', '<?xml ?>', '<a', '<a>', '</a>', '&amp;', '&#x;', ']]>', '<![CDATA['],
    ...[
      '<ProcessResult>',
      '</ProcessResult>',
      '<Result>',
      '<Info>',
      '</Info>',
      '"',
      ' x="1"',
      '中',
    ],
    ...['<SummaryResult>', '<DetailList>', '</DetailList>', '</SummaryResult>', '<!--', '-->'],
  );
  const xml = fc.array(fragment, { maxLength: 40 }).map((parts) => bytes(parts.join('')));
  fc.assert(
    fc.property(fc.oneof(xml, fc.uint8Array({ maxLength: 200 })), (content) => {
      const reading = readXml(content);
      if (!reading.ok) return;
      parseProcessResult(reading.name, reading.root);
      parseSummaryResult(reading.name, reading.root);
    }),
    { numRuns: 2000 },
  );
});

test('a result of the largest size allowed is read within seconds', () => {
  const info = '<Info><Code>E0201</Code><Parameter0>KA10000001</Parameter0></Info>';
  const count = Math.floor((XML_BYTES_MAX - 1000) / info.length);
  const before = performance.now();
  const reading = readXml(
    bytes(`<ProcessResult><Result>${info.repeat(count)}</Result></ProcessResult>`),
  );
  assert(reading.ok);
  assert.equal(parseProcessResult(reading.name, reading.root)?.infos.length, count);
  assert(performance.now() - before < 20_000);
});
