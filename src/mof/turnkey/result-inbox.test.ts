/** Claims about the watched folder: every file once, changed files again, unreadable ones for a while. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../../test/support/mof-house.ts';
import { diskFiles, type FileSystem } from './file-system.ts';
import { ARRIVAL_MS_MAX, ResultInbox } from './result-inbox.ts';

const SINCE = '20261101';

function watched(t: TestContext) {
  const { path: root, remove } = temporaryFolder();
  t.after(remove);
  const counts = { lists: 0 };
  const files: FileSystem = {
    ...diskFiles,
    list(folder) {
      counts.lists += 1;
      return diskFiles.list(folder);
    },
  };
  const inbox = new ResultInbox(files, root);
  const put = (day: string, hour: string, name: string, content: string, second = 0) => {
    mkdirSync(join(root, day, hour), { recursive: true });
    writeFileSync(join(root, day, hour, name), content);
    utimesSync(join(root, day, hour, name), second, second);
  };
  const names = async (nowMs = 0, limit = 100) =>
    (await inbox.fresh(SINCE, nowMs, limit)).map(({ path }) => basename(path));
  const settleAll = async () => {
    for (const file of await inbox.fresh(SINCE, 0, 100)) inbox.settle(file);
  };
  return { root, inbox, put, names, settleAll, counts };
}

test('files come oldest first, up to a limit, until they are dealt with', async (t) => {
  const { put, names, settleAll } = watched(t);
  put('20261121', '10', 'b', 'x', 2);
  put('20261121', '09', 'c', 'x', 3);
  put('20261120', '23', 'a', 'x', 1);
  assert.deepEqual(await names(), ['a', 'b', 'c']);
  assert.deepEqual(await names(0, 2), ['a', 'b']);
  await settleAll();
  assert.deepEqual(await names(), []);
});

test('a file that changes in size or time comes again', async (t) => {
  const { put, names, settleAll } = watched(t);
  put('20261121', '10', 'a', 'x', 1);
  await settleAll();
  put('20261121', '10', 'a', 'longer', 1);
  assert.deepEqual(await names(), ['a']);
  await settleAll();
  put('20261121', '10', 'a', 'LONGER', 2);
  assert.deepEqual(await names(), ['a']);
});

test('a folder in which nothing happens is not listed again, and a new file in it is seen', async (t) => {
  const { put, names, settleAll, counts } = watched(t);
  for (let hour = 10; hour < 20; hour += 1) put('20261121', String(hour), 'a', 'x', hour);
  await settleAll();
  await settleAll();
  await settleAll();
  counts.lists = 0;
  await names();
  assert(counts.lists <= 2, `${counts.lists} listings: the root and the day`);
  put('20261121', '12', 'late', 'x', 99);
  assert.deepEqual(await names(), ['late']);
});

test('folders of days before the window are not read, and are forgotten', async (t) => {
  const { put, names, inbox } = watched(t);
  put('20261031', '10', 'old', 'x');
  assert.deepEqual(await names(), []);
  put('20261121', '10', 'given-up', 'x');
  for (const file of await inbox.fresh(SINCE, 0, 100)) inbox.reject(file, ARRIVAL_MS_MAX);
  assert.equal(inbox.givenUp.length, 1);
  await inbox.fresh('20261201', 0, 100);
  assert.equal(inbox.givenUp.length, 0);
});

test('an unreadable file is tried for a while, then given up until it changes', async (t) => {
  const { put, names, inbox } = watched(t);
  put('20261121', '10', 'half', 'x', 1);
  const reject = async (nowMs: number) => {
    const [file] = await inbox.fresh(SINCE, nowMs, 1);
    assert(file !== undefined);
    return inbox.reject(file, nowMs);
  };
  assert.equal(await reject(1000), false);
  assert.equal(await reject(1000 + ARRIVAL_MS_MAX - 1), false);
  assert.equal(await reject(1000 + ARRIVAL_MS_MAX), true);
  assert.equal(inbox.givenUp.length, 1);
  assert.deepEqual(await names(), []);
  put('20261121', '10', 'half', 'whole', 2);
  assert.deepEqual(await names(), ['half']);
});

test('a folder that is gone, or was never there, has no files', async (t) => {
  const { root, names } = watched(t);
  rmSync(root, { recursive: true });
  assert.deepEqual(await names(), []);
});
