/**
 * What was reported of numbers as such, as it is kept: an immutable version for each track, type and
 * message, of which the Ministry's file is made and which the journal hashes.
 */

import type { InvoiceType } from '../domain/invoice.ts';
import type { Track } from '../domain/invoice-number.ts';
import type { NumberRange } from '../domain/number-book.ts';
import type { Period } from '../domain/period.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { NumberReportRow } from './rows.ts';

export interface NumberReportContent {
  /** Tax ID to which the range was allotted, and the one that issues from it. */
  readonly head: Ubn;
  readonly branch: Ubn;
  readonly period: Period;
  readonly track: Track;
  readonly invoiceType: InvoiceType;
  /** The whole range that was allotted, for an E0401; null for an E0402. */
  readonly allotted: NumberRange | null;
  readonly ranges: readonly NumberRange[];
}

/** Reads a report back; it was written by the ledger as canonical JSON and never changed since. */
export function parseReport(row: Pick<NumberReportRow, 'content'>): NumberReportContent {
  return JSON.parse(row.content) as NumberReportContent;
}

/** `KA/07`: how a filing, and the Ministry's result, names what is reported. */
export function numbersText(track: string, invoiceType: string): string {
  return `${track}/${invoiceType}`;
}

/** The latest version of each report among the rows. */
export function latestReports(rows: readonly NumberReportRow[]): readonly NumberReportRow[] {
  const latest = new Map<string, NumberReportRow>();
  for (const row of rows) {
    const key = `${row.seller}/${row.period}/${row.message}/${row.numbers}`;
    const known = latest.get(key);
    if (known === undefined || known.version < row.version) latest.set(key, row);
  }
  return [...latest.values()];
}

/** What the journal calls a report. */
export function reportSubject({
  period,
  message,
  numbers,
  version,
}: Pick<NumberReportRow, 'period' | 'message' | 'numbers' | 'version'>): string {
  return `numbers/${period}/${message}/${numbers}/${version}`;
}

/** Ranges of a period that the latest E0402 of each track reports: they are blank for good. */
export function reportedBlanks(
  rows: readonly NumberReportRow[],
): readonly (NumberRange & { readonly track: Track })[] {
  return latestReports(rows)
    .filter(({ message }) => message === 'E0402')
    .flatMap((row) => {
      const { track, ranges } = parseReport(row);
      return ranges.map((range) => ({ ...range, track }));
    });
}
