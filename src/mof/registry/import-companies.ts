/**
 * Takes in a register of businesses 稅籍登記 as an official open-data file has it: CSV in UTF-8, one row a
 * business, the first row the headings. Reads row by row whatever the file's size; the register is
 * replaced once the whole file was read, and left as it was when it could not be.
 */
import { parseUbn } from '../../domain/ubn.ts';
import type { CompanyRegister, CompanyRow } from '../../ledger/ports.ts';
import { CsvError, csvRows } from './csv-rows.ts';

/** Headings of the Ministry's open data of registered businesses 全國營業(稅籍)登記資料集. */
export const COMPANY_COLUMNS: CompanyColumns = { ubn: '統一編號', name: '營業人名稱' };
/** Businesses that are written in one transaction. */
const COMPANIES_AT_ONCE = 1_000;
/** Longest name that is kept; the longest registered ones have about a hundred characters. */
const NAME_CHARACTERS_MAX = 200;

export interface CompanyColumns {
  readonly ubn: string;
  readonly name: string;
}

export interface CompaniesImported {
  readonly imported: number;
  /** Rows without a tax ID whose check digit holds, or without a name. */
  readonly skipped: number;
}

/** Imports the file; throws `CsvError` where it is not as described or names no business at all. */
export async function importCompanies(
  register: CompanyRegister,
  pieces: AsyncIterable<string>,
  columns: CompanyColumns = COMPANY_COLUMNS,
): Promise<CompaniesImported> {
  const edition = await register.beginCompanies();
  let places: { readonly ubn: number; readonly name: number } | null = null;
  let waiting = new Map<string, CompanyRow>();
  let imported = 0;
  let skipped = 0;
  for await (const row of csvRows(pieces)) {
    if (places === null) {
      places = placesOf(row, columns);
      continue;
    }
    const company = companyOf(row[places.ubn] ?? '', row[places.name] ?? '', edition);
    if (company === null) {
      skipped += 1;
      continue;
    }
    // PostgreSQL takes each key once a statement; of two rows the later counts.
    waiting.set(company.ubn, company);
    if (waiting.size < COMPANIES_AT_ONCE) continue;
    await register.saveCompanies([...waiting.values()]);
    imported += waiting.size;
    waiting = new Map();
  }
  imported += waiting.size;
  if (imported === 0) throw new CsvError('the file names no business');
  await register.saveCompanies([...waiting.values()]);
  await register.completeCompanies(edition);
  return { imported, skipped };
}

function placesOf(
  headings: readonly string[],
  columns: CompanyColumns,
): { readonly ubn: number; readonly name: number } {
  const place = (heading: string): number => {
    const index = headings.findIndex((text) => text.trim() === heading);
    if (index < 0) throw new CsvError(`no column is headed ${heading}`);
    return index;
  };
  return { ubn: place(columns.ubn), name: place(columns.name) };
}

function companyOf(ubnText: string, nameText: string, edition: number): CompanyRow | null {
  const ubn = parseUbn(ubnText.trim());
  const name = nameText.trim().slice(0, NAME_CHARACTERS_MAX);
  if (ubn === 'shape' || ubn === 'check-digit' || name === '') return null;
  return { ubn, name, edition };
}
