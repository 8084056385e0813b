/** Claims about the judge of all written messages: it finds what is wrong, and no test writes past it. */
import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { MofHouse, temporaryFolder } from './mof-house.ts';
import { judgeWritten, noteWritten } from './written-messages.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Where an outbox or a server is started by hand, and what makes sure that its messages are judged. */
const STARTED_BY_HAND: Readonly<Record<string, string>> = {
  'test/support/mof-house.ts': 'notes when it closes',
  'test/support/exchange-house.ts': 'notes when it closes',
  'test/support/served.ts': 'notes when it stops',
  'test/support/outbox-process.ts': 'outbox-kill.test.ts notes for it',
  'src/cli/doctor.test.ts': 'files nothing',
  'src/cli/program.test.ts':
    'files nothing but a split, which src/mof/turnkey/branch-filings.test.ts files too',
};

/** A folder with one message of Kaili's, changed; what was noted before is judged first. */
async function placed(
  t: TestContext,
  name: string,
  change: (xml: string) => string,
): Promise<void> {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.start();
  await at.issueOne();
  await at.outbox.tick();
  const source = 'UpCast/B2SSTORAGE/F0401/SRC';
  const [own = ''] = globSync(`${source}/*.xml`, { cwd: at.folder });
  const { path, remove } = temporaryFolder();
  t.after(remove);
  mkdirSync(join(path, source), { recursive: true });
  writeFileSync(join(path, source, name), change(readFileSync(join(at.folder, own), 'utf8')));
  await judgeWritten();
  await noteWritten(path);
}

const NAME = 'F0401_KA10000000_12345675_1-1.xml';

test('a message that is right is judged once and passes', async (t) => {
  await placed(t, NAME, (xml) => xml);
  assert.equal(await judgeWritten(), 1);
  assert.equal(await judgeWritten(), 0);
});

test('a message that is wrong in one element fails, and is named', async (t) => {
  await placed(t, NAME, (xml) => xml.replace(/<InvoiceTime>[^<]+</, '<InvoiceTime>later<'));
  await assert.rejects(judgeWritten(), /F0401_KA10000000_12345675_1-1\.xml/);
});

test('files that a test laid down itself are none of Kaili’s', async (t) => {
  await placed(t, 'by-hand.xml', () => '<x/>');
  assert.equal(await judgeWritten(), 0);
});

test('no test starts an outbox or a server past the houses', () => {
  const paths = globSync('{test,src,packages,scripts}/**/*.ts', { cwd: ROOT }).filter(
    (path) => path.endsWith('.test.ts') || path.startsWith('test/'),
  );
  const started = paths.filter((path) =>
    /await startOutbox\(\{|await startServer\(|= startServer\(/.test(
      readFileSync(join(ROOT, path), 'utf8').replaceAll('at.startOutbox', ''),
    ),
  );
  const own = started.filter((path) => !path.endsWith('written-messages.test.ts'));
  assert.deepEqual(own.toSorted(), Object.keys(STARTED_BY_HAND).toSorted());
});
