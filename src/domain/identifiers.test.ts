/**
 * Codes that are checked by their form: tax IDs, carriers, donation codes, invoice numbers.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCitizenCertificate, isMobileBarcode } from './carrier.ts';
import { parseDonationCode } from './donation-code.ts';
import { invoiceNumberAt, parseInvoiceNumber, parseTrack } from './invoice-number.ts';
import { parseUbn, ubn } from './ubn.ts';

/** MOF Fiscal Information Agency's rule of 2023, computed for numbers in public documents and samples. */
const TAX_IDS: Readonly<Record<string, 'valid' | 'check-digit'>> = {
  '04595257': 'valid',
  '04595252': 'valid',
  '10458575': 'valid',
  '10458574': 'valid',
  '10458570': 'valid',
  '12345675': 'valid',
  '12345676': 'valid',
  '12345670': 'valid',
  '12345677': 'check-digit',
  '12345678': 'check-digit',
  '53212539': 'valid',
  '61194605': 'valid',
  '22099131': 'valid',
  '04541302': 'valid',
  '24634102': 'valid',
  '96979933': 'valid',
  '00238778': 'valid',
  '00651474': 'valid',
  '40000070': 'valid',
  '00099007': 'valid',
  '11456006': 'valid',
  '89430377': 'valid',
  '26089959': 'check-digit',
  '90000011': 'check-digit',
  '90000099': 'check-digit',
  '00000000': 'check-digit',
};

for (const [text, expected] of Object.entries(TAX_IDS)) {
  test(`tax ID ${text}: ${expected}`, () => {
    assert.equal(parseUbn(text), expected === 'valid' ? text : expected);
  });
}

test('what is not eight digits is no tax ID', () => {
  for (const text of ['', '1234567', '123456789', '1234567a', '１２３４５６７５', ' 12345675']) {
    assert.equal(parseUbn(text), 'shape', text);
  }
  assert.throws(() => ubn('12345678'));
});

test('a changed digit of a tax ID is mostly noticed, never a reason to throw', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 8, maxLength: 8 });
  let valid = 0;
  fc.assert(
    fc.property(digits, (text) => {
      const parsed = parseUbn(text);
      assert.ok(parsed === text || parsed === 'check-digit');
      if (parsed === text) valid += 1;
    }),
    { numRuns: 2_000 },
  );
  // One in five holds, a little more for the rule about the 7.
  assert.ok(valid > 300 && valid < 600, String(valid));
});

test('a mobile barcode is a slash and seven of 39 characters, in capitals', () => {
  for (const text of ['/17MEWYP', '/U.5+A33', '/-F-K0PR', '/ABC1234']) {
    assert.ok(isMobileBarcode(text), text);
  }
  for (const text of [
    '/abc1234',
    '/ABC123',
    '/ABC12345',
    'ABC12345',
    '/ABC 123',
    '/ABC123\n',
    '',
  ]) {
    assert.ok(!isMobileBarcode(text), JSON.stringify(text));
  }
});

test('a citizen certificate is two capitals and fourteen digits', () => {
  assert.ok(isCitizenCertificate('AB12345678901234'));
  for (const text of [
    'ab12345678901234',
    'A112345678901234',
    'AB1234567890123',
    'AB123456789012345',
  ]) {
    assert.ok(!isCitizenCertificate(text), text);
  }
});

test('a donation code is three to seven digits, zeros in front included', () => {
  for (const text of ['919', '8999', '168001', '0012345', '000']) {
    assert.equal(parseDonationCode(text), text);
  }
  for (const text of ['', '12', '12345678', 'X12345', '１２３', '919 ']) {
    assert.equal(parseDonationCode(text), undefined, text);
  }
});

test('an invoice number is two capitals and eight digits, made from track and position', () => {
  const track = parseTrack('AB');
  assert.ok(track !== undefined);
  assert.equal(invoiceNumberAt(track, 0), 'AB00000000');
  assert.equal(parseInvoiceNumber(invoiceNumberAt(track, 99_999_999)), 'AB99999999');
  for (const position of [-1, 1.5, 100_000_000, Number.NaN]) {
    assert.throws(() => invoiceNumberAt(track, position), RangeError);
  }
  for (const text of ['ab12345678', 'A112345678', 'AB1234567', 'AB123456789', 'AB12345678\n']) {
    assert.equal(parseInvoiceNumber(text), undefined, JSON.stringify(text));
  }
});
