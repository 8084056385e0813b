/** B2C GetCompanyNameByTaxID: the name of a business by its tax ID (ECPay B2C API, doc 32089). */

import type { WireEndpoint, WireTable } from '../field.ts';

/** Data of a GetCompanyNameByTaxID request. */
export const GET_COMPANY_NAME_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  /** 8 digits; the check digit is judged apart (1200125, observed 2026-08, stage). */
  UnifiedBusinessNo: { kind: 'text', need: 'required', lengthMax: 8, pattern: /^\d{8}$/ },
} as const satisfies WireTable;

/** Data of a GetCompanyNameByTaxID reply. */
export const GET_COMPANY_NAME_REPLY = {
  CompanyName: { kind: 'text', need: 'required', lengthMax: 60 },
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** Asks for one name (doc 32089). 7: no such business; 9000001: the register cannot be asked. */
export const GET_COMPANY_NAME = {
  path: '/B2CInvoice/GetCompanyNameByTaxID',
  request: GET_COMPANY_NAME_REQUEST,
  reply: GET_COMPANY_NAME_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
