/** Claims about files and folders: how messages get into SRC, how they are found again, what start refuses. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../../test/support/mof-house.ts';
import { diskFiles } from './file-system.ts';
import { FolderProblem, prepareFolders, type TurnkeyFolders } from './folders.ts';
import { locateFiles } from './locate-files.ts';
import { fileKeyOf, placeFiles } from './place-file.ts';

async function folders(t: TestContext): Promise<TurnkeyFolders> {
  const { path, remove } = temporaryFolder();
  t.after(remove);
  return prepareFolders(path, diskFiles, true);
}

function file(sequence: number, attempt = 1) {
  const fileName = `F0401_KA1000000${sequence}_12345675_${sequence}-${attempt}.xml`;
  return { fileName, bytes: new TextEncoder().encode(`<Invoice>${sequence}</Invoice>`) };
}

function placed(made: TurnkeyFolders, sequence: number) {
  return { folders: made.messages.F0401, ...file(sequence) };
}

function wanted(made: TurnkeyFolders, sequence: number, attempt = 1) {
  const { fileName } = file(sequence, attempt);
  return { folders: made.messages.F0401, fileName, since: '20261120' };
}

test('placed files are whole and in SRC, and nothing is left beside', async (t) => {
  const made = await folders(t);
  await placeFiles(diskFiles, [placed(made, 1), placed(made, 2)]);
  await placeFiles(diskFiles, [placed(made, 1)]);
  const { source, staging } = made.messages.F0401;
  assert.deepEqual(readdirSync(source).toSorted(), [file(1).fileName, file(2).fileName]);
  assert.deepEqual(new Uint8Array(readFileSync(join(source, file(2).fileName))), file(2).bytes);
  assert.deepEqual(readdirSync(staging), []);
});

test('files are flushed before they are seen, each SRC folder once after', async (t) => {
  const made = await folders(t);
  const steps: string[] = [];
  const void1 = { ...file(3), folders: made.messages.F0501 };
  const recording = {
    ...diskFiles,
    async write(path: string, bytes: Uint8Array) {
      steps.push(`write ${path.includes('SRC') ? 'SRC' : 'beside'}`);
      await diskFiles.write(path, bytes);
    },
    async rename(from: string, to: string) {
      steps.push('rename');
      await diskFiles.rename(from, to);
    },
    async syncFolder(path: string) {
      steps.push(`sync ${path.slice(-9)}`);
      await diskFiles.syncFolder(path);
    },
  };
  await placeFiles(recording, [placed(made, 1), placed(made, 2), void1]);
  assert.equal(steps.filter((step) => step === 'write beside').length, 3);
  assert.deepEqual(steps.slice(-2), ['sync F0401/SRC', 'sync F0501/SRC']);
  assert.equal(steps.filter((step) => step === 'rename').length, 3);
  assert.equal(steps.length, 8);
});

test('a file is found wherever Turnkey moved it, even with more around its name', async (t) => {
  const made = await folders(t);
  const { source, accepted, rejected } = made.messages.F0401;
  await placeFiles(
    diskFiles,
    [1, 2, 3, 4].map((sequence) => placed(made, sequence)),
  );
  for (const folder of [join(accepted, '20261121', '10'), join(rejected, '20261121', '11')]) {
    mkdirSync(folder, { recursive: true });
  }
  const move = (sequence: number, ...to: string[]) =>
    renameSync(join(source, file(sequence).fileName), join(...to));
  move(2, accepted, '20261121', '10', `20261121-${file(2).fileName}.bak`);
  move(3, rejected, '20261121', '11', file(3).fileName);
  move(4, accepted, file(4).fileName);
  const places = await locateFiles(
    diskFiles,
    [1, 2, 3, 4, 5].map((n) => wanted(made, n)),
  );
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((n) => places.get(file(n).fileName)),
    ['source', 'accepted', 'rejected', 'accepted', undefined],
  );
});

test('another attempt, or a file of earlier days, is not the one', async (t) => {
  const made = await folders(t);
  const { accepted } = made.messages.F0401;
  mkdirSync(join(accepted, '20261121'), { recursive: true });
  mkdirSync(join(accepted, '20261101', '23'), { recursive: true });
  writeFileSync(join(accepted, '20261121', file(1, 11).fileName), '');
  writeFileSync(join(accepted, '20261101', '23', file(2).fileName), '');
  const places = await locateFiles(diskFiles, [wanted(made, 1, 1), wanted(made, 2)]);
  assert.equal(places.size, 0);
});

test('where a folder is gone nothing is said to be nowhere', async (t) => {
  const made = await folders(t);
  rmSync(made.messages.F0401.source, { recursive: true });
  await assert.rejects(locateFiles(diskFiles, [wanted(made, 1)]), /ENOENT/);
});

test('a name says which attempt of which filing it is', () => {
  assert.equal(fileKeyOf('F0401_KA10000001_12345675_7-1.xml'), 'F0401_KA10000001_12345675_7-1');
  assert.equal(
    fileKeyOf('x.F0401_KA10000001_12345675_7-12.xml.1'),
    'F0401_KA10000001_12345675_7-12',
  );
  assert.equal(fileKeyOf('C0401_LO99980950_1700000000.xml'), null);
});

test('start makes the whole layout and leaves no trace in SRC', async (t) => {
  const made = await folders(t);
  for (const path of [
    'UpCast/B2SSTORAGE/G0501/SRC',
    'UpCast/B2PMESSAGE/E0402/SRC',
    'UpCast/B2BEXCHANGE/A0101/ERR',
    'Pack/BAK',
    'SendFile/BAK',
    'Unpack/BAK/ProcessResult',
    'Unpack/BAK/SummaryResult',
  ]) {
    assert(existsSync(join(made.root, path)), path);
  }
  assert.deepEqual(readdirSync(made.messages.F0401.source), []);
  assert.deepEqual(readdirSync(made.messages.F0401.staging), []);
});

test('a share that is not mounted, a file, and a folder of another device are refused', async (t) => {
  const { path, remove } = temporaryFolder();
  t.after(remove);
  const absent = join(path, 'absent');
  await assert.rejects(prepareFolders(absent, diskFiles, true), FolderProblem);
  assert.equal(existsSync(absent), false);
  writeFileSync(join(path, 'file'), '');
  await assert.rejects(prepareFolders(join(path, 'file'), diskFiles, false), /is a file/);
  const twoDevices = {
    ...diskFiles,
    async facts(folder: string) {
      const facts = await diskFiles.facts(folder);
      return facts && folder.endsWith('SRC') ? { ...facts, device: facts.device + 1 } : facts;
    },
  };
  await assert.rejects(prepareFolders(join(path, 'two'), twoDevices, false), /one file system/);
});

test('reading never follows a link, waits at a pipe, or takes too much', async (t) => {
  const { path, remove } = temporaryFolder();
  t.after(remove);
  writeFileSync(join(path, 'plain'), '12345');
  symlinkSync(join(path, 'plain'), join(path, 'link'));
  mkdirSync(join(path, 'folder'));
  execFileSync('mkfifo', [join(path, 'pipe')]);
  const read = (name: string, max = 10) => diskFiles.read(join(path, name), max);
  assert.deepEqual(await read('plain'), new Uint8Array(Buffer.from('12345')));
  assert.equal(await read('plain', 4), 'too-large');
  for (const name of ['link', 'pipe', 'folder', 'absent']) {
    assert.equal(await read(name), 'unreadable', name);
  }
});
