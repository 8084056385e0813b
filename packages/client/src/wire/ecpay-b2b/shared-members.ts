/** What the messages of ECPay's B2B API share: names of members, forms and lengths that come again. */
import { DATE_LENGTH_MAX, DATE_PATTERN, INVOICE_NUMBER_PATTERN } from '../ecpay-b2c/envelope.ts';
import type {
  CodeField,
  DecimalField,
  Field,
  IdentifierField,
  IntegerField,
  Requirement,
  TextField,
} from '../field.ts';

/** A day and a time: `yyyy-MM-dd HH:mm:ss`, or with slashes; .NET writes a `T`, fractions and a zone. */
export const DATE_TIME_PATTERN =
  /^\d{4}([-/])\d{2}\1\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/;

/** Documented as required; if present it must equal the envelope's (observed 2026-09, stage). */
export const MERCHANT_ID = {
  kind: 'identifier',
  need: 'optional',
  lengthMax: 10,
} as const satisfies IdentifierField;

/** Two letters and eight digits. */
export const INVOICE_NUMBER = {
  kind: 'text',
  need: 'required',
  lengthMax: 10,
  pattern: INVOICE_NUMBER_PATTERN,
} as const satisfies TextField;

/** The invoice's own day; a time after it is ignored (Odoo's module sends one, in UTC). */
export const INVOICE_DATE = {
  kind: 'text',
  need: 'required',
  lengthMax: DATE_LENGTH_MAX,
  pattern: DATE_PATTERN,
} as const satisfies TextField;

/** A partner outside numbers its allowances as it likes (MIG 4.1, AllowanceNumber); ECPay's own are 16 digits. */
export const ALLOWANCE_NO = {
  kind: 'text',
  need: 'required',
  lengthMax: 16,
  pattern: /^[^\s/]{1,16}$/u,
} as const satisfies TextField;

/** 1 to 20 characters, as the Ministry's messages want them. */
export const REASON = {
  kind: 'text',
  need: 'required',
  lengthMax: 20,
} as const satisfies TextField;
export const REMARK = {
  kind: 'text',
  need: 'optional',
  lengthMax: 200,
} as const satisfies TextField;

/** 0 sales 銷項, 1 purchases 進項; missing counts as 0 (the official PHP sample omits it). */
export const INVOICE_CATEGORY = {
  kind: 'code',
  need: 'optional',
  lengthMax: 1,
  values: ['0', '1'],
} as const satisfies CodeField;

/** The result of every reply. */
export const RESULT = {
  RtnCode: { kind: 'integer', need: 'required', digitsMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies Readonly<Record<string, Field>>;

/** The result of GetIssue: RtnCode as text (observed 2026-09, stage). */
export const RESULT_AS_TEXT = {
  RtnCode: { kind: 'text', need: 'required', lengthMax: 8 },
  RtnMsg: { kind: 'text', need: 'required', lengthMax: 200 },
} as const satisfies Readonly<Record<string, Field>>;

export function text<N extends Requirement>(lengthMax: number, need: N) {
  return { kind: 'text', need, lengthMax } as const;
}

/** Members of replies. */
export const TEXT = { kind: 'text', need: 'required', lengthMax: 500 } as const satisfies TextField;
export const TEXT_OR_NULL = { ...TEXT, nullable: true } as const satisfies TextField;
export const WHOLE = {
  kind: 'integer',
  need: 'required',
  digitsMax: 12,
} as const satisfies IntegerField;
export const WHOLE_OR_NULL = { ...WHOLE, nullable: true } as const satisfies IntegerField;
export const DECIMAL = {
  kind: 'decimal',
  need: 'required',
  integerDigitsMax: 13,
  decimalsMax: 7,
} as const satisfies DecimalField;
export const MERCHANT = {
  kind: 'identifier',
  need: 'required',
  lengthMax: 10,
} as const satisfies IdentifierField;

/** Whether and when the Ministry confirmed the message: 0 no, 1 yes, 2 failed; null for purchases. */
export const UPLOAD = {
  Upload_Status: WHOLE_OR_NULL,
  Upload_Date: TEXT_OR_NULL,
} as const;
