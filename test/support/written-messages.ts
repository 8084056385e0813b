/**
 * Every message that Kaili writes in any test is judged by Kaili's tables and, where they are present, by the Ministry's
 * schemas. A house with a Turnkey folder hands over what lies there before it removes it; what was gathered is
 * judged at the end of the test file, together, since the schemas' checker is slow to start.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after } from 'node:test';
import { checkTable } from '../../src/mof/mig/check-table.ts';
import type { MessageTable } from '../../src/mof/mig/message-table.ts';
import { MESSAGE_TABLES } from '../../src/mof/mig/message-tables.ts';
import { readMessage } from '../../src/mof/mig/read-message.ts';
import { checkAllAgainstSchema } from './mig-schema.ts';
import { referenceFolder } from './reference.ts';

const TABLES: Readonly<Record<string, MessageTable>> = MESSAGE_TABLES;
/** As the outbox names its files: `<message>_<number>_<seller>_<filing>-<attempt>.xml`. */
const OWN_NAME = /^([A-Z]\d{4})_.+_\d{8}_\d+-\d+\.xml$/;
/** Wherever Turnkey has moved them, of one Turnkey or of one each; what is unfinished lies elsewhere. */
const PLACES = '{,[0-9]*/}UpCast/*/*/{SRC,BAK,ERR}/**/*.xml';
/** With more they are judged at once, so that a large run holds few in memory. */
const WAITING_MAX = 20_000;

/** The message's text, and the file that it was first seen in. */
const waiting = new Map<string, string>();

/** Texts that tests put in place of Kaili's own. */
const spoiled = new Set<string>();

/** Puts a text in place of a message that Kaili wrote: it is not judged. */
export function spoilWritten(path: string, text: string): void {
  spoiled.add(text);
  writeFileSync(path, text);
}

/** Takes note of what Kaili wrote below a Turnkey working folder. */
export async function noteWritten(turnkeyFolder: string): Promise<void> {
  if (!existsSync(turnkeyFolder)) return;
  for (const path of globSync(PLACES, { cwd: turnkeyFolder })) {
    if (!OWN_NAME.test(basename(path))) continue;
    const xml = readFileSync(join(turnkeyFolder, path), 'utf8');
    if (!waiting.has(xml) && !spoiled.has(xml)) waiting.set(xml, basename(path));
  }
  if (waiting.size > WAITING_MAX) await judgeWritten();
}

/** Judges what was noted; answers how many messages there were. */
export async function judgeWritten(): Promise<number> {
  const noted = [...waiting];
  waiting.clear();
  for (const [xml, name] of noted) {
    const table = TABLES[OWN_NAME.exec(name)?.[1] ?? ''];
    assert(table !== undefined, `${name}: a message without a table`);
    const { value, problems } = readMessage(table, xml);
    const found = value === null ? [] : checkTable(table, value);
    assert.deepEqual([...problems, ...found], [], name);
  }
  if (referenceFolder() !== null) {
    const verdicts = await checkAllAgainstSchema(noted.map(([xml]) => xml));
    for (const [index, errors] of verdicts.entries()) {
      assert.deepEqual(errors, [], noted[index]?.[1] ?? '');
    }
  }
  return noted.length;
}

// Benchmarks use the same houses, but are no tests.
if (process.env.NODE_TEST_CONTEXT !== undefined) after(judgeWritten);
