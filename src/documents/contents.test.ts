/**
 * The codes' contents against the vectors of the Ministry's barcode specification and others that were
 * worked by hand, and their cutting at the codes' capacity as a property.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { line } from '../../test/support/demo.ts';
import { contentOf, SELLER_24634102 } from '../../test/support/document-contents.ts';
import { barcodeText, code39 } from './code39.ts';
import { checkField, deriveQrKey, parseQrKey, type QrKey } from './qr-key.ts';
import { qrSymbol } from './qr-symbol.ts';
import { certificateQr, fitsQr, formQr, QR_AMOUNT_MAX, QR_HEADER_CHARACTERS } from './qr-text.ts';

function hexOf(key: QrKey | undefined): string {
  return key === undefined ? '' : Buffer.from(key).toString('hex').toUpperCase();
}

function key(hex: string): QrKey {
  const parsed = parseQrKey(hex);
  assert(parsed !== undefined);
  return parsed;
}

const KEY_24634102 = deriveQrKey('24634102');
const KEY = deriveQrKey('12345678');

test('a pass-phrase gives the key that the Ministry’s tool derives', () => {
  assert.equal(hexOf(KEY_24634102), 'FE05F029154F6AA67A78B338ED2F6601');
  assert.equal(hexOf(KEY), '6647A889B4B5912BECB5D01065CCD670');
});

test('the check field is the published one for number and random code', () => {
  assert.equal(checkField(KEY_24634102, 'XF00001234', '9876'), 'CamotDNRUN8bVyY5S1BhFQ==');
  const ofTool = key('C03458ECE7485C884AC42D3ED8198A4C');
  assert.equal(checkField(ofTool, 'AA12345678', '1234'), 'x6f46bdpi2sKMV0j49SXcw==');
  assert.equal(checkField(KEY, 'AB11223344', '9999'), '30OSoKLsZNUs5XIjLwLGHQ==');
});

test('only 32 hex digits are a key', () => {
  for (const text of ['', 'FE05', `${'0'.repeat(31)}g`, '0'.repeat(33)]) {
    assert.equal(parseQrKey(text), undefined);
  }
});

test('the worked certificate of one item says what was worked out', () => {
  const content = contentOf(105, {
    seller: SELLER_24634102,
    number: 'AB11223344',
    issuedAt: '2025-12-01 10:20:30',
    randomNumber: '9999',
    lines: [line(1, '乾電池', '105')],
  });
  const { left, right, version } = certificateQr(content, KEY_24634102);
  assert.equal(
    left,
    'AB112233441141201999900000064000000690000000024634102ajrLaenbGmyWaZBdJk9diw==' +
      ':**********:1:1:1:乾電池:1:105',
  );
  assert.equal(right, '**');
  assert.equal(version, 6);
  assert.equal(Buffer.byteLength(left), 110);
  assert.equal(barcodeText(content), '11412AB112233449999');
});

test('the specification’s three items continue from the left code to the right one', () => {
  const lines = [line(1, '乾電池', '105'), line(2, '口罩', '210'), line(3, '牛奶', '25')];
  const content = contentOf(340, { lines });
  const { left, right } = certificateQr(content, KEY);
  const items = left.slice(QR_HEADER_CHARACTERS) + right.slice(2);
  assert.equal(items, ':**********:3:3:1:乾電池:1:105:口罩:1:210:牛奶:1:25');
  assert.equal(left.slice(21, 37), '0000014400000154');
});

test('in Base64 each code is decoded by itself, as the specification’s pair is', () => {
  const pair = ['5Lm+6Zu75rGg', 'OjE6MTA1OuWPo+e9qToxOjIxMDrniZvlpbY6MToyNQ=='];
  const decode = (text: string) => Buffer.from(text, 'base64').toString('utf8');
  const expected = '乾電池:1:105:口罩:1:210:牛奶:1:25';
  assert.equal(pair.map(decode).join(''), expected);
  const lines = [line(1, '乾電池', '105'), line(2, '口罩', '210'), line(3, '牛奶', '25')];
  const { left, right } = certificateQr(contentOf(340, { lines }), KEY, 'base64');
  const [head, text = ''] = left.slice(QR_HEADER_CHARACTERS).split(':2:');
  assert.equal(head, ':**********:3:3');
  assert.equal(decode(text) + decode(right.slice(2)), expected);
});

test('a company buyer’s header has its tax ID and the sales without tax', () => {
  const content = contentOf(100, {
    sense: 'tax-included',
    buyer: { ubn: '53538851', name: '測試股份有限公司' },
  });
  const { left } = certificateQr(content, KEY);
  assert.equal(left.slice(21, 53), '0000005f00000064' + '5353885112345675');
});

test('what cannot be separated from its tax is written as nothing, what has none as it is', () => {
  const special = contentOf(125, { invoiceType: '08', taxType: '4', specialTaxCode: 1 });
  assert.equal(certificateQr(special, KEY).left.slice(21, 37), '000000000000007d');
  const exempt = contentOf(100, { taxType: '3' });
  assert.equal(certificateQr(exempt, KEY).left.slice(21, 37), '0000006400000064');
});

test('an invoice of an exchange, without random code, has four blanks', () => {
  const content = contentOf(100, { randomNumber: '' });
  assert.equal(certificateQr(content, KEY).left.slice(17, 21), '    ');
});

test('a provider’s form shows two items and hides a consumer’s sales amount', () => {
  const lines = ['item01', 'item02', 'item03'].map((name, at) => line(at + 1, name, '50'));
  const form = { itemsMax: 2, isSalesHiddenForConsumers: true };
  const { left, right } = formQr(contentOf(150, { lines }), KEY, form);
  assert.equal(left.slice(21, 37), '0000000000000096');
  assert.equal(left.slice(QR_HEADER_CHARACTERS), ':**********:2:3:1:item01:1:50:');
  assert.equal(right, '**item02:1:50');
  const company = contentOf(100, { buyer: { ubn: '53538851', name: '測試' } });
  const one = formQr(company, KEY, form);
  assert.equal(one.left.slice(21, 37), '0000005f00000064');
  assert.equal(one.right, '**');
});

test('a colon in a name does not end it', () => {
  const content = contentOf(50, { lines: [line(1, '組合:紅:大', '50')] });
  assert.match(certificateQr(content, KEY).left, /:1:1:1:組合：紅：大:1:50$/);
});

test('the largest total that eight hexadecimal digits state fits, and no larger one', () => {
  assert.equal(fitsQr(contentOf(QR_AMOUNT_MAX)), true);
  assert.equal(certificateQr(contentOf(QR_AMOUNT_MAX), KEY).left.slice(29, 37), 'ffffffff');
  assert.equal(fitsQr(contentOf(QR_AMOUNT_MAX + 1)), false);
});

test('a name longer than both codes is left out, and the counts say so', () => {
  const content = contentOf(50, { lines: [line(1, '長'.repeat(500), '50')] });
  const { left, right } = certificateQr(content, KEY);
  assert.match(left, /:0:1:1:$/);
  assert.equal(right, '**');
});

test('999 items are cut after a whole one, and the counts say how many there are', () => {
  const lines = Array.from({ length: 999 }, (_, at) => line(at + 1, `商品${at + 1}`, '1'));
  const { left, right, version } = certificateQr(contentOf(999, { lines }), KEY);
  const items = (left.slice(QR_HEADER_CHARACTERS) + right.slice(2)).split(':');
  const [, , recorded, total] = items;
  assert.equal(total, '999');
  assert.equal(items.length - 5, Number(recorded) * 3);
  assert(Number(recorded) >= 20, `${recorded} recorded`);
  assert.equal(version, 10);
});

test('whatever the items, both codes hold their text in one version, cut after whole items', () => {
  const names = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(names, fc.constantFrom('utf-8', 'base64'), (descriptions, encoding) => {
      const lines = descriptions.map((name, at) => line(at + 1, name.toWellFormed(), '3'));
      const content = contentOf(3 * lines.length, { lines });
      const { left, right, version } = certificateQr(content, KEY, encoding);
      const [first, second] = [qrSymbol(left, version), qrSymbol(right, version)];
      assert.equal(first.size, second.size);
      assert.equal(first.size, 17 + 4 * version);
      const text = (part: string) =>
        encoding === 'utf-8' ? part : Buffer.from(part, 'base64').toString('utf8');
      const head = /^:\*{10}:(\d+):(\d+):[12]:/.exec(left.slice(QR_HEADER_CHARACTERS));
      assert(head !== null);
      const rest = left.slice(QR_HEADER_CHARACTERS + head[0].length);
      const recorded = Number(head[1]);
      const all = content.lines.map(
        (each) => `${each.description.replaceAll(':', '：')}:${each.quantity}:${each.unitPrice}`,
      );
      assert.equal(text(rest) + text(right.slice(2)), all.slice(0, recorded).join(':'));
      assert.equal(Number(head[2]), lines.length);
    }),
  );
});

test('Code 39 takes its own alphabet only, and every character is as wide as another', () => {
  const bars = code39('11412AB112233449999');
  assert.equal(bars.total, 21 * 15 + 20);
  assert.equal(bars.widths.length, 21 * 10 - 1);
  assert.throws(() => code39('ab'), RangeError);
  assert.throws(() => code39('A*B'), RangeError);
});
