/** Claims about sealing: what is sealed opens only as itself, for its owner, with its key. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from './random.ts';
import { createSecretBox, SecretUnreadable } from './secret-box.ts';

const random = seededRandom('secret box');
const box = createSecretBox(random.bytes(32), random);

suite('secret box', () => {
  test('every text opens again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // Lone surrogates are no text and have no UTF-8.
        fc.pre(text.isWellFormed());
        assert.equal(box.open('ecpay:1', box.seal('ecpay:1', text)), text);
      }),
    );
  });

  test('the same secret is sealed differently each time and is not in the result', () => {
    const one = box.seal('ecpay:1', 'ejCk326UnaZWKisg');
    assert.notEqual(one, box.seal('ecpay:1', 'ejCk326UnaZWKisg'));
    assert.ok(!Buffer.from(one.slice(3), 'base64').includes('ejCk326UnaZWKisg'));
  });

  test('a sealed text moved to another account does not open', () => {
    const sealed = box.seal('ecpay:1', 'secret');
    assert.throws(() => box.open('ecpay:2', sealed), SecretUnreadable);
  });

  test('any changed byte is noticed', () => {
    const sealed = box.seal('ecpay:1', 'secret');
    const bytes = Buffer.from(sealed.slice(3), 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const text = `v1.${changed.toString('base64')}`;
      assert.throws(() => box.open('ecpay:1', text), SecretUnreadable);
    }
  });

  for (const text of [
    '',
    'v1.',
    'v1.AAAA',
    'v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'secret',
  ]) {
    test(`${JSON.stringify(text)} is no sealed text`, () => {
      assert.throws(() => box.open('ecpay:1', text), SecretUnreadable);
    });
  }

  test('another key does not open it and has another check value', () => {
    const other = createSecretBox(random.bytes(32), random);
    assert.throws(() => other.open('ecpay:1', box.seal('ecpay:1', 'secret')), SecretUnreadable);
    assert.notEqual(other.keyCheck, box.keyCheck);
  });

  test('a key of another length is refused', () => {
    assert.throws(() => createSecretBox(new Uint8Array(16), random), RangeError);
  });
});
