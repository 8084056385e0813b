/** Claims about who counts as a caller on this machine, named like a list of attacks. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { clientAddress, isLocalCaller } from './peer.ts';

suite('local caller', () => {
  const local: readonly [string, Record<string, string>][] = [
    ['127.0.0.1', { host: '127.0.0.1:8787' }],
    ['127.0.0.1', { host: 'localhost:8787' }],
    ['127.0.0.1', { host: 'LOCALHOST' }],
    ['::1', { host: '[::1]:8787' }],
    ['::ffff:127.0.0.1', { host: '127.0.0.1' }],
    ['127.0.0.1', { host: 'localhost:8787', origin: 'http://localhost:5173' }],
    ['127.0.0.1', { host: 'localhost', 'sec-fetch-site': 'same-site' }],
  ];
  for (const [socketAddress, headers] of local) {
    test(`${socketAddress} with ${JSON.stringify(headers)} is local`, () => {
      assert.ok(isLocalCaller({ socketAddress, headers }));
    });
  }

  const attacks: readonly [string, string | undefined, Record<string, string>][] = [
    ['another machine', '192.168.1.20', { host: '127.0.0.1' }],
    ['another machine that names itself', '::ffff:10.0.0.1', { host: 'localhost' }],
    ['a name that points at 127.0.0.1', '127.0.0.1', { host: 'evil.example:8787' }],
    ['a name that begins like one of ours', '127.0.0.1', { host: 'localhost.evil.example' }],
    ['an address in a name', '127.0.0.1', { host: '127.0.0.1.evil.example' }],
    ['no Host at all', '127.0.0.1', {}],
    ['a broken Host', '127.0.0.1', { host: 'localhost:8787:1' }],
    ['a form of another site', '127.0.0.1', { host: 'localhost', origin: 'https://evil.example' }],
    ['a page without an origin', '127.0.0.1', { host: 'localhost', origin: 'null' }],
    ['a cross-site request', '127.0.0.1', { host: 'localhost', 'sec-fetch-site': 'cross-site' }],
    ['a proxy on this machine', '127.0.0.1', { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }],
    ['an older proxy', '127.0.0.1', { host: 'localhost', via: '1.1 proxy' }],
    ['a closed socket', undefined, { host: 'localhost' }],
  ];
  for (const [what, socketAddress, headers] of attacks) {
    test(`${what} is not local`, () => assert.ok(!isLocalCaller({ socketAddress, headers })));
  }
});

suite('client address', () => {
  const cases: readonly [string | undefined, string][] = [
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:51234', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['unknown', ''],
    ['<script>', ''],
    [undefined, ''],
  ];
  for (const [given, expected] of cases) {
    test(`${given} is shown as ${JSON.stringify(expected)}`, () => {
      assert.equal(clientAddress(given), expected);
    });
  }
});
