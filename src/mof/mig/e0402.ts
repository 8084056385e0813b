/**
 * E0402 BranchTrackBlank 空白未使用字軌檔: the numbers of a period that were never issued (MIG 4.1 E0402). One
 * message for each tax ID, track and type; an unused number is not a voided one.
 */
import type { NumberRange } from '../../domain/number-book.ts';
import { group, list, messageTable, required, type ValueOf } from './message-table.ts';
import { type NumberPlace, positionText } from './number-place.ts';
import { BAN, INVOICE_TYPE, POSITION, TRACK, YEAR_MONTH } from './types.ts';

/** Ranges that one E0402 may tell by the schema; the text of MIG 4.1 says 25000. */
export const BLANK_RANGES_MAX = 10_000;

export const E0402 = messageTable('E0402', 'BranchTrackBlank', [
  group('Main', '空白字軌主檔', [
    required('HeadBan', '總公司統一編號', BAN),
    required('BranchBan', '分支機構統一編號', BAN),
    required('InvoiceType', '發票類別', INVOICE_TYPE),
    required('YearMonth', '發票期別', YEAR_MONTH),
    required('InvoiceTrack', '發票字軌', TRACK),
  ]),
  group('Details', '空白字軌明細', [
    list('BranchTrackBlankItem', '空白發票區間', BLANK_RANGES_MAX, [
      required('InvoiceBeginNo', '空白發票起號', POSITION),
      required('InvoiceEndNo', '空白發票迄號', POSITION),
    ]),
  ]),
]);
export type E0402Value = ValueOf<typeof E0402.rows>;

/** The E0402 of never-issued ranges; one number alone begins and ends with itself. */
export function e0402Of(place: NumberPlace, blanks: readonly NumberRange[]): E0402Value {
  return {
    Main: {
      HeadBan: place.head,
      BranchBan: place.branch,
      InvoiceType: place.invoiceType,
      YearMonth: place.period,
      InvoiceTrack: place.track,
    },
    Details: {
      BranchTrackBlankItem: blanks.map((blank) => ({
        InvoiceBeginNo: positionText(blank.first),
        InvoiceEndNo: positionText(blank.last),
      })),
    },
  };
}
