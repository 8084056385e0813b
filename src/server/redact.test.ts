/** Claims about the log's second line of defence. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { redact } from './redact.ts';

suite('redact', () => {
  const personal: readonly [string, string][] = [
    ['an e-mail', 'mail to someone.else+x@example.com.tw failed'],
    ['a mobile number', 'phone 0912345678 is short'],
    ['a mobile number with country code', 'phone +886912345678'],
    ['a mobile barcode', 'carrier /ABC+12. unknown'],
    ['a citizen certificate', 'carrier AB12345678901234 unknown'],
  ];
  for (const [what, text] of personal) {
    test(`${what} inside a text is masked`, () => {
      assert.match(String(redact(text)), /\[redacted\]/);
      assert.match(JSON.stringify(redact({ faults: [{ hint: text }] })), /\[redacted\]/);
    });
  }

  test('members with telling names are masked whatever they hold', () => {
    const facts = {
      HashKey: 'a',
      hash_iv: 'b',
      CustomerEmail: 1,
      nested: { Salt: 'c' },
      RtnCode: 1,
    };
    assert.deepEqual(redact(facts), {
      HashKey: '[redacted]',
      hash_iv: '[redacted]',
      CustomerEmail: '[redacted]',
      nested: { Salt: '[redacted]' },
      RtnCode: 1,
    });
  });

  for (const text of [
    '/B2CInvoice/Issue',
    'AB12345678',
    'seller 12345675 of 11512',
    'amount 1000000000 expected',
    'lines[2].amount: expected 100, got 101',
    '2026-11-21T21:14:00+08:00',
    'e92fd107-f1f0-8fc8-a000-091234567890',
  ]) {
    test(`${text} passes as it is`, () => assert.equal(redact(text), text));
  }

  test('facts themselves stay as they were', () => {
    const facts = { dialect: 'ecpay', token: 'x', inner: { phone: '0912345678', code: 1 } };
    const before = structuredClone(facts);
    assert.deepEqual(redact(facts), {
      dialect: 'ecpay',
      token: '[redacted]',
      inner: { phone: '[redacted]', code: 1 },
    });
    assert.deepEqual(facts, before);
  });

  test('a text without end is cut', () => {
    assert.ok(String(redact('x'.repeat(100_000))).length < 3_000);
  });
});
