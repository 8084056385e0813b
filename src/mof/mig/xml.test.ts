/** Text in and out of XML, and files that mean harm. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkAgainstSchema, SCHEMA_PATH } from '../../../test/support/mig-schema.ts';
import { requireReference } from '../../../test/support/reference.ts';
import { checkTable } from './check-table.ts';
import { F0501 } from './f0501.ts';
import { readMessage } from './read-message.ts';
import { writeMessage } from './write-message.ts';
import { escapeXml, isXmlText, unescapeXml, withoutForbidden } from './xml-text.ts';

const VALUE = {
  CancelInvoiceNumber: 'KA10000001',
  InvoiceDate: '20261121',
  BuyerId: '0000000000',
  SellerId: '12345675',
  CancelDate: '20261122',
  CancelTime: '10:00:00',
  CancelReason: '訂單取消',
};
const XML = writeMessage(F0501, VALUE);
/** Any string at all: control characters, halves of surrogate pairs, markup. */
const ANY_TEXT = fc.string({ unit: 'binary', maxLength: 20 });

function rulesOf(xml: string): readonly string[] {
  return readMessage(F0501, xml).problems.map(({ rule }) => rule);
}

test('any text, once freed of what XML cannot carry, comes back as it was', () => {
  fc.assert(
    fc.property(ANY_TEXT, (text) => {
      const carried = withoutForbidden(text);
      assert(isXmlText(carried));
      const read = readMessage(F0501, writeMessage(F0501, { ...VALUE, Remark: carried }));
      assert.deepEqual(read, { value: { ...VALUE, Remark: carried }, problems: [] });
    }),
    { numRuns: 500 },
  );
});

test('a text that XML can carry is not changed, character for character', () => {
  const text = '\t\n\r <&>"\' ]]> 中文字 𠮷 \u0085\u2028\ufffd';
  assert.equal(withoutForbidden(text), text);
  assert.equal(unescapeXml(escapeXml(text)), text);
});

test('controls, non-characters and half surrogates become blanks, one each', () => {
  assert.equal(withoutForbidden('a\u0000b\u001fc\ufffed\uffffe\ud800f\udc00g'), 'a b c d e f g');
});

test('the writer refuses to write what XML cannot carry, and the table tells of it', () => {
  const value = { ...VALUE, Remark: 'a\u0008b' };
  assert.throws(() => writeMessage(F0501, value), /cannot carry/);
  const problems = checkTable(F0501, value);
  assert.deepEqual(
    problems.map(({ rule, element }) => [rule, element]),
    [['MIG-CHARACTER', 'Remark']],
  );
});

test('what the writer writes of any text is well-formed and valid for the schema', async (t) => {
  if (requireReference(t, ...SCHEMA_PATH) === null) return;
  await fc.assert(
    fc.asyncProperty(fc.array(ANY_TEXT, { minLength: 40, maxLength: 40 }), async (texts) => {
      const xmls = texts.map((text) =>
        writeMessage(F0501, { ...VALUE, Remark: withoutForbidden(text) }),
      );
      const errors = await Promise.all(xmls.map(checkAgainstSchema));
      assert.deepEqual(errors.flat(), []);
    }),
    { numRuns: 5 },
  );
});

test('a byte-order mark, comments and CDATA read as XML says', () => {
  const xml = `\ufeff${XML.replace('訂單取消', '<!-- why --><![CDATA[A&amp;B <]]>')}`;
  assert.equal(readMessage(F0501, xml).value?.CancelReason, 'A&amp;B <');
  assert.deepEqual(rulesOf(xml), []);
});

test('line ends of other systems read as line feeds', () => {
  const xml = XML.replaceAll('\n', '\r\n').replace('訂單取消', '一\r\n二');
  assert.equal(readMessage(F0501, xml).value?.CancelReason, '一\n二');
});

const HOSTILE: readonly (readonly [string, string])[] = [
  ['a document type', XML.replace('?>', '?><!DOCTYPE CancelInvoice>')],
  [
    'entities that multiply',
    XML.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
  ],
  [
    'an external entity',
    XML.replace('?>', '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
  ],
  ['an entity nobody defined', XML.replace('訂單取消', '&reason;')],
  ['a number that is no character', XML.replace('訂單取消', '&#0;')],
  ['a number beyond all characters', XML.replace('訂單取消', '&#x110000;')],
  ['half a surrogate pair', XML.replace('訂單取消', '&#xD800;')],
  ['a bare ampersand', XML.replace('訂單取消', 'A & B')],
  ['another message', XML.replaceAll('F0501', 'F0701')],
  [
    'another root',
    XML.replaceAll('CancelInvoice>', 'Invoice>').replace('<CancelInvoice ', '<Invoice '),
  ],
  ['no namespace', XML.replace(/ xmlns="[^"]*"/, '')],
  ['two roots', `${XML}${XML.slice(XML.indexOf('\n'))}`],
  ['a cut file', XML.slice(0, -20)],
  ['nothing', ''],
  ['no XML', '{"InvoiceNumber":"KA10000001"}'],
  [
    'a prototype for an element',
    XML.replace('</CancelInvoice>', '<__proto__><x>1</x></__proto__></CancelInvoice>'),
  ],
  ['a very deep file', XML.replace('訂單取消', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`)],
];

for (const [what, xml] of HOSTILE) {
  test(`${what} is told of, and nothing throws`, () => {
    assert.notDeepEqual(rulesOf(xml), []);
  });
}
