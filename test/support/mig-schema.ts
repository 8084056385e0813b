/**
 * Judges messages by the Ministry's own MIG 4.1 schemas, read where the reference data lies and compiled
 * by libxml2 (xmllint-wasm). Starting it costs a tenth of a second, so questions that come together are
 * answered together, and a message judged once is not judged again. Where the reference data is
 * absent nothing can be judged: ask `requireReference` first.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { referenceFolder } from './reference.ts';

/** Files that one start of the checker takes: bounded by its argument list and memory. */
const BATCH_FILES_MAX = 1500;
const BATCH_BYTES_MAX = 64 * 1024 * 1024;

export const SCHEMA_PATH = ['mig-xsd', 'v41'] as const;
const COMMON = join('mig-xsd', 'common');
const GENERIC = ['GenericType_4.0.xsd', 'GenericResult_4.0.xsd'] as const;

const schemas = new Map<string, string>();
const verdicts = new Map<string, Promise<readonly string[]>>();

interface Question {
  readonly xml: string;
  answer(errors: readonly string[]): void;
  fail(reason: unknown): void;
}
const waiting = new Map<string, Question[]>();
let isFlushing = false;

/** The schema's errors of one message; none when it is valid. */
export function checkAgainstSchema(xml: string): Promise<readonly string[]> {
  const known = verdicts.get(xml);
  if (known !== undefined) return known;
  const message = messageOf(xml);
  if (message === null)
    return Promise.resolve(['no message of MIG 4.1: its root has no namespace']);
  const verdict = new Promise<readonly string[]>((answer, fail) => {
    const queue = waiting.get(message) ?? [];
    queue.push({ xml, answer, fail });
    waiting.set(message, queue);
  });
  verdicts.set(xml, verdict);
  if (!isFlushing) {
    isFlushing = true;
    // All that is asked in this turn of the event loop goes into the same batch.
    setImmediate(() => void flush());
  }
  return verdict;
}

/** The errors of many messages, in their order; they may be of different kinds. */
export function checkAllAgainstSchema(
  xmls: readonly string[],
): Promise<readonly (readonly string[])[]> {
  return Promise.all(xmls.map(checkAgainstSchema));
}

/** The kind that a message's own namespace names: `F0401`, `ProcessResult`. */
function messageOf(xml: string): string | null {
  const namespace = /<\w+[^>]*\sxmlns="urn:GEINV:(?:eInvoiceMessage:)?(\w+):4\.[01]"/.exec(xml);
  return namespace?.[1] ?? null;
}

/** Downloads and results have schemas of their own place and version. */
function schemaPathOf(message: string): string {
  if (['E0502', 'E0503', 'InvoiceEnvelope'].includes(message)) {
    return join(COMMON, 'v41', `${message}.xsd`);
  }
  if (['E0501', 'E0504', 'ProcessResult', 'SummaryResult'].includes(message)) {
    return join(COMMON, 'v40', `${message}.xsd`);
  }
  return join(...SCHEMA_PATH, `${message}.xsd`);
}

async function flush(): Promise<void> {
  while (waiting.size > 0) {
    const [message, questions] = waiting.entries().next().value ?? ['', []];
    const batch = takeBatch(questions);
    if (questions.length === 0) waiting.delete(message);
    try {
      const errors = await validate(
        message,
        batch.map((question) => question.xml),
      );
      batch.forEach((question, index) => {
        question.answer(errors[index] ?? []);
      });
    } catch (reason) {
      for (const question of batch) question.fail(reason);
    }
  }
  isFlushing = false;
}

function takeBatch(questions: Question[]): readonly Question[] {
  let bytes = 0;
  let count = 0;
  for (const question of questions.slice(0, BATCH_FILES_MAX)) {
    bytes += question.xml.length * 3;
    if (count > 0 && bytes > BATCH_BYTES_MAX) break;
    count += 1;
  }
  return questions.splice(0, count);
}

async function validate(
  message: string,
  xmls: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const errors: string[][] = xmls.map(() => []);
  const result = await validateXML({
    xml: xmls.map((contents, index) => ({ fileName: `${index}.xml`, contents })),
    schema: [{ fileName: `${message}.xsd`, contents: schemaOf(message) }],
    preload: GENERIC.map((fileName) => ({
      fileName,
      contents: schemaText(join(COMMON, fileName)),
    })),
    initialMemoryPages: 64 * memoryPages.MiB,
    maxMemoryPages: 1 * memoryPages.GiB,
  });
  if (result.valid) return errors;
  for (const error of result.errors) {
    const name = error.loc?.fileName ?? /^(\d+)\.xml/.exec(error.rawMessage)?.[1] ?? '';
    const own = errors[Number.parseInt(name, 10)];
    // "0.xml fails to validate" closes a file's errors, continuation lines follow one.
    if (own !== undefined) own.push(error.rawMessage);
  }
  assert(
    errors.some((own) => own.length > 0),
    `unreadable verdict: ${result.rawOutput}`,
  );
  return errors;
}

/** The schema with its include beside it, as the checker's flat file system wants it. */
function schemaOf(message: string): string {
  const text = schemaText(schemaPathOf(message));
  return text.replace(/"[./]*(?:common\/)?(Generic\w+_4\.0\.xsd)"/, '"$1"');
}

/**
 * A schema as the Ministry means it: two declare an element name with a leading blank
 * (`name=" BranchBan"`, `name=" InvoiceBeginNo"`), which Xerces trims and libxml2 does not.
 */
function schemaText(path: string): string {
  const known = schemas.get(path);
  if (known !== undefined) return known;
  const folder = referenceFolder();
  assert(folder !== null, 'the schemas are part of the reference data, which is absent');
  const text = readFileSync(join(folder, path), 'utf8').replaceAll('name=" ', 'name="');
  schemas.set(path, text);
  return text;
}
