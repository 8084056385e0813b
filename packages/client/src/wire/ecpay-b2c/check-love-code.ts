/** B2C CheckLoveCode: whether a donation code 愛心碼 exists, and whose it is (ECPay B2C API, doc 7891). */

import type { WireEndpoint, WireTable } from '../field.ts';

/** Data of a CheckLoveCode request. */
export const CHECK_LOVE_CODE_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  /** 3 to 7 digits. */
  LoveCode: { kind: 'text', need: 'required', lengthMax: 7, pattern: /^\d{3,7}$/ },
} as const satisfies WireTable;

/** Data of a CheckLoveCode reply. RtnCode 1 says only that the question was answered. */
export const CHECK_LOVE_CODE_REPLY = {
  /** The organisation; only with IsExist Y. */
  OrganName: { kind: 'text', need: 'conditional', lengthMax: 200 },
  IsExist: { kind: 'code', need: 'required', lengthMax: 1, values: ['Y', 'N'] },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  /** Empty with IsExist N (observed: a public client's fixtures). */
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** Asks about one donation code (doc 7891). 9000001: the Ministry cannot be asked. */
export const CHECK_LOVE_CODE = {
  path: '/B2CInvoice/CheckLoveCode',
  request: CHECK_LOVE_CODE_REQUEST,
  reply: CHECK_LOVE_CODE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
