/**
 * E0401 BranchTrack 分支機構配號檔: the head office tells the Ministry which part of an allotted range a branch
 * issues from (MIG 4.1 E0401). A seller without branches names itself twice.
 */
import { bookletsOf, type NumberRange } from '../../domain/number-book.ts';
import { group, list, messageTable, required, type ValueOf } from './message-table.ts';
import { type NumberPlace, positionText } from './number-place.ts';
import { BAN, BOOKLET_COUNT, INVOICE_TYPE, POSITION, TRACK, YEAR_MONTH } from './types.ts';

/** Ranges that one E0401 may tell. */
const ITEMS_MAX = 25_000;

export const E0401 = messageTable('E0401', 'BranchTrack', [
  group('Main', '配號主檔', [
    required('HeadBan', '總公司統一編號', BAN),
    required('BranchBan', '分支機構統一編號', BAN),
    required('InvoiceType', '發票類別', INVOICE_TYPE),
    required('YearMonth', '發票期別', YEAR_MONTH),
    required('InvoiceTrack', '發票字軌', TRACK),
    required('InvoiceBeginNo', '發票起號', POSITION),
    required('InvoiceEndNo', '發票迄號', POSITION),
  ]),
  group('Details', '配號明細', [
    list('BranchTrackItem', '分支機構配號', ITEMS_MAX, [
      required('InvoiceBeginNo', '發票起號', POSITION),
      required('InvoiceEndNo', '發票迄號', POSITION),
      required('InvoiceBooklet', '本組數', BOOKLET_COUNT),
    ]),
  ]),
]);
export type E0401Value = ValueOf<typeof E0401.rows>;

/** The E0401 of the parts of an allotted range that a branch issues from; each is whole booklets. */
export function e0401Of(
  place: NumberPlace,
  allotted: NumberRange,
  parts: readonly NumberRange[],
): E0401Value {
  return {
    Main: {
      HeadBan: place.head,
      BranchBan: place.branch,
      InvoiceType: place.invoiceType,
      YearMonth: place.period,
      InvoiceTrack: place.track,
      InvoiceBeginNo: positionText(allotted.first),
      InvoiceEndNo: positionText(allotted.last),
    },
    Details: {
      BranchTrackItem: parts.map((part) => ({
        InvoiceBeginNo: positionText(part.first),
        InvoiceEndNo: positionText(part.last),
        InvoiceBooklet: String(bookletsOf(part)),
      })),
    },
  };
}
