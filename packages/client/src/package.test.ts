/**
 * The package as it is published: what `npm ci` built exports what the source exports, under the names
 * and paths of package.json, and its own declarations of version agree.
 */

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as source from './index.ts';
import { ecpayKeys, encodeData } from './wire/ecpay-envelope.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${PACKAGE}package.json`, 'utf8'));

/** Runs a module text with plain node in the package's folder, where its own name resolves. */
function run(text: string): string {
  const args = ['--input-type=module', '--eval', text];
  return execFileSync(process.execPath, args, { cwd: PACKAGE, encoding: 'utf8' }).trim();
}

test('the version in the code is the version of the package', () => {
  assert.equal(source.CLIENT_VERSION, manifest.version);
});

test('the built package exports what the source exports, as JavaScript alone', () => {
  const names = run(
    `import * as built from '@kaili/client'; console.log(Object.keys(built).sort().join())`,
  );
  assert.equal(names, Object.keys(source).sort().join());
});

test('a table is reached by its path, with its declarations', () => {
  const found = run(
    `import { ISSUE } from '@kaili/client/wire/ecpay-b2c/issue'; console.log(ISSUE.path)`,
  );
  assert.equal(found, '/B2CInvoice/Issue');
  assert.ok(existsSync(`${PACKAGE}dist/wire/ecpay-b2c/issue.d.ts`));
});

test('the built package depends on nothing and holds no test', () => {
  assert.equal(manifest.dependencies, undefined);
  assert.ok(!existsSync(`${PACKAGE}dist/wire/members.test.js`));
});

const EXAMPLES = [
  {
    maker: 'createEcpayClient',
    replies: {
      '/B2CInvoice/Issue':
        '{"RtnCode":1,"RtnMsg":"","InvoiceNo":"AB12345678","InvoiceDate":"","RandomNumber":"0417"}',
    },
    prints: 'AB12345678 0417\n',
  },
  {
    maker: 'createEcpayB2bClient',
    replies: {
      '/B2BInvoice/MaintainMerchantCustomerData': '{"RtnCode":1,"RtnMsg":"新增成功"}',
      '/B2BInvoice/Issue':
        '{"RtnCode":1,"RtnMsg":"","InvoiceNumber":"AB12345678","RandomNumber":"0417"}',
    },
    prints: 'AB12345678\n',
  },
] as const;

for (const { maker, replies, prints } of EXAMPLES) {
  test(`the README's example of ${maker} runs as it stands`, (t) =>
    runExample(t, maker, replies, prints));
}

async function runExample(
  t: TestContext,
  maker: string,
  replies: Readonly<Record<string, string>>,
  prints: string,
): Promise<void> {
  const readme = readFileSync(`${PACKAGE}README.md`, 'utf8');
  const example =
    new RegExp(`\`\`\`ts\\n([^\`]*${maker}\\([^\`]*)\`\`\``).exec(readme)?.[1] ?? assert.fail();
  const keys = ecpayKeys('ejCk326UnaZWKisg', 'q9jcZX8Ib9LM8wYk');
  const server = createServer((request, response) => {
    const data = replies[request.url ?? ''] ?? assert.fail(request.url);
    response.end(JSON.stringify({ TransCode: 1, TransMsg: '', Data: encodeData(data, keys) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const text = example.replace('http://127.0.0.1:8787', `http://127.0.0.1:${port}`);
  const args = ['--input-type=module', '--eval', text];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: PACKAGE });
  assert.equal(stdout, prints);
}
