/** Taking in files of allotted numbers, for the API and the command line: which kind a file is shows itself. */
import type { NumberImport } from '../api/route.ts';
import { readAssignedNumbers } from '../mof/number-books/assigned-numbers.ts';
import { type ImportParts, importBooks } from '../mof/number-books/import-books.ts';
import { readPlatformCsv } from '../mof/number-books/platform-csv.ts';

export function createNumberImport(parts: ImportParts): NumberImport {
  return async (bytes, options) => {
    const isXml = /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 64)));
    const reading = isXml ? readAssignedNumbers(bytes) : readPlatformCsv(bytes);
    if (!reading.ok) return reading;
    const source = isXml ? 'e0501' : 'csv';
    return { ok: true, lines: await importBooks(parts, reading.lines, { ...options, source }) };
  };
}
