/**
 * What commands read: one JSON document from a file or standard input. Keys never come as arguments,
 * which every user of the machine can see and shells remember.
 */
import { readFile } from 'node:fs/promises';
import type { Reading } from '../api/set-up.ts';

/** A description of a seller or account is small; a larger file is another one by mistake. */
const INPUT_BYTES_MAX = 64 * 1024;

export interface CommandIo {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly input: AsyncIterable<Uint8Array | string>;
  print(text: string): void;
  printError(text: string): void;
}

/** The command cannot be carried out; the text says what to do. */
export class CommandProblem extends Error {
  override readonly name = 'CommandProblem';
}

/** Reads and checks the document of a file; `-` is standard input. */
export async function readInput<T>(
  file: string,
  read: (value: unknown) => Reading<T>,
  io: CommandIo,
): Promise<T> {
  const reading = read(parseJson(await readText(file, io)));
  if (reading.ok) return reading.value;
  throw new CommandProblem(
    `the document is not as expected:\n${reading.problems.map((line) => `- ${line}`).join('\n')}`,
  );
}

async function readText(file: string, io: CommandIo): Promise<string> {
  return (await readBytes(file, INPUT_BYTES_MAX, io)).toString('utf8');
}

/** The bytes of a file, or of standard input, up to a limit. */
export async function readBytes(file: string, bytesMax: number, io: CommandIo): Promise<Buffer> {
  if (file !== '-') {
    try {
      return checkedBytes(await readFile(file), bytesMax);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
      throw cause instanceof CommandProblem
        ? cause
        : new CommandProblem(`${file} cannot be read (${code})`, { cause });
    }
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of io.input) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > bytesMax) break;
  }
  return checkedBytes(Buffer.concat(chunks), bytesMax);
}

function checkedBytes(bytes: Buffer, bytesMax: number): Buffer {
  if (bytes.length <= bytesMax) return bytes;
  throw new CommandProblem(`the document is larger than ${bytesMax} bytes`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own text quotes the document, which may hold keys.
    throw new CommandProblem('the document is no JSON');
  }
}
