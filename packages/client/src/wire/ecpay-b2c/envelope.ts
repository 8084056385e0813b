/**
 * The envelope of every ECPay e-invoice call: the outer JSON objects of request and reply, their
 * TransCodes and texts, and the few forms that all B2C messages share. The cipher of `Data` is in
 * `../ecpay-envelope.ts`; which failure gets which code is the server's business.
 */

import type { Wire, WireTable } from '../field.ts';

/** Outer object of a request (ECPay B2C API, request envelope). */
export const REQUEST_ENVELOPE = {
  /** Only for contracted platform merchants; missing, `""` and null all mean none (observed 2026-11). */
  PlatformID: { kind: 'identifier', need: 'optional', lengthMax: 10 },
  /** The merchant's id, as text or as number. */
  MerchantID: { kind: 'identifier', need: 'required', lengthMax: 10 },
  RqHeader: {
    kind: 'object',
    need: 'required',
    members: {
      /** Unix seconds, within ten minutes of the server's time; a numeric string is accepted. */
      Timestamp: { kind: 'integer', need: 'required', digitsMax: 12 },
      /** `3.0.0` for B2C, `1.0.0` for offline and B2B; any value or none succeeds (observed 2026-08). */
      Revision: { kind: 'text', need: 'optional', lengthMax: 10 },
      /** A UUID that comes back in the reply. No idempotency key (observed 2026-09, stage). */
      RqID: { kind: 'text', need: 'optional', lengthMax: 50 },
    },
  },
  /** URL-encoded JSON, AES-128-CBC, Base64. */
  Data: { kind: 'text', need: 'required', lengthMax: 10_485_760 },
} as const satisfies WireTable;

/** Outer object of a reply. No member beyond these: one public client refuses unknown ones. */
export const REPLY_ENVELOPE = {
  /** A number, 0 when the request named no platform (observed 2026-08, stage). */
  PlatformID: { kind: 'identifier', need: 'required', lengthMax: 10 },
  MerchantID: { kind: 'identifier', need: 'required', lengthMax: 10 },
  RpHeader: {
    kind: 'object',
    need: 'required',
    members: {
      /** Unix seconds. */
      Timestamp: { kind: 'integer', need: 'required', digitsMax: 12 },
      /** The request's RqID, or a fresh UUID when it had none (observed 2026-08 and 2026-09). */
      RqID: { kind: 'text', need: 'required', lengthMax: 50 },
      /** The request's Revision, null when it had none (observed 2026-08). */
      Revision: { kind: 'text', need: 'required', lengthMax: 10, nullable: true },
    },
  },
  /** 1 = the envelope was accepted, look at RtnCode; anything else = see `ENVELOPE_FAILURES`. */
  TransCode: { kind: 'integer', need: 'required', digitsMax: 3 },
  /** `Success`, or the failure's text. */
  TransMsg: { kind: 'text', need: 'required', lengthMax: 200 },
  /** Ciphertext; null on an envelope failure; GetIssueList alone has a plain object here. */
  Data: { kind: 'text', need: 'required', lengthMax: 10_485_760, nullable: true },
} as const satisfies WireTable;

/** The outer object of a request, as a server reads it. */
export type RequestEnvelope = Wire<typeof REQUEST_ENVELOPE>;
/** The outer object of a reply. */
export type ReplyEnvelope = Wire<typeof REPLY_ENVELOPE>;

/** TransCode and TransMsg of an accepted envelope; clients compare both exactly (observed 2026-08). */
export const ENVELOPE_ACCEPTED = { transCode: 1, transMsg: 'Success', status: 200 } as const;

/** Refusals of an envelope, with the HTTP status they travel under; `Data` is null then. */
export const ENVELOPE_FAILURES = {
  /** Timestamp more than ten minutes from the server's time (observed 2026-08, stage). */
  TIMESTAMP: {
    transCode: 104,
    transMsg: 'Timestamp is over 10 minutes than it just produced.',
    status: 500,
  },
  /** Wrong HashKey or HashIV, or no ciphertext at all (observed 2026-08, stage). */
  DECRYPT: { transCode: 110, transMsg: 'The parameter [Data] decrypt fail.', status: 500 },
  /** Data missing or empty (observed 2026-08). */
  DATA_EMPTY: { transCode: 111, transMsg: 'The parameter [Data] cannot be empty.', status: 500 },
  /** Merchant unknown, or the service is not enabled for it (observed 2026-08, stage). */
  MERCHANT: { transCode: 115, transMsg: 'B2C/B2B功能尚未開通，請聯繫所屬業務', status: 500 },
} as const;

/** Largest difference between RqHeader.Timestamp and the server's clock. */
export const TIMESTAMP_SKEW_SECONDS_MAX = 600;

/** RtnCode of a success; any other code in `Data` is a refusal. */
export const RTN_CODE_SUCCESS = 1;

/** What separates several texts in one RtnMsg (read so by Odoo's module). */
export const RTN_MSG_SEPARATOR = '\r\n';

/** Two capital letters and eight digits. */
export const INVOICE_NUMBER_PATTERN = /^[A-Z]{2}\d{8}$/;

/** Sixteen digits: allowance numbers of every kind (observed 2026-08 and 2026-09). */
export const ALLOWANCE_NUMBER_PATTERN = /^\d{16}$/;

/**
 * A day, `yyyy-MM-dd` or `yyyy/MM/dd`. Documented as String(10); a time part after it (a blank or `T`,
 * with or without a zone) is tolerated and ignored: Odoo's module and the .NET SDK send one.
 */
export const DATE_PATTERN = /^\d{4}([-/])\d{1,2}\1\d{1,2}(?:[T ].*)?$/;

/**
 * A time to the second, `yyyy-MM-dd HH:mm:ss` in Taipei, with slashes or as .NET writes it (`T`, fraction,
 * `+08:00`).
 */
export const DATE_TIME_PATTERN =
  /^\d{4}([-/])\d{1,2}\1\d{1,2}[T ]\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?:\+08:00)?$/;

/** The longest date text of a .NET serialiser: `2026-11-21T10:20:30.0000000+08:00`. */
export const DATE_LENGTH_MAX = 33;
