/**
 * B2C AllowanceInvalidByCollegiate: withdraws an online allowance that the buyer has not agreed to (ECPay
 * B2C API, doc 7913; English page doc 22091). Guides also call it `CancelAllowance`.
 */

import type { WireEndpoint, WireTable } from '../field.ts';
import { ALLOWANCE_INVALID_REPLY, ALLOWANCE_INVALID_REQUEST } from './allowance-invalid.ts';

/** Data of an AllowanceInvalidByCollegiate request. */
export const ALLOWANCE_INVALID_BY_COLLEGIATE_REQUEST = {
  ...ALLOWANCE_INVALID_REQUEST,
  /** In the model of ECPay's .NET SDK; ignored. */
  CreateUser: { kind: 'text', need: 'optional', lengthMax: 20 },
} as const satisfies WireTable;

/** Withdraws one online allowance (doc 7913). */
export const ALLOWANCE_INVALID_BY_COLLEGIATE = {
  path: '/B2CInvoice/AllowanceInvalidByCollegiate',
  request: ALLOWANCE_INVALID_BY_COLLEGIATE_REQUEST,
  reply: ALLOWANCE_INVALID_REPLY,
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
