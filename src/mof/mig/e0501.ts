/**
 * E0501 InvoiceAssignNo 營業人電子發票配號檔: a range of numbers that the Ministry allotted, downloaded by
 * Turnkey inside an InvoiceEnvelope (MIG E0501, which stays at 4.0).
 */
import { messageTable, required, type ValueOf } from './message-table.ts';
import { BAN, BOOKLET_COUNT, INVOICE_TYPE, POSITION, TRACK, YEAR_MONTH } from './types.ts';

export const E0501 = messageTable(
  'E0501',
  'InvoiceAssignNo',
  [
    required('Ban', '公司統一編號', BAN),
    required('InvoiceType', '發票類別', INVOICE_TYPE),
    required('YearMonth', '發票期別', YEAR_MONTH),
    required('InvoiceTrack', '發票字軌', TRACK),
    required('InvoiceBeginNo', '發票起號', POSITION),
    required('InvoiceEndNo', '發票迄號', POSITION),
    required('InvoiceBooklet', '本組數', BOOKLET_COUNT),
  ],
  { namespace: 'urn:GEINV:E0501:4.0' },
);
export type E0501Value = ValueOf<typeof E0501.rows>;
