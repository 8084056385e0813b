/**
 * B2C GetAllowance: one allowance. An older call without a page of its own; observed on stage 2026-09.
 * The reply is flat: the members of one row of GetAllowanceList.
 */

import type { WireEndpoint, WireTable } from '../field.ts';
import { ALLOWANCE_NUMBER_PATTERN, INVOICE_NUMBER_PATTERN } from './envelope.ts';
import { ALLOWANCE_INFO } from './get-allowance-list.ts';

/** Data of a GetAllowance request; InvoiceNo is checked before AllowanceNo (observed 2026-09). */
export const GET_ALLOWANCE_REQUEST = {
  /** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
  MerchantID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  InvoiceNo: { kind: 'text', need: 'required', lengthMax: 10, pattern: INVOICE_NUMBER_PATTERN },
  AllowanceNo: { kind: 'text', need: 'required', lengthMax: 16, pattern: ALLOWANCE_NUMBER_PATTERN },
} as const satisfies WireTable;

/** Data of a GetAllowance reply. */
export const GET_ALLOWANCE_REPLY = {
  ...ALLOWANCE_INFO,
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies WireTable;

/** One allowance by invoice and allowance number. */
export const GET_ALLOWANCE = {
  path: '/B2CInvoice/GetAllowance',
  request: GET_ALLOWANCE_REQUEST,
  reply: GET_ALLOWANCE_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
