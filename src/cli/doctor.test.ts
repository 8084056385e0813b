/** Claims about `kaili doctor`: what it finds wrong, the remedy it prints, and the code that it ends with. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { readConfiguration } from '../server/configuration.ts';
import { createLog } from '../server/log.ts';
import { startServer } from '../server/start.ts';
import { runCommand } from './program.ts';

/** A sandbox that has run once; the server is closed again. */
async function sandbox(t: TestContext): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-doctor-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const environment = { KAILI_DATA_DIR: join(folder, 'data'), KAILI_PORT: '0' };
  const server = await startServer(readConfiguration(environment), { log: createLog('silent') });
  await server.close();
  return environment;
}

async function doctor(environment: Record<string, string>) {
  let output = '';
  const code = await runCommand(['doctor'], {
    environment,
    input: Readable.from([]),
    print: (line) => {
      output += `${line}\n`;
    },
    printError: (line) => {
      output += `${line}\n`;
    },
  });
  return { code, output };
}

const source = (environment: Record<string, string>, message: string, lane = 'B2SSTORAGE') =>
  join(environment.KAILI_DATA_DIR ?? '', 'turnkey', 'UpCast', lane, message, 'SRC');

test('a Kaili that is in order is called well, and the command ends with 0', async (t) => {
  const { code, output } = await doctor(await sandbox(t));
  // The demo shop's free numbers of the last period count as unreported once their day is near.
  const lines = output.split('\n').filter((line) => line.startsWith('!') || line.startsWith('✗'));
  assert.deepEqual(
    lines.filter((line) => !line.includes('BLANKS_UNREPORTED')),
    [],
    output,
  );
  if (lines.length === 0) assert.equal(code, 0);
  for (const subject of ['Node', 'disk', 'Turnkey folder', 'data', 'clock']) {
    assert.match(output, new RegExp(`✓ ${subject}`));
  }
});

test('what is wrong is named with its remedy, and the command ends with 2', async (t) => {
  const environment = await sandbox(t);
  const waiting = join(source(environment, 'F0401'), 'F0401_KA10000001_12345675_1-1.xml');
  writeFileSync(waiting, '<x/>');
  const hourAgo = Date.now() / 1000 - 3600;
  utimesSync(waiting, hourAgo, hourAgo);
  const replaced = source(environment, 'E0402', 'B2PMESSAGE');
  rmSync(replaced, { recursive: true });
  writeFileSync(replaced, '');
  const { code, output } = await doctor({ ...environment, KAILI_TRUNKEY_DIR: '/x' });
  assert.equal(code, 2, output);
  assert.match(output, /✗ SRC of F0401: 1 files wait[^\n]*\n +Turnkey does not take them/);
  assert.match(output, /✗ folder of E0402: [^\n]*SRC is not a folder/);
  assert.match(output, /! KAILI_TRUNKEY_DIR: is set/);
});

test('settings that the server would refuse, and data that is not there, are broken', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-doctor-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const wrong = await doctor({ KAILI_DATA_DIR: folder, KAILI_BLANK_DAY: '11' });
  assert.equal(wrong.code, 2);
  assert.match(wrong.output, /✗ KAILI_BLANK_DAY: found "11"/);
  const absent = await doctor({ KAILI_DATA_DIR: join(folder, 'nowhere') });
  assert.equal(absent.code, 2);
  assert.match(absent.output, /✗ data: there is no/);
  mkdirSync(join(folder, 'empty'));
  assert.equal((await doctor({ KAILI_DATA_DIR: join(folder, 'empty') })).code, 2);
});
