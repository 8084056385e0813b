/** Claims about the `kaili` command over real data folders, beside a running server and without one. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfiguration } from '../server/configuration.ts';
import { createLog } from '../server/log.ts';
import { type RunningServer, startServer } from '../server/start.ts';
import { runCommand } from './program.ts';

const root = mkdtempSync(join(tmpdir(), 'kaili-command-'));
const keyFile = join(root, 'master.key');
writeFileSync(keyFile, 'c'.repeat(64), { mode: 0o600 });
after(() => rmSync(root, { recursive: true, force: true }));

const HASH_KEY = 'hashKeyOfTheShop';
const SELLER = { ubn: '04595257', name: '示範商店', address: '臺北市中正區示範路1號' };
const ACCOUNT = {
  dialect: 'ecpay',
  id: '3000001',
  seller: SELLER.ubn,
  secrets: { hashKey: HASH_KEY, hashIv: 'hashIvOfTheShop_' },
};
const BOOK = { seller: SELLER.ubn, period: '11512', track: 'AB', first: 0, last: 49 };

function production(name: string): Record<string, string> {
  return {
    KAILI_MODE: 'production',
    KAILI_DATA_DIR: join(root, name),
    KAILI_MASTER_KEY_FILE: keyFile,
    KAILI_PORT: '0',
  };
}

interface Said {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

async function kaili(
  environment: Record<string, string>,
  words: readonly string[],
  document?: unknown,
): Promise<Said> {
  let output = '';
  let errors = '';
  const text = typeof document === 'string' ? document : JSON.stringify(document ?? null);
  const code = await runCommand(words, {
    environment,
    input: Readable.from([Buffer.from(text)]),
    print: (line) => {
      output += `${line}\n`;
    },
    printError: (line) => {
      errors += `${line}\n`;
    },
  });
  return { code, output, errors };
}

suite('set-up in production', () => {
  const environment = production('set-up');
  let server: RunningServer;
  before(async () => {
    for (const [what, document] of [
      ['seller', SELLER],
      ['account', ACCOUNT],
      ['book', BOOK],
    ] as const) {
      const said = await kaili(environment, [what, 'add', '--file', '-'], document);
      assert.equal(said.code, 0, said.errors);
    }
    server = await startServer(readConfiguration(environment), {
      log: createLog('silent', { write: () => {} }),
    });
  });
  after(() => server.close());

  const books = (token: string) =>
    fetch(`${server.url}/api/v1/sellers/${SELLER.ubn}/books`, {
      headers: { authorization: `Bearer ${token}` },
    });

  test('what was added is listed, without its secrets', async () => {
    assert.match((await kaili(environment, ['seller', 'list'])).output, /^04595257\t示範商店/);
    const { output } = await kaili(environment, ['account', 'list']);
    assert.equal(output, 'ecpay:3000001\tmerchant\t04595257\n');
  });

  test('booklets are split to a branch beside the running server', async () => {
    const branch = { ubn: '04595252', name: '示範商店高雄店' };
    const numbers = ['--period', '11512', '--track', 'AB', '--first', '00000000'];
    const words = ['book', 'split', '--seller', SELLER.ubn, '--branch', branch.ubn, ...numbers];
    const stranger = await kaili(environment, [...words, '--last', '00000049']);
    assert.equal(stranger.code, 1);
    assert.match(stranger.errors, /BRANCH_UNKNOWN/);
    const head = { ...SELLER, branches: [branch] };
    assert.equal((await kaili(environment, ['seller', 'add', '--file', '-'], head)).code, 0);
    assert.equal((await kaili(environment, [...words, '--last', '49'])).code, 1);
    const said = await kaili(environment, [...words, '--last', '00000049']);
    assert.equal(said.code, 0, said.errors);
    assert.match(said.output, /an E0401 is owed\n04595252 is no seller here/);
    const again = await kaili(environment, [...words, '--last', '00000049']);
    assert.match(again.output, /was its already/);
  });

  test('a token made beside the running server opens its seller until it is revoked', async () => {
    assert.equal((await books('')).status, 401);
    const made = await kaili(environment, ['token', 'add', '--seller', SELLER.ubn]);
    const token = made.output.trim();
    assert.equal(made.code, 0);
    assert.ok(!made.errors.includes(token));
    await until(async () => (await books(token)).status === 200);
    const id = /^token (\w+);/.exec(made.errors)?.[1] ?? '';
    assert.equal((await kaili(environment, ['token', 'revoke', id])).code, 0);
    await until(async () => (await books(token)).status === 401);
  });

  test('a token of one seller says of another what it says of none', async () => {
    const other = { ...SELLER, ubn: '04595252' };
    await kaili(environment, ['seller', 'add', '--file', '-'], other);
    const token = (await kaili(environment, ['token', 'add', '--seller', other.ubn])).output.trim();
    await until(async () => (await books(token)).status !== 401);
    const reply = await books(token);
    assert.equal(reply.status, 404);
    const unknown = await fetch(`${server.url}/api/v1/sellers/10458574/books`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(await reply.text(), await unknown.text());
  });

  test('verify finds the journal whole while the server runs', async () => {
    const { code, output } = await kaili(environment, ['verify']);
    assert.equal(code, 0);
    assert.match(output, /^2 entries of \d sellers: the journal is whole$/m);
  });
});

suite('what commands refuse', () => {
  const environment = production('refused');
  const wrong: readonly [string, string, unknown, RegExp][] = [
    ['a wrong check digit', 'seller', { ...SELLER, ubn: '12345678' }, /- ubn: /],
    ['a seller without address', 'seller', { ...SELLER, address: ' ' }, /- address: without it/],
    ['a misspelt member', 'seller', { ...SELLER, adress: 'x' }, /adress/],
    [
      'a short key',
      'account',
      { ...ACCOUNT, secrets: { hashKey: HASH_KEY.slice(1), hashIv: 'x' } },
      /- secrets\.hashKey: sixteen/,
    ],
    ['an unknown provider', 'account', { ...ACCOUNT, dialect: 'other' }, /- dialect: /],
    [
      'a platform with a seller',
      'account',
      { ...ACCOUNT, kind: 'platform' },
      /- seller: null for a platform/,
    ],
    ['an account of no seller', 'account', ACCOUNT, /kaili seller add first/],
    ['no JSON', 'account', `{"secrets":{"hashKey":"${HASH_KEY}"`, /is no JSON/],
    ['too much', 'account', ' '.repeat(70_000), /larger than/],
    ['half a booklet', 'book', { ...BOOK, last: 48 }, /refused|no .*kaili\.db/],
  ];
  for (const [what, command, document, expected] of wrong) {
    test(`${what} is named, and no key is shown`, async () => {
      const said = await kaili(environment, [command, 'add', '--file', '-'], document);
      assert.equal(said.code, 1);
      assert.match(said.errors, expected);
      assert.ok(!`${said.output}${said.errors}`.includes(HASH_KEY.slice(1)));
    });
  }

  test('a missing file, a missing option and an unknown word', async () => {
    const missing = await kaili(environment, ['seller', 'add', '--file', join(root, 'none.json')]);
    assert.match(missing.errors, /none\.json cannot be read \(ENOENT\)/);
    assert.equal(missing.code, 1);
    assert.equal((await kaili(environment, ['seller', 'add'])).code, 1);
    assert.equal((await kaili(environment, ['selller'])).code, 1);
    assert.equal((await kaili(environment, ['token', 'add'])).code, 1);
  });

  test('verify without data says where it looked and makes nothing', async () => {
    const said = await kaili(production('empty'), ['verify']);
    assert.equal(said.code, 1);
    assert.match(said.errors, /there is no .*empty.*kaili\.db/);
  });
});

suite('verify', () => {
  test('a changed byte is found and its entry named', async () => {
    const environment = { KAILI_DATA_DIR: join(root, 'verify'), KAILI_PORT: '0' };
    const log = createLog('silent', { write: () => {} });
    const server = await startServer(readConfiguration(environment), { log });
    await server.close();
    assert.equal((await kaili(environment, ['verify'])).code, 0);
    const path = join(root, 'verify', 'kaili.db');
    copyFileSync(path, `${path}.copy`);
    const database = new DatabaseSync(path);
    database.exec(
      "update entry set subject = subject || 'x' where seller = '22222229' and sequence = 2",
    );
    database.close();
    const said = await kaili(environment, ['verify']);
    assert.equal(said.code, 1);
    assert.match(said.errors, /^seller 22222229, entry 2: /);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const tries = 200;
  for (let n = 0; n < tries; n += 1) {
    if (await holds()) return;
    await sleep(50);
  }
  assert.fail('it did not come true within ten seconds');
}

suite('the production guide', () => {
  test('its JSON documents are taken as they stand', async () => {
    const guide = readFileSync(new URL('../../docs/guides/production.md', import.meta.url), 'utf8');
    const blocks = [...guide.matchAll(/^```json\n(.*?)^```/gms)].map(([, block = '']) => block);
    const inline = /<<'JSON'\n(.*?)\nJSON/s.exec(guide)?.[1] ?? '';
    const environment = production('guide');
    const [account, book] = blocks;
    for (const [what, document] of [
      ['seller', inline],
      ['account', account],
      ['book', book],
    ] as const) {
      const said = await kaili(environment, [what, 'add', '--file', '-'], document);
      assert.equal(said.code, 0, said.errors);
    }
    assert.equal(blocks.length, 2);
  });
});

suite('company register', () => {
  const environment = production('register');
  const CSV = '統一編號,營業人名稱\n04595257,示範商店\n';

  test('is imported from standard input or a file, with headings of its own', async () => {
    const first = await kaili(environment, ['company-register', 'import', '--file', '-'], CSV);
    assert.equal(first.code, 0, first.errors);
    assert.match(first.output, /^1 businesses imported, 0 rows/);
    const path = join(root, 'register.csv');
    writeFileSync(path, CSV.replace('營業人名稱', '公司名稱'));
    const words = ['company-register', 'import', '--file', path];
    assert.match((await kaili(environment, words)).errors, /no column is headed 營業人名稱/);
    const second = await kaili(environment, [...words, '--name-column', '公司名稱']);
    assert.equal(second.code, 0, second.errors);
  });

  test('a file that is not there or not UTF-8 is a problem, not a crash', async () => {
    const missing = join(root, 'nowhere.csv');
    const words = ['company-register', 'import', '--file', missing];
    assert.match((await kaili(environment, words)).errors, /cannot be read \(ENOENT\)/);
    writeFileSync(missing, Buffer.from([0xb2, 0xce, 0xa4, 0x40]));
    const { code, errors } = await kaili(environment, words);
    assert.equal(code, 1);
    assert.match(errors, /is not as expected/);
  });
});
