/**
 * The CSV of allotted numbers that the Ministry's platform offers (字軌號碼取號, `invnoapply….csv`), taken
 * unedited. Observed in public readers of it (2021 to 2026): Big5, a head line 營業人統編, 發票類別代號,
 * 發票類別, 發票期別, 發票字軌名稱, 發票起號, 發票迄號; type `7` or `07`; period `115/11 ~ 115/12`. Also
 * taken: UTF-8 with or without a byte-order mark, quotes, `="…"`, other orders of columns by their heads.
 */
import { type AllottedLine, readAllotment } from './allotment.ts';

/** A seller has a few ranges a period; a larger file is another one by mistake. */
export const CSV_BYTES_MAX = 1024 * 1024;
const LINES_MAX = 10_000;

const COLUMNS = {
  seller: ['營業人統編', '統一編號', '營業人統一編號'],
  invoiceType: ['發票類別代號'],
  period: ['發票期別'],
  track: ['發票字軌名稱', '發票字軌', '字軌'],
  first: ['發票起號'],
  last: ['發票迄號'],
} as const;
type Column = keyof typeof COLUMNS;
// Exactly the members of the constant above.
const COLUMN_NAMES = Object.keys(COLUMNS) as readonly Column[];

export type CsvReading =
  | { readonly ok: true; readonly lines: readonly AllottedLine[] }
  | { readonly ok: false; readonly problem: string };

/** The ranges of a file, line by line; or why it is no such file. */
export function readPlatformCsv(bytes: Uint8Array): CsvReading {
  if (bytes.length > CSV_BYTES_MAX) return { ok: false, problem: '檔案超過 1 MB，不是字軌檔' };
  const text = decode(bytes);
  if (text === null) return { ok: false, problem: '檔案編碼不是 Big5 也不是 UTF-8' };
  const rows = text.split(/\r\n|\n|\r/).map(cellsOf);
  if (rows.length > LINES_MAX) return { ok: false, problem: `檔案超過 ${LINES_MAX} 行` };
  const headAt = rows.findIndex((cells) => cells.some((cell) => cell !== ''));
  const places = placesOf(rows[headAt] ?? []);
  if (typeof places === 'string') return { ok: false, problem: places };
  const lines: AllottedLine[] = [];
  for (const [index, cells] of rows.entries()) {
    if (index <= headAt || cells.every((cell) => cell === '')) continue;
    const cell = (column: Column): string => cells[places[column]] ?? '';
    const period = periodOf(cell('period'));
    const first = cell('first').padStart(8, '0');
    const last = cell('last').padStart(8, '0');
    const texts = {
      seller: cell('seller'),
      invoiceType: cell('invoiceType'),
      track: cell('track'),
    };
    lines.push(readAllotment(index + 1, { ...texts, period, first, last }));
  }
  return lines.length > 0 ? { ok: true, lines } : { ok: false, problem: '檔案內沒有任何字軌' };
}

/** UTF-8 where the bytes are that; else Big5, as the platform writes it. */
function decode(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'big5']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      // Not in this encoding.
    }
  }
  return null;
}

/** Cells of one line; quotes may hold commas, and a doubled quote is one. */
function cellsOf(line: string): readonly string[] {
  const cells: string[] = [];
  const pattern = /\s*(?:=?"((?:[^"]|"")*)"|([^,\t]*))\s*(?:[,\t]|$)/gy;
  while (pattern.lastIndex < line.length) {
    const match = pattern.exec(line);
    if (match === null) return [line];
    cells.push((match[1] ?? match[2] ?? '').replaceAll('""', '"').trim());
  }
  return cells;
}

function placesOf(head: readonly string[]): Readonly<Record<Column, number>> | string {
  const places = { seller: -1, invoiceType: -1, period: -1, track: -1, first: -1, last: -1 };
  for (const column of COLUMN_NAMES) {
    const names: readonly string[] = COLUMNS[column];
    places[column] = head.findIndex((cell) => names.includes(cell.replace(/^\ufeff/, '')));
  }
  const missing = COLUMN_NAMES.find((column) => places[column] < 0);
  return missing === undefined
    ? places
    : `找不到欄位「${COLUMNS[missing][0]}」，請使用平台下載之原檔`;
}

/** `115/11 ~ 115/12` as `11512`; '' where it is no two months of one year that belong together. */
function periodOf(text: string): string {
  const match = /^(\d{2,3})\/?(\d{2})\s*[~～-]\s*(\d{2,3})\/?(\d{2})$/.exec(text);
  if (match === null) return /^\d{5}$/.test(text) ? text : '';
  const [, year, odd, endYear, even] = match;
  if (year !== endYear || Number(even) - Number(odd) !== 1) return '';
  return `${year?.padStart(3, '0')}${even}`;
}
