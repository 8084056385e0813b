/** `kaili company-register import`: takes in the names of businesses out of an official register file. */
import { createReadStream } from 'node:fs';
import { CsvError } from '../mof/registry/csv-rows.ts';
import { COMPANY_COLUMNS, importCompanies } from '../mof/registry/import-companies.ts';
import { type CommandIo, CommandProblem } from './input.ts';
import { withSession } from './session.ts';

export interface RegisterFile {
  /** Path, or - for standard input. */
  readonly file: string;
  /** Headings of the two columns, where they are not the Ministry's. */
  readonly ubnColumn?: string;
  readonly nameColumn?: string;
}

export async function importCompanyRegister(
  { file, ubnColumn, nameColumn }: RegisterFile,
  io: CommandIo,
): Promise<number> {
  const columns = {
    ubn: ubnColumn ?? COMPANY_COLUMNS.ubn,
    name: nameColumn ?? COMPANY_COLUMNS.name,
  };
  return withSession(io, { mayCreate: true }, async ({ store, secretBox }) => {
    // Refuses data of the other mode before anything is written.
    await secretBox();
    try {
      const pieces = texts(file === '-' ? io.input : createReadStream(file));
      const { imported, skipped } = await importCompanies(store.companies, pieces, columns);
      io.print(`${imported} businesses imported, ${skipped} rows without tax ID or name left out`);
      return 0;
    } catch (cause) {
      if (cause instanceof CsvError || cause instanceof TypeError) {
        throw new CommandProblem(`${file} is not as expected: ${cause.message}`, { cause });
      }
      const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
      if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EISDIR') throw cause;
      throw new CommandProblem(`${file} cannot be read (${code})`, { cause });
    }
  });
}

/** Text of the bytes as they come; a file that is not UTF-8 is a TypeError. */
async function* texts(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of pieces) {
    yield typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
}
