/**
 * Documents that set a Kaili up: a seller, an account, a number book, as JSON. Checked here once for
 * whoever takes them in. Problems name members, never values: these may be keys.
 */
import { z } from 'zod';
import { parseTrack } from '../domain/invoice-number.ts';
import { NOTICE_TAGS } from '../domain/notice.ts';
import { POSITION_MAX } from '../domain/number-book.ts';
import { parsePeriod } from '../domain/period.ts';
import { parseUbn, type Ubn } from '../domain/ubn.ts';

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** A text that a domain parser takes, or an issue that says what was expected. */
function parsedText<T>(parse: (text: string) => T | undefined, expected: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue(expected);
    return z.NEVER;
  });
}

function ubnOf(text: string): Ubn | undefined {
  const parsed = parseUbn(text);
  return parsed === 'shape' || parsed === 'check-digit' ? undefined : parsed;
}

const ubnMember = parsedText(ubnOf, 'eight digits with a right check digit (tax ID)');
const REASONS = ['', '71', '72', '73', '74', '75', '76', '77', '78', '79'] as const;

const tags = z.array(z.enum(NOTICE_TAGS));
/** Entries of an allow or block list at most. */
const LIST_ENTRIES_MAX = 1_000;
const recipients = z.array(z.string().trim().min(1).max(200)).max(LIST_ENTRIES_MAX);
const noticeSettings = z.strictObject({
  buyerMail: tags,
  buyerSms: tags,
  sellerMail: tags,
  language: z.enum(['both', 'zh-Hant', 'en']),
  allow: recipients,
  block: recipients,
});

/** Branches of one head office. */
const BRANCHES_MAX = 2_000;

// Lengths: MIG 4.1, role description of a seller.
const sellerDocument = z.strictObject({
  ubn: ubnMember,
  name: z.string().trim().min(1).max(60),
  address: z.string().trim().min(1, 'without it no invoice can be filed').max(100),
  personInCharge: z.string().trim().max(30).default(''),
  phone: z.string().trim().max(26).default(''),
  fax: z.string().trim().max(26).default(''),
  email: z.string().trim().max(400).default(''),
  zeroTaxRateReasonDefault: z.enum(REASONS).default(''),
  memberCarrierCode: z
    .string()
    .trim()
    .regex(/^([A-Z]{2}\d{4})?$/, 'two capitals and four digits, as the Ministry gave it')
    .default(''),
  notices: noticeSettings.optional(),
  branches: z
    .array(z.strictObject({ ubn: ubnMember, name: z.string().trim().min(1).max(60) }))
    .max(BRANCHES_MAX)
    .optional(),
  dialects: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

const kind = z.enum(['merchant', 'pos', 'platform']).default('merchant');
const boundAccounts = z.array(z.string().min(1)).default([]);
/** HashKey and HashIV of AES-128: sixteen ASCII characters each (ECPay invoice API, encryption). */
const aesText = z.string().regex(/^[\x21-\x7e]{16}$/, 'sixteen ASCII characters');

const accountDocument = z
  .discriminatedUnion('dialect', [
    z.strictObject({
      dialect: z.literal('ecpay'),
      id: z.string().regex(/^[0-9A-Za-z]{1,10}$/, 'a MerchantID or PlatformID'),
      seller: ubnMember.nullable(),
      kind,
      secrets: z.strictObject({ hashKey: aesText, hashIv: aesText }),
      boundAccounts,
    }),
    z.strictObject({
      dialect: z.literal('systemlead'),
      id: z.string().regex(/^\d{8}$/, 'a CompanyID'),
      seller: ubnMember.nullable(),
      kind,
      secrets: z.strictObject({ salt: z.string().min(16).max(128) }),
      boundAccounts,
    }),
  ])
  .refine((account) => (account.kind === 'platform') === (account.seller === null), {
    path: ['seller'],
    message: 'null for a platform, which has bound accounts instead; a tax ID for all others',
  });

const position = z.int().min(0).max(POSITION_MAX);

const bookDocument = z.strictObject({
  seller: ubnMember,
  period: parsedText(parsePeriod, 'ROC year and even month, e.g. 11512'),
  track: parsedText(parseTrack, 'two capitals'),
  first: position,
  last: position,
  invoiceType: z.enum(['07', '08']).default('07'),
  segments: z
    .array(
      z.strictObject({
        first: position,
        last: position,
        code: z.string().max(10).default(''),
        category: z.enum(['b2c', 'b2b', 'pos', 'systemlead', 'any']),
        allotter: z.enum(['center', 'merchant']).default('center'),
      }),
    )
    .default([]),
});

/** What a seller's certificates are checked by: the key from the Ministry's tool, or its pass-phrase. */
const qrKeyDocument = z
  .strictObject({
    seller: ubnMember,
    key: z
      .string()
      .regex(/^[0-9A-Fa-f]{32}$/, '32 hex digits, as the Ministry’s tool prints it')
      .optional(),
    passPhrase: z.string().min(1).optional(),
  })
  .refine(({ key, passPhrase }) => (key === undefined) !== (passPhrase === undefined), {
    path: ['key'],
    message: 'give either key or passPhrase',
  });

/** A thermal printer that understands ESC/POS, on the seller's own network. */
const printerDocument = z.strictObject({
  seller: ubnMember,
  code: z.string().regex(/^[0-9A-Za-z]{1,10}$/, 'as clients name it, 00 the usual one'),
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65_535).default(9100),
  roll: z.union([z.literal(58), z.literal(80)]).default(58),
  dpi: z.union([z.literal(203), z.literal(300)]).default(203),
  hasCutter: z.boolean().default(true),
  answersStatus: z.boolean().default(true),
});

export type SellerDocument = z.output<typeof sellerDocument>;
export type AccountDocument = z.output<typeof accountDocument>;
export type QrKeyDocument = z.output<typeof qrKeyDocument>;
export type PrinterDocument = z.output<typeof printerDocument>;
export type BookDocument = z.output<typeof bookDocument>;

function reader<Schema extends z.ZodType>(schema: Schema) {
  return (value: unknown): Reading<z.output<Schema>> => {
    const result = schema.safeParse(value);
    if (result.success) return { ok: true, value: result.data };
    const problems = result.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'document'}: ${message}`,
    );
    return { ok: false, problems };
  };
}

export const readSellerDocument: (value: unknown) => Reading<SellerDocument> =
  reader(sellerDocument);
export const readAccountDocument: (value: unknown) => Reading<AccountDocument> =
  reader(accountDocument);
export const readQrKeyDocument: (value: unknown) => Reading<QrKeyDocument> = reader(qrKeyDocument);
export const readPrinterDocument: (value: unknown) => Reading<PrinterDocument> =
  reader(printerDocument);
export const readBookDocument: (value: unknown) => Reading<BookDocument> = reader(bookDocument);
