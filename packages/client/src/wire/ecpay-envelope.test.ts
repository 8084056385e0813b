/**
 * The cipher against ECPay's published sample (doc 7958), replies and requests recorded on stage in
 * 2026-08, and the styles of the public client families; then everything that is no ciphertext.
 */

import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { requireReference } from '../../../../test/support/reference.ts';
import { DataError, decodeData, ecpayKeys, encodeData, urlEncode } from './ecpay-envelope.ts';

const HASH_KEY = 'ejCk326UnaZWKisg';
const HASH_IV = 'q9jcZX8Ib9LM8wYk';
const KEYS = ecpayKeys(HASH_KEY, HASH_IV);

/** Encrypts text as it stands: what a client of another URL-encoding sends. */
function encrypt(plain: string | Uint8Array, key = HASH_KEY, iv = HASH_IV): string {
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

function decrypt(data: string): string {
  const decipher = createDecipheriv('aes-128-cbc', HASH_KEY, HASH_IV);
  return Buffer.concat([decipher.update(data, 'base64'), decipher.final()]).toString('latin1');
}

const V1_JSON = '{"Name":"Test","ID":"A123456789"}';
const V1_UPPER =
  'uvI4yrErM37XNQkXGAgRgJAgHn2t72jahaMZzYhWL1HmvH4WV18VJDP2i9pTbC+tby5nxVExLLFyAkbjbS2Dvg==';
const V1_LOWER =
  'ZD/z07UvdmL3aYz0tsVo+bFXF5VldNcns6ezyfea777KOmLiizrUNDYe+v1bh2QTT4AySf1NICgXxWXB6f7c6A==';

test('the official sample decodes from both hex cases and is written in lower case', () => {
  assert.equal(decodeData(V1_UPPER, KEYS), V1_JSON);
  assert.equal(decodeData(V1_LOWER, KEYS), V1_JSON);
  assert.equal(encodeData(V1_JSON, KEYS), V1_LOWER);
  assert.equal(urlEncode(V1_JSON), '%7b%22Name%22%3a%22Test%22%2c%22ID%22%3a%22A123456789%22%7d');
});

test('the official sample under another key decodes with that key alone', () => {
  const data =
    '7woM9RorZKAtXJRVccAb0qhHYm+5lnlhBzyfh5EZdNck7PacNsRHgv/Jvp//ajJidqcQcs0UmAgPQVjXQHeziw==';
  assert.equal(decodeData(data, ecpayKeys('A123456789012345', 'B123456789012345')), V1_JSON);
  assert.throws(() => decodeData(data, KEYS), DataError);
});

const V2_VALUE = {
  MerchantID: '2000132',
  CustomerName: '王 小明',
  InvoiceRemark: "!*()'~ 100% A+B & C/D",
};
const V2_STYLES = {
  '.NET UrlEncode':
    'd+pet3zMJsApWM7Rq+qv3V+ZcNLojHo8TWvS6AcZpU+uqeHGYEikMqKjYM/GQYnWM6GJ7r6xJjf/hmgbbs3FNnk355Fiyxs+u11KL0jDQa7pYd2CtzLJiC35xilJB5ISWh+bXDZumvvqF1K2Eky5SWKl9j+BV3AAtCZqD+wa/iestE1MJw5Ix8SRygJ0NHkQmhExFRkgiGen0Vy4E8nJ8VqFQsr76NgA1Nyp38eqYWA=',
  'PHP urlencode':
    'XeEOdHpTRvxKEqs/JD9RSd16s7VtpyWVCN6AV44pKTVeZrPYgwZSNoHuTpr+a07a6rDxEZHTmGWGtgTcBcdy5d6tooh6tTOK6lZEusN0JM8qqkq/Iat86FKMhP/BkkCxvHsKlDzbZQsH+sKKMtsw47LusSxCn59e8Fw0Ou78vNsuqeZ+WxlalMtPZCByFz5W2n2wVECiNStYbm83rEFtR3BBx73poxOwi1PAr+KN/Jo=',
  encodeURIComponent:
    'XeEOdHpTRvxKEqs/JD9RSd16s7VtpyWVCN6AV44pKTVeZrPYgwZSNoHuTpr+a07aV2wY22w8DtOT6a7nUQpE0FtAv6YVdq/8s6LIHrXKDiA5vlRq6BEupc28+t7DJ/GjJ/HjmRGmLjJKFigxbNU3897jOscQiWM48iQz2bUfyxZzAOMv9BnVLewiC3EFPsmTMGiUXcChzf9s5BJA5Bj/P+AIdLJXakF3DwfXtwo1us4=',
  'Python quote':
    'XeEOdHpTRvxKEqs/JD9RSd16s7VtpyWVCN6AV44pKTVeZrPYgwZSNoHuTpr+a07aV2wY22w8DtOT6a7nUQpE0FtAv6YVdq/8s6LIHrXKDiA5vlRq6BEupc28+t7DJ/GjJ/HjmRGmLjJKFigxbNU38/S/k+Asn7RurNeQRGJp+EqMmYSJZpFEk4KPDOkiWf9/t0hLp1BKY/RY7QippJ1sAHjZRNmHsguAQEs5ytbkWJE=',
};

for (const [style, data] of Object.entries(V2_STYLES)) {
  test(`Chinese, blanks and symbols decode from ${style}`, () => {
    assert.deepEqual(JSON.parse(decodeData(data, KEYS)), V2_VALUE);
  });
}

test('what is written is the .NET style, byte for byte', () => {
  const json = JSON.stringify(V2_VALUE);
  assert.equal(
    urlEncode(json),
    '%7b%22MerchantID%22%3a%222000132%22%2c%22CustomerName%22%3a%22%e7%8e%8b+%e5%b0%8f%e6%98%8e%22%2c%22InvoiceRemark%22%3a%22!*()%27%7e+100%25+A%2bB+%26+C%2fD%22%7d',
  );
  assert.equal(encodeData(json, KEYS), V2_STYLES['.NET UrlEncode']);
});

test("stage's recorded Issue reply is reproduced byte for byte", () => {
  const json =
    '{"RtnCode":1,"RtnMsg":"開立發票成功","InvoiceNo":"LA25008597","InvoiceDate":"2026-08-15 23:28:58","RandomNumber":"6049"}';
  const url =
    '%7b%22RtnCode%22%3a1%2c%22RtnMsg%22%3a%22%e9%96%8b%e7%ab%8b%e7%99%bc%e7%a5%a8%e6%88%90%e5%8a%9f%22%2c%22InvoiceNo%22%3a%22LA25008597%22%2c%22InvoiceDate%22%3a%222026-08-15+23%3a28%3a58%22%2c%22RandomNumber%22%3a%226049%22%7d';
  const data =
    '6xafbXXjyQnBuHWKr5nDl3elIhyu1OUPiZsXnreThwQMIYbPFyWZHL9ALxDT9maQm1zzov+o2Suh56+NpeqrtK7A6EwTVdAJGbl/4ATxEScKukTLEjpSflzkNBeN513sqfGsjM8REOlO29AJFOeRnrOo5432DG/4QTh9AKByqLSlhPUF3m8JVtD2PCjzFD+GIb7xK0NFqRMpkflmXMJAZ0HAcXyVf5L+yKaLVlOPxXU9i3+pcssi1OfRGwfnwCT9VAK7OQzLXPPZYGD4JLEIiSautMmwmU3DJbXkjE9UAVWEGHpA7xiH0jSBhzg9d1mu';
  assert.equal(urlEncode(json), url);
  assert.equal(encodeData(json, KEYS), data);
  assert.equal(decodeData(data, KEYS), json);
});

test('a recorded GetIssue request decodes', () => {
  const data =
    'XeEOdHpTRvxKEqs/JD9RSd16s7VtpyWVCN6AV44pKTUBUbt3mZEoyD3XQjjBRhcwkHFXPz+AMdsNxNp8QV/Nw+ug2oyYaqOjlAjgqjVwHtYyvWjr/cXcyIWI5L9dF4w7PgJjcX+k6m8f/oKDS6N766715hVaj+91r2UJtQT2YkY=';
  assert.equal(
    decodeData(data, KEYS),
    '{"MerchantID":"2000132","InvoiceNo":"ZZ00000000","InvoiceDate":"2026-08-15"}',
  );
});

test('small payloads of other clients agree', () => {
  assert.equal(encodeData('{"a":1}', KEYS), 'GnpdFuAYZzKPghwgjwaxrwiQQYnT2LIzACtF7pm98Sk=');
  const data =
    'XeEOdHpTRvxKEqs/JD9RSd16s7VtpyWVCN6AV44pKTW3DVa6yI7vKmjBRp2eulDhXoru/qBqFDBH3fEqlkMn3bbJfJBfGAq+v+SvttutYnc=';
  assert.deepEqual(JSON.parse(decodeData(data, KEYS)), {
    MerchantID: '2000132',
    BarCode: '/1234567',
  });
});

test('the text that stage echoed unchanged in 2026-09 survives', () => {
  const text = JSON.stringify(`全部!混~合*(字).-_%+&=/:'"測試ABC123 空格`);
  assert.equal(decodeData(encodeData(text, KEYS), KEYS), text);
});

test('recorded requests of the official SDKs decode to their plaintext', (t) => {
  const folder = requireReference(t, 'ecpay-requests');
  if (folder === null) return;
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.ok(files.length >= 8);
  for (const name of files) {
    const sample = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    assert.equal(decodeData(encrypt(sample.data_before_aes), KEYS), sample.data_plaintext, name);
    assert.equal(
      decrypt(encodeData(sample.data_plaintext, KEYS)),
      urlEncode(sample.data_plaintext),
    );
  }
});

test('a text does not depend on those before it, whatever their number, size and faults', () => {
  const other = ecpayKeys('A123456789012345', 'B123456789012345');
  for (let size = 0; size < 200; size += 1) {
    const text = `{"Name":"${'測'.repeat(size % 7)}${'x'.repeat(size)}"}`;
    const written = encodeData(text, KEYS);
    assert.equal(
      written,
      encrypt(urlEncode(text)),
      `text ${size} is written as if it were the first`,
    );
    assert.throws(() => decodeData(encodeData(text, other), KEYS), DataError);
    assert.throws(() => decodeData(written.slice(4), KEYS), DataError);
    assert.equal(decodeData(written, KEYS), text, `text ${size} is read as if it were the first`);
  }
});

test('a percent sign without two hex digits stays as it is', () => {
  for (const text of ['100%', '%', '%4', '%zz', '%%', 'a%2', '%u4e2d', '%-1', '% 1']) {
    assert.equal(decodeData(encrypt(text), KEYS), text, text);
  }
  assert.equal(decodeData(encrypt('%%41'), KEYS), '%A');
});

test('JSON that was never URL-encoded decodes, also with raw UTF-8 and a byte order mark', () => {
  assert.equal(decodeData(encrypt('{"a":"中"}'), KEYS), '{"a":"中"}');
  assert.equal(decodeData(encrypt('\ufeff{}'), KEYS), '{}');
});

test('Base64 with line breaks decodes, as MIME-style encoders write it', () => {
  const broken = V1_LOWER.replace(/.{60}/g, '$&\r\n');
  assert.equal(decodeData(`${broken}\n`, KEYS), V1_JSON);
});

function faultOf(data: string): string {
  try {
    decodeData(data, KEYS);
  } catch (error) {
    assert.ok(error instanceof DataError);
    return error.fault;
  }
  return 'none';
}

test('what is no ciphertext is refused by name of the step', () => {
  assert.equal(faultOf(''), 'length');
  assert.equal(faultOf('AAAA'), 'length');
  assert.equal(faultOf('not base64!'), 'base64');
  assert.equal(faultOf(V1_LOWER.slice(0, -1)), 'base64');
  assert.equal(faultOf(V1_LOWER.replace('/', '*')), 'base64');
  assert.equal(faultOf(`${V1_LOWER.slice(0, 8)}==${V1_LOWER.slice(10)}`), 'base64');
  assert.equal(faultOf(V1_JSON), 'base64');
  assert.equal(faultOf(encrypt('{}', HASH_KEY, HASH_KEY)), 'padding');
});

test('every wrong padding is refused', () => {
  const unpadded = (bytes: Uint8Array): string => {
    const cipher = createCipheriv('aes-128-cbc', HASH_KEY, HASH_IV).setAutoPadding(false);
    return cipher.update(bytes).toString('base64');
  };
  const ending = (...bytes: readonly number[]): string =>
    unpadded(Uint8Array.from([...Buffer.alloc(16 - bytes.length, '0'), ...bytes]));
  assert.equal(faultOf(ending(0)), 'padding');
  assert.equal(faultOf(ending(17)), 'padding');
  assert.equal(faultOf(ending(255)), 'padding');
  assert.equal(faultOf(ending(1, 2)), 'padding');
  assert.equal(faultOf(ending(3, 2, 3)), 'padding');
  assert.equal(faultOf(ending(2, 2)), 'none');
  assert.equal(decodeData(unpadded(Buffer.alloc(16, 16)), KEYS), '');
});

test('broken UTF-8 is refused, not patched', () => {
  for (const hex of ['%ff', '%c3', '%e4%b8', '%c0%80', '%ed%a0%80', '%f4%90%80%80']) {
    assert.equal(faultOf(encrypt(`{"a":"${hex}"}`)), 'utf8', hex);
  }
  assert.equal(faultOf(encrypt(Uint8Array.of(0x7b, 0xff, 0x7d))), 'utf8');
});

test('a lone surrogate in the text becomes U+FFFD; escaped by JSON.stringify it survives', () => {
  assert.equal(decodeData(encodeData('"\ud800"', KEYS), KEYS), '"\ufffd"');
  const escaped = JSON.stringify('\ud800');
  assert.equal(JSON.parse(decodeData(encodeData(escaped, KEYS), KEYS)), '\ud800');
});

test('a key with a trailing blank is the key, and errors never show one', () => {
  const data = encodeData('{}', ecpayKeys(`${HASH_KEY} `, `${HASH_IV}\n`));
  assert.equal(data, encodeData('{}', KEYS));
  for (const bad of ['', 'short', 'seventeen-letters', 'ejCk326UnaZWKis開']) {
    assert.throws(
      () => ecpayKeys(bad, HASH_IV),
      (error: Error) => error instanceof RangeError && !error.message.includes(bad || 'ejCk'),
    );
  }
});
