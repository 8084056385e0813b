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

/** What closing found of one track and type, and what it did. */
export interface ClosedTrack {
  readonly track: Track;
  readonly invoiceType: InvoiceType;
  readonly ranges: readonly NumberRange[];
  /**
   * `reported` anew; `replaced` a report that was not handed over, or was refused; `unchanged`;
   * `underway`: something changed, but the report before is not answered yet, so close again later.
   */
  readonly state: 'reported' | 'replaced' | 'unchanged' | 'underway';
}

/** Reads a report back; it was written by the ledger as canonical JSON and never changed since. */
export function parseReport(row: Pick<NumberReportRow, 'content'>): NumberReportContent {
  return JSON.parse(row.content) as NumberReportContent;
}

/** `KA/07`: how a filing, and the Ministry's result, names what is reported. */
export function numbersText(track: string, invoiceType: string): string {
  return `${track}/${invoiceType}`;
}

/** `KA/07/22222229`: the same of a branch's part (E0401); each version is a message of its own. */
export function branchNumbersText(track: string, invoiceType: string, branch: string): string {
  return `${numbersText(track, invoiceType)}/${branch}`;
}

/** What a seller allotted to branches: each E0401 adds to those before it. */
export function branchAllotments(rows: readonly NumberReportRow[]): readonly NumberReportContent[] {
  return rows.filter(({ message }) => message === 'E0401').map(parseReport);
}

/** Ranges of a track and type that are branches'. */
export function branchRanges(
  allotments: readonly NumberReportContent[],
  { track, invoiceType }: Pick<NumberReportContent, 'track' | 'invoiceType'>,
): readonly NumberRange[] {
  return allotments
    .filter((one) => one.track === track && one.invoiceType === invoiceType)
    .flatMap(({ ranges }) => ranges);
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
