/**
 * The CSV of GetIssueList: RFC 4180 with commas, a value in quotes only where it holds a comma, a quote
 * or a line break, every row ended by CRLF, UTF-8 without byte order mark. Documented: the 24 headings
 * and their order; how the CSV travels is Kaili's answer.
 */
import {
  GET_ISSUE_LIST_CSV_COLUMNS,
  type GET_ISSUE_LIST_ROW,
} from '#wire/ecpay-b2c/get-issue-list.ts';
import type { Wire } from '#wire/field.ts';

/** The two values that every row repeats. */
export interface CsvHead {
  readonly TotalCount: number;
  readonly ShowingPage: number;
}

/** Headings, then one row an invoice; without invoices the headings alone. */
export function issueListCsv(
  head: CsvHead,
  rows: readonly Wire<typeof GET_ISSUE_LIST_ROW>[],
): string {
  const headings = GET_ISSUE_LIST_CSV_COLUMNS.map((column) => column.heading);
  const lines = [headings, ...rows.map((row) => valuesOf({ ...row, ...head }))];
  return lines.map((values) => `${values.map(quoted).join(',')}\r\n`).join('');
}

function valuesOf(row: Wire<typeof GET_ISSUE_LIST_ROW> & CsvHead): readonly string[] {
  // null, the award type before a draw, is an empty value.
  return GET_ISSUE_LIST_CSV_COLUMNS.map(({ member }) => String(row[member] ?? ''));
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
