/** Claims about settings: defaults, every bad value named, nothing secret shown. */
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { readConfiguration } from './configuration.ts';
import { StartRefused } from './start-refused.ts';

function problemsOf(environment: Record<string, string>): StartRefused['problems'] {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof StartRefused) return error.problems;
    throw error;
  }
  return [];
}

suite('configuration', () => {
  test('without settings it is a sandbox on 127.0.0.1:8787 with ./data', () => {
    const configuration = readConfiguration({});
    assert.equal(configuration.mode, 'sandbox');
    assert.equal(configuration.host, '127.0.0.1');
    assert.equal(configuration.port, 8787);
    assert.equal(configuration.dataFolder, resolve('data'));
    assert.equal(configuration.turnkeyFolder, join(resolve('data'), 'turnkey'));
    assert.equal(configuration.databaseUrl, null);
    assert.equal(configuration.publicUrl, null);
    assert.deepEqual(configuration.trustProxy, []);
  });

  test('an empty variable is one that is not set', () => {
    assert.deepEqual(
      readConfiguration({ KAILI_PORT: '', KAILI_HOST: ' ', KAILI_DATABASE_URL: '' }),
      readConfiguration({}),
    );
  });

  const bad: readonly [string, string][] = [
    ['KAILI_MODE', 'prod'],
    ['KAILI_PORT', '80a'],
    ['KAILI_PORT', '65536'],
    ['KAILI_PORT', '-1'],
    ['KAILI_PORT', '1e3'],
    ['KAILI_HOST', 'http://localhost'],
    ['KAILI_HOST', '300.1.1.1'],
    ['KAILI_HOST', '10.0.0'],
    ['KAILI_PUBLIC_URL', 'kaili.example'],
    ['KAILI_SMS_URL', 'ftp://sms.example'],
    ['KAILI_MAIL_FROM', 'invoice@shop.example'],
    ['KAILI_PUBLIC_URL', 'ftp://kaili.example'],
    ['KAILI_PUBLIC_URL', 'https://kaili.example/?a=1'],
    ['KAILI_PUBLIC_URL', 'https://user:word@kaili.example'],
    ['KAILI_TRUST_PROXY', 'true'],
    ['KAILI_TRUST_PROXY', '10.0.0.1,'],
    ['KAILI_TRUST_PROXY', '0.0.0.0/0'],
    ['KAILI_TRUST_PROXY', '10.0.0.0/33'],
    ['KAILI_DATABASE_URL', 'mysql://localhost/kaili'],
    ['KAILI_DATABASE_URL', 'localhost'],
    ['KAILI_MOF_SERVICE_URL', 'ftp://mof.example'],
    ['KAILI_CALLS_PER_MINUTE', '-1'],
    ['KAILI_CALLS_PER_MINUTE', 'many'],
    ['KAILI_CALLS_BLOCK_MINUTES', '0'],
    ['KAILI_CALLS_BLOCK_MINUTES', '1441'],
    ['KAILI_LOG_LEVEL', 'loud'],
    ['KAILI_OPERATOR_MAIL', 'operator'],
    ['KAILI_OPERATOR_MAIL', 'a@shop.example, b@shop.example'],
    ['KAILI_MASTER_KEY_FILE', '/etc/kaili/master.key'],
    ['KAILI_SANDBOX_TURNKEY_OUTSIDE', 'yes'],
  ];
  for (const [variable, value] of bad) {
    test(`${variable}=${value} is refused by name`, () => {
      const problems = problemsOf({ [variable]: value });
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.subject, variable);
      assert.notEqual(problems[0]?.mend, '');
    });
  }

  test('all bad values are named at once', () => {
    const subjects = problemsOf({ KAILI_PORT: 'x', KAILI_MODE: 'y', KAILI_LOG_LEVEL: 'z' });
    assert.deepEqual(subjects.map(({ subject }) => subject).sort(), [
      'KAILI_LOG_LEVEL',
      'KAILI_MODE',
      'KAILI_PORT',
    ]);
  });

  test('production without a master key file is refused', () => {
    const [problem] = problemsOf({ KAILI_MODE: 'production' });
    assert.equal(problem?.subject, 'KAILI_MASTER_KEY_FILE');
    assert.equal(problem?.found, 'is not set');
  });

  test('passwords in URLs are never shown', () => {
    const refusals = [
      ...problemsOf({ KAILI_DATABASE_URL: 'postgras://kaili:hunter2@db/kaili' }),
      ...problemsOf({ KAILI_PUBLIC_URL: 'https://kaili:hunter2@kaili.example' }),
      ...problemsOf({
        KAILI_SMTP_URL: 'http://kaili:hunter2@mail.example',
        KAILI_MAIL_FROM: 'invoice@shop.example',
      }),
    ];
    assert.equal(refusals.length, 3);
    assert.ok(!JSON.stringify(refusals).includes('hunter2'));
  });

  test('proxies may be addresses and networks of both families', () => {
    const { trustProxy } = readConfiguration({ KAILI_TRUST_PROXY: '10.0.0.5, fd00::/8,127.0.0.1' });
    assert.deepEqual(trustProxy, ['10.0.0.5', 'fd00::/8', '127.0.0.1']);
  });

  test('a public URL loses its trailing slash and keeps its path', () => {
    const { publicUrl } = readConfiguration({ KAILI_PUBLIC_URL: 'https://shop.example/invoice/' });
    assert.equal(publicUrl, 'https://shop.example/invoice');
  });

  test('a misspelt variable is reported, one of the tests is not', () => {
    const { unknownVariables } = readConfiguration({
      KAILI_PROT: '1',
      KAILI_TEST_LONG: '1',
      PATH: '',
    });
    assert.deepEqual(unknownVariables, ['KAILI_PROT']);
  });

  test('the sandbox may write outside only with both settings', () => {
    const first = { KAILI_SANDBOX_TURNKEY_OUTSIDE: 'allow' };
    const second = { KAILI_SANDBOX_TURNKEY_OUTSIDE_CONFIRM: '/srv/turnkey' };
    assert.equal(readConfiguration(first).sandboxTurnkeyOutside, null);
    assert.equal(readConfiguration(second).sandboxTurnkeyOutside, null);
    assert.equal(readConfiguration({ ...first, ...second }).sandboxTurnkeyOutside, '/srv/turnkey');
  });
});
