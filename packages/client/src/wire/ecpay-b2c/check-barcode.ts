/** B2C CheckBarcode: whether a mobile barcode 手機條碼 exists (ECPay B2C API, doc 7886). */

import type { WireEndpoint, WireTable } from '../field.ts';

/** Data of a CheckBarcode request. */
export const CHECK_BARCODE_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  /** `/` and seven of `0-9A-Z+-.`; a blank inside is read as `+` (older pages advise to send one). */
  BarCode: { kind: 'text', need: 'required', lengthMax: 8, pattern: /^\/[0-9A-Z+\-.]{7}$/ },
} as const satisfies WireTable;

/** Data of a CheckBarcode reply. RtnCode 1 says only that the question was answered. */
export const CHECK_BARCODE_REPLY = {
  IsExist: { kind: 'code', need: 'required', lengthMax: 1, values: ['Y', 'N'] },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  /** Empty (observed 2026-08, stage). */
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** Asks about one barcode (doc 7886). 9000001: the Ministry cannot be asked; take it for unknown. */
export const CHECK_BARCODE = {
  path: '/B2CInvoice/CheckBarcode',
  request: CHECK_BARCODE_REQUEST,
  reply: CHECK_BARCODE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
