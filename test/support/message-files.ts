/**
 * Finds every message that a run left in its Turnkey folders and judges each three times: by the
 * Ministry's schemas where they are present, by an auditor of amounts that knows nothing of Kaili, and by
 * Kaili's own tables.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkTable } from '../../src/mof/mig/check-table.ts';
import type { MessageTable } from '../../src/mof/mig/message-table.ts';
import { MESSAGE_TABLES } from '../../src/mof/mig/message-tables.ts';
import { readMessage } from '../../src/mof/mig/read-message.ts';
import { amountViolations } from './mig-amounts.ts';
import { checkAllAgainstSchema } from './mig-schema.ts';
import { referenceFolder } from './reference.ts';

const TABLES: Readonly<Record<string, MessageTable>> = MESSAGE_TABLES;
/** The element that names a message's document. */
const DOCUMENT: Readonly<Record<string, string>> = {
  F0401: 'InvoiceNumber',
  F0501: 'CancelInvoiceNumber',
  F0701: 'VoidInvoiceNumber',
  G0401: 'AllowanceNumber',
  G0501: 'CancelAllowanceNumber',
  E0401: 'InvoiceTrack',
  E0402: 'InvoiceTrack',
  A0101: 'InvoiceNumber',
  A0102: 'InvoiceNumber',
  A0201: 'CancelInvoiceNumber',
  A0202: 'CancelInvoiceNumber',
  A0301: 'RejectInvoiceNumber',
  A0302: 'RejectInvoiceNumber',
  B0101: 'AllowanceNumber',
  B0102: 'AllowanceNumber',
  B0201: 'CancelAllowanceNumber',
  B0202: 'CancelAllowanceNumber',
};

export interface MessageFile {
  readonly path: string;
  readonly message: string;
  /** Invoice or allowance number, or track. */
  readonly document: string;
  readonly xml: string;
}

/** Every message under `UpCast`, wherever Turnkey has moved it: SRC, BAK or ERR. */
export function messageFiles(turnkeyFolder: string): readonly MessageFile[] {
  return ['B2SSTORAGE', 'B2PMESSAGE', 'B2BEXCHANGE'].flatMap((lane) =>
    filesOfLane(join(turnkeyFolder, 'UpCast', lane)),
  );
}

function filesOfLane(folder: string): readonly MessageFile[] {
  if (!existsSync(folder)) return [];
  return globSync('*/{SRC,BAK,ERR}/**/*.xml', { cwd: folder }).map((path) => {
    const xml = readFileSync(join(folder, path), 'utf8');
    const message = path.slice(0, path.search(/[/\\]/));
    const element = DOCUMENT[message] ?? '';
    const document = new RegExp(`<${element}>([^<]+)</${element}>`).exec(xml)?.[1];
    assert(document !== undefined, `${basename(path)} names no document`);
    return { path, message, document, xml };
  });
}

/** Asserts that every file is a message the Ministry would take. Answers how many there were. */
export async function assertMessagesValid(files: readonly MessageFile[]): Promise<number> {
  for (const { path, message, xml } of files) {
    const table = TABLES[message];
    assert(table !== undefined, `${path}: a message without a table`);
    const { value, problems } = readMessage(table, xml);
    assert(value !== null, `${path}: ${JSON.stringify(problems)}`);
    assert.deepEqual([...problems, ...checkTable(table, value)], [], path);
    assert.deepEqual(amountViolations(xml), [], path);
  }
  if (referenceFolder() !== null) {
    const errors = await checkAllAgainstSchema(files.map(({ xml }) => xml));
    for (const [index, found] of errors.entries())
      assert.deepEqual(found, [], files[index]?.path ?? '');
  }
  return files.length;
}

/** Asserts that each document's message was written exactly once. */
export function assertWrittenOnce(
  files: readonly MessageFile[],
  message: string,
  documents: readonly string[],
): void {
  const written = files.filter((file) => file.message === message).map((file) => file.document);
  assert.deepEqual(written.toSorted(), documents.toSorted());
}
