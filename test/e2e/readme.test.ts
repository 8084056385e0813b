/** The README's first invoice is run as it stands there, against a server; its commands exist. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { call } from '../support/ecpay-bytes.ts';
import {
  type House,
  makeHouse,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(`${ROOT}README.md`, 'utf8');
const DOCUMENTED_URL = 'http://127.0.0.1:8787';

let house: House;
let server: ServerProcess;
before(async () => {
  house = await makeHouse('sqlite');
  server = await startServerProcess(house);
});
after(async () => {
  await server.stop();
  await house.remove();
});

test("the README's first invoice is issued and says what it was", async () => {
  const example = /```js\n([\s\S]*?)```/.exec(README)?.[1] ?? '';
  assert(example.includes(DOCUMENTED_URL), 'the example names the documented address');
  const program = example.replace(DOCUMENTED_URL, server.url);
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.match(output, /^[A-Z]{2}\d{8}\n$/, errors);
  const list = await call(server.url, 'GetIssueList', {
    BeginDate: today(),
    EndDate: today(),
    NumPerPage: 10,
    ShowingPage: 1,
  });
  assert(Array.isArray(list.data?.InvoiceData));
  const numbers = list.data.InvoiceData.map(({ IIS_Number }) => IIS_Number);
  assert.deepEqual(numbers, [output.trim()]);
});

test("the README's commands are scripts of package.json", () => {
  const manifest: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(`${ROOT}package.json`, 'utf8'),
  );
  for (const [, name = ''] of README.matchAll(/npm ci && npm (\w+)/g)) {
    assert(name in manifest.scripts, `npm ${name}`);
  }
});

/** Today in Taipei, as the list wants it. */
function today(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}
