/** Claims about the process: signals, exit codes, what it says when it does not start. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../test/support/bare-environment.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/** Blocks of 512 or 1,024 bytes, as the shell counts. */
const FILE_BLOCKS_MAX = 3_000;
/** Every test starts a few processes, of a second each; many more where tests share a machine. */
const TEST_MS_MAX = 120_000;
const root = mkdtempSync(join(tmpdir(), 'kaili-main-'));
const children = new Set<ChildProcess>();
after(() => rmSync(root, { recursive: true, force: true }));
// A test that fails half-way must not leave a server behind.
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});
let count = 0;

function newFolder(): string {
  count += 1;
  return join(root, String(count));
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function launch(
  environment: Record<string, string>,
  words: readonly string[] = [],
  { shell = 'exec "$0" "$@"' } = {},
) {
  const child = spawn('sh', ['-c', shell, process.execPath, MAIN, ...words], {
    env: { ...bareEnvironment(), KAILI_PORT: '0', ...environment },
  });
  children.add(child);
  let output = '';
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const url = Promise.withResolvers<string>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const listening = /"msg":"Kaili listens on ([^"]+)"/.exec(output)?.[1];
    if (listening !== undefined) url.resolve(listening);
  });
  const ended = once(child, 'close').then(([code]): Ended => {
    children.delete(child);
    url.reject(new Error(`it ended before it listened:\n${output}${errors}`));
    return { code, output, errors };
  });
  // Only some tests wait for the address.
  url.promise.catch(() => {});
  return { child, url: url.promise, ended };
}

async function stop({ child, ended }: ReturnType<typeof launch>): Promise<Ended> {
  child.kill('SIGTERM');
  return ended;
}

async function refusal(environment: Record<string, string>): Promise<string> {
  const { code, errors } = await launch(environment).ended;
  assert.equal(code, 2, errors);
  assert.match(errors, /^Kaili does not start:\n- /);
  return errors;
}

suite('the process', { timeout: TEST_MS_MAX }, () => {
  test('SIGTERM drains and exits 0; a second start continues with the same data', async () => {
    const dataFolder = newFolder();
    const first = launch({ KAILI_DATA_DIR: dataFolder });
    const put = await fetch(`${await first.url}/sandbox/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"advanceSeconds":86400}',
    });
    assert.equal(put.status, 200);
    const journal = await (
      await fetch(`${await first.url}/api/v1/sellers/12345675/journal`)
    ).text();
    assert.equal((await stop(first)).code, 0);
    const second = launch({ KAILI_DATA_DIR: dataFolder });
    const clock = await (await fetch(`${await second.url}/sandbox/clock`)).text();
    assert.match(clock, /"offsetSeconds":86400\b/);
    assert.equal(
      await (await fetch(`${await second.url}/api/v1/sellers/12345675/journal`)).text(),
      journal,
    );
    const { code, output } = await stop(second);
    assert.equal(code, 0);
    assert.match(output.trimEnd().split('\n').at(-1) ?? '', /"msg":"stopped"/);
  });

  test('a second Kaili in the same folder is refused, and so is a port in use', async () => {
    const dataFolder = newFolder();
    const first = launch({ KAILI_DATA_DIR: dataFolder });
    const { port } = new URL(await first.url);
    const inFolder = await refusal({ KAILI_DATA_DIR: dataFolder });
    assert.match(inFolder, new RegExp(`process ${first.child.pid} uses it`));
    const onPort = await refusal({ KAILI_DATA_DIR: newFolder(), KAILI_PORT: port });
    assert.match(onPort, new RegExp(`KAILI_PORT ${port}: another program listens`));
    assert.equal((await fetch(`${await first.url}/readyz`)).status, 200);
    await stop(first);
  });

  test('after kill -9 it starts again', async () => {
    const dataFolder = newFolder();
    const first = launch({ KAILI_DATA_DIR: dataFolder });
    await first.url;
    first.child.kill('SIGKILL');
    await first.ended;
    const second = launch({ KAILI_DATA_DIR: dataFolder });
    assert.equal((await fetch(`${await second.url}/readyz`)).status, 200);
    assert.equal((await stop(second)).code, 0);
  });

  test('the other mode and the wrong key are named', async () => {
    const dataFolder = newFolder();
    const keys = newFolder();
    mkdirSync(keys);
    const keyFile = (name: string, digit: string) => {
      const path = join(keys, name);
      writeFileSync(path, digit.repeat(64), { mode: 0o600 });
      return path;
    };
    const production = {
      KAILI_DATA_DIR: dataFolder,
      KAILI_MODE: 'production',
      KAILI_MASTER_KEY_FILE: keyFile('right', 'a'),
    };
    const first = launch(production);
    const url = await first.url;
    // What only the sandbox has is not there.
    assert.equal((await fetch(`${url}/sandbox/status`)).status, 404);
    assert.equal((await fetch(`${url}/api/v1/sellers`)).status, 401);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    await stop(first);
    assert.match(await refusal({ KAILI_DATA_DIR: dataFolder }), /it holds production data/);
    const wrongKey = { ...production, KAILI_MASTER_KEY_FILE: keyFile('wrong', 'b') };
    assert.match(await refusal(wrongKey), /KAILI_MASTER_KEY_FILE .*this is not the key/);
  });

  test('a lost sandbox key is named, not replaced', async () => {
    const dataFolder = newFolder();
    const first = launch({ KAILI_DATA_DIR: dataFolder });
    await first.url;
    await stop(first);
    const keyPath = join(dataFolder, 'secret.key');
    const key = readFileSync(keyPath, 'utf8');
    rmSync(keyPath);
    assert.match(await refusal({ KAILI_DATA_DIR: dataFolder }), /secret\.key: the key is missing/);
    writeFileSync(keyPath, key);
    const second = launch({ KAILI_DATA_DIR: dataFolder });
    await second.url;
    await stop(second);
  });

  test('bad settings, a broken database file and an absent PostgreSQL are named', async () => {
    const settings = await refusal({ KAILI_MODE: 'test', KAILI_PORT: 'x' });
    assert.match(settings, /KAILI_MODE: found "test"/);
    assert.match(settings, /KAILI_PORT: found "x"/);
    const dataFolder = newFolder();
    mkdirSync(dataFolder);
    writeFileSync(join(dataFolder, 'kaili.db'), 'this is no database'.repeat(100));
    assert.match(await refusal({ KAILI_DATA_DIR: dataFolder }), /kaili\.db: it cannot be opened/);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    server.close();
    const text = await refusal({
      KAILI_DATA_DIR: newFolder(),
      KAILI_DATABASE_URL: `postgres://kaili:hunter2@127.0.0.1:${address.port}/kaili`,
    });
    assert.match(
      text,
      /KAILI_DATABASE_URL: PostgreSQL at 127\.0\.0\.1:\d+\/kaili does not open \(ECONNREFUSED/,
    );
    assert.ok(!text.includes('hunter2'));
  });

  test('a commit that fails ends it with 70, and the next start finds everything whole', async (context) => {
    if (process.platform === 'win32') return context.skip('needs a limit on the size of files');
    const dataFolder = newFolder();
    // No file may grow beyond it, as on a full disk. The signal is left to SQLite as an error.
    const shell = `trap '' XFSZ; ulimit -f ${FILE_BLOCKS_MAX}; exec "$0" "$@"`;
    const limited = launch({ KAILI_DATA_DIR: dataFolder }, [], { shell });
    const url = await limited.url;
    let acknowledged = 0;
    for (let month = 0; month < 120; month += 1) {
      const reply = await fetch(`${url}/sandbox/clock`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"advanceSeconds":5356800}',
      }).catch(() => null);
      if (reply?.status !== 200) break;
      acknowledged += 1;
    }
    const { code, output } = await limited.ended;
    assert.equal(code, 70, output);
    assert.match(output, /"level":"fatal".*"CommitFailure".*the ledger stopped/);
    assert.ok(acknowledged > 0);
    const second = launch({ KAILI_DATA_DIR: dataFolder });
    assert.equal((await fetch(`${await second.url}/readyz`)).status, 200);
    assert.equal((await stop(second)).code, 0);
    const verify = await launch({ KAILI_DATA_DIR: dataFolder }, ['verify']).ended;
    assert.equal(verify.code, 0, verify.errors);
  });
});
