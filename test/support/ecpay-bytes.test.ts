/** The tests' own envelope gives the ciphertexts that ECPay publishes and that its server was seen to send. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decrypt, encrypt, MERCHANT_A, STYLES } from './ecpay-bytes.ts';

test("the encryption page's example comes out, in either hex case (doc 7958)", () => {
  const text = '{"Name":"Test","ID":"A123456789"}';
  assert.equal(
    encrypt(STYLES.php(text), MERCHANT_A),
    'uvI4yrErM37XNQkXGAgRgJAgHn2t72jahaMZzYhWL1HmvH4WV18VJDP2i9pTbC+tby5nxVExLLFyAkbjbS2Dvg==',
  );
  assert.equal(
    encrypt(STYLES.dotnet(text), MERCHANT_A),
    'ZD/z07UvdmL3aYz0tsVo+bFXF5VldNcns6ezyfea777KOmLiizrUNDYe+v1bh2QTT4AySf1NICgXxWXB6f7c6A==',
  );
});

test('a ciphertext opens to what went in', () => {
  const text = STYLES.javascript('{"CustomerName":"王 小明"}');
  assert.equal(decrypt(encrypt(text, MERCHANT_A), MERCHANT_A), text);
});
