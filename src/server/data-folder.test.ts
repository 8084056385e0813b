/** Claims about the data folder on a real disk: one process, one mode, Turnkey's folders inside. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { type Configuration, readConfiguration } from './configuration.ts';
import { openDataFolder } from './data-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'kaili-data-folder-'));
after(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

function configurationOf(environment: Record<string, string> = {}): Configuration {
  count += 1;
  return readConfiguration({ KAILI_DATA_DIR: join(root, String(count)), ...environment });
}

suite('data folder', () => {
  test('it is made, taken, recorded and let go', () => {
    const configuration = configurationOf();
    const data = openDataFolder(configuration, process.pid);
    data.recordMode();
    const pidPath = join(configuration.dataFolder, 'kaili.pid');
    assert.equal(readFileSync(pidPath, 'utf8'), `${process.pid}\n`);
    assert.equal(readFileSync(join(configuration.dataFolder, 'mode'), 'utf8'), 'sandbox\n');
    data.release();
    assert.ok(!existsSync(pidPath));
  });

  test('a living process keeps others out', async () => {
    const configuration = configurationOf();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    try {
      openDataFolder(configuration, child.pid ?? 0);
      assert.throws(
        () => openDataFolder(configuration, process.pid),
        new RegExp(`process ${child.pid} uses it`),
      );
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    openDataFolder(configuration, process.pid).release();
  });

  test('a process that began after the file was written is not its owner', async (context) => {
    if (!existsSync('/proc/self/stat')) return context.skip('needs /proc');
    const configuration = configurationOf();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    try {
      const pidPath = join(configuration.dataFolder, 'kaili.pid');
      mkdirSync(configuration.dataFolder, { recursive: true });
      writeFileSync(pidPath, `${child.pid}\n`);
      utimesSync(pidPath, 1_700_000_000, 1_700_000_000);
      openDataFolder(configuration, process.pid).release();
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  for (const content of ['', 'garbage\n', '2147483646\n', '-1\n', `${process.pid}\n`]) {
    test(`a stale kaili.pid of ${JSON.stringify(content)} does not hinder`, () => {
      const configuration = configurationOf();
      mkdirSync(configuration.dataFolder, { recursive: true });
      writeFileSync(join(configuration.dataFolder, 'kaili.pid'), content);
      openDataFolder(configuration, process.pid).release();
    });
  }

  test('the other mode is refused, and names what to set', () => {
    const configuration = configurationOf();
    const data = openDataFolder(configuration, process.pid);
    data.recordMode();
    data.release();
    assert.throws(
      () => openDataFolder({ ...configuration, mode: 'production' }, process.pid),
      /holds sandbox data, and KAILI_MODE is production/,
    );
  });

  test('a folder that cannot be made is refused by its setting', () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    assert.throws(
      () => openDataFolder(configurationOf({ KAILI_DATA_DIR: join(file, 'data') }), process.pid),
      /KAILI_DATA_DIR .*cannot be made or written \(ENOTDIR\)/,
    );
  });

  test('a sandbox refuses a Turnkey folder outside, also through a link', () => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    assert.throws(
      () => openDataFolder(configurationOf({ KAILI_TURNKEY_DIR: outside }), process.pid),
      /lies outside the data folder/,
    );
    const configuration = configurationOf();
    mkdirSync(configuration.dataFolder, { recursive: true });
    symlinkSync(outside, configuration.turnkeyFolder);
    assert.throws(() => openDataFolder(configuration, process.pid), /lies outside the data folder/);
  });

  test('told twice, with the same folder, it is allowed', () => {
    const outside = join(root, 'outside-twice');
    const settings = { KAILI_TURNKEY_DIR: outside, KAILI_SANDBOX_TURNKEY_OUTSIDE: 'allow' };
    const confirm = (path: string) =>
      configurationOf({ ...settings, KAILI_SANDBOX_TURNKEY_OUTSIDE_CONFIRM: path });
    assert.throws(() => openDataFolder(confirm(join(root, 'another')), process.pid), /outside/);
    openDataFolder(confirm(outside), process.pid).release();
  });
});
