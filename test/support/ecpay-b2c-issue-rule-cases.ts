/**
 * For each rule of an Issue the orders that break it alone: an order that is issued, and changes of it each
 * of which breaks the rule and no other. Keys are those of the dialect's own list of rules.
 */
import { BUSINESS, line, ORDER, PRINTED } from './ecpay-b2c-case.ts';
import { DONATED, MIXED, MOBILE, SPECIAL, ZERO_RATE } from './ecpay-b2c-issue-cases.ts';
import { MERCHANT_B, type Members } from './ecpay-bytes.ts';
import { type HouseOptions, type HouseParts, PLATFORM } from './ecpay-house.ts';

export interface RuleCase {
  /** What the issued order adds to the ordinary one. */
  readonly valid: Members;
  /** What each broken order changes of that. */
  readonly broken: readonly Members[];
  readonly house?: HouseParts;
  /** Who sends the broken orders, where that is what breaks the rule. */
  readonly brokenBy?: HouseOptions;
}

const NO_CARRIER: Members = { CarrierType: '' };
const CITIZEN: Members = { CarrierType: '2', CarrierNum: 'AB12345678901234' };
const EASYCARD: Members = { CarrierType: '4', CarrierNum: '1234567890', CarrierNum2: '98765432' };
const IPASS: Members = { ...EASYCARD, CarrierType: '5' };
const CARDS: readonly Members[] = [EASYCARD, IPASS];
const NAMED: Members = { CustomerName: '王小明', CustomerAddr: '臺北市示範路1號' };
const TAX_ID: Members = { CustomerIdentifier: '04595257' };
/** No text of an invoice holds one: XML cannot. */
const CONTROL = '甲\u0001乙';

function alone(...broken: readonly Members[]): RuleCase {
  return { valid: {}, broken };
}

function from(valid: Members, ...broken: readonly Members[]): RuleCase {
  return { valid, broken };
}

/** The ordinary order with its only line changed. */
function ofLine(...changes: readonly Members[]): RuleCase {
  const [item] = ORDER.Items as readonly Members[]; // the order's own list
  return alone(...changes.map((change) => ({ Items: [{ ...item, ...change }] })));
}

function text(member: string, lengthMax: number): Readonly<Record<string, RuleCase>> {
  return {
    [`form ${member} FIELD_LENGTH`]: alone({ [member]: '長'.repeat(lengthMax + 1) }),
    [`form ${member} FIELD_FORMAT`]: alone({ [member]: CONTROL }, { [member]: {} }),
  };
}

function code(member: string, ...wrong: readonly unknown[]): Readonly<Record<string, RuleCase>> {
  return {
    [`form ${member} FIELD_REQUIRED`]: alone({ [member]: '' }, { [member]: null }),
    [`form ${member} FIELD_FORMAT`]: alone(...wrong.map((value) => ({ [member]: value }))),
  };
}

function lineText(member: string, lengthMax: number): Readonly<Record<string, RuleCase>> {
  return {
    [`form Items[0].${member} FIELD_LENGTH`]: ofLine({ [member]: '長'.repeat(lengthMax + 1) }),
    [`form Items[0].${member} FIELD_FORMAT`]: ofLine({ [member]: CONTROL }, { [member]: [] }),
  };
}

function lineNumber(member: string, tooLong: number): Readonly<Record<string, RuleCase>> {
  return {
    [`form Items[0].${member} FIELD_REQUIRED`]: ofLine({ [member]: '' }, { [member]: undefined }),
    [`form Items[0].${member} FIELD_LENGTH`]: ofLine({ [member]: tooLong }),
    [`form Items[0].${member} FIELD_FORMAT`]: ofLine(
      { [member]: 'much' },
      { [member]: '1.00000001' },
      { [member]: true },
    ),
  };
}

const CALLER: Readonly<Record<string, RuleCase>> = {
  'caller MerchantID ACCOUNT_MISMATCH': alone({ MerchantID: MERCHANT_B.id }),
  'caller PlatformID PLATFORM_NOT_BOUND': {
    ...alone({}),
    brokenBy: { platform: PLATFORM, merchant: MERCHANT_B },
  },
};

const FORMS: Readonly<Record<string, RuleCase>> = {
  ...text('RelateNumber', 50),
  'form RelateNumber FIELD_REQUIRED': alone({ RelateNumber: '' }, { RelateNumber: '  ' }),
  'form CustomerID FIELD_LENGTH': alone({ CustomerID: 'c'.repeat(21) }),
  'form CustomerID FIELD_FORMAT': alone({ CustomerID: 'c-1' }, { CustomerID: '客戶' }),
  'form ProductServiceID FIELD_LENGTH': alone({ ProductServiceID: 'p'.repeat(11) }),
  'form ProductServiceID FIELD_FORMAT': alone({ ProductServiceID: 'p_1' }),
  'form CustomerIdentifier FIELD_LENGTH': alone({ CustomerIdentifier: '04595257000' }),
  'form CustomerIdentifier FIELD_FORMAT': alone(
    { CustomerIdentifier: '0459525' },
    { CustomerIdentifier: 'A4595257' },
    { CustomerIdentifier: '045952570' },
  ),
  ...text('CustomerName', 60),
  ...text('CustomerAddr', 100),
  'form CustomerPhone FIELD_LENGTH': alone({ CustomerPhone: '9'.repeat(21) }),
  'form CustomerPhone FIELD_FORMAT': alone({ CustomerPhone: '0911-222333' }),
  'form CustomerEmail FIELD_LENGTH': alone({ CustomerEmail: `${'b'.repeat(69)}@example.com` }),
  'form CustomerEmail FIELD_FORMAT': alone({ CustomerEmail: 'b\u0001@example.com' }),
  'form ClearanceMark FIELD_FORMAT': from(ZERO_RATE, { ClearanceMark: '3' }),
  ...code('Print', '2', 'Y', {}),
  ...code('Donation', '2', 'Y'),
  'form LoveCode FIELD_LENGTH': from(DONATED, { LoveCode: '12345678' }),
  'form LoveCode FIELD_FORMAT': from(DONATED, { LoveCode: '12' }, { LoveCode: 'ABC' }),
  'form CarrierType FIELD_FORMAT': alone({ CarrierType: '6' }, { CarrierType: '0' }),
  'form CarrierNum FIELD_LENGTH': from(EASYCARD, { CarrierNum: '1'.repeat(65) }),
  'form CarrierNum FIELD_FORMAT': from(EASYCARD, { CarrierNum: '12\u000134' }),
  'form CarrierNum2 FIELD_LENGTH': from(EASYCARD, { CarrierNum2: '1'.repeat(65) }),
  'form CarrierNum2 FIELD_FORMAT': from(EASYCARD, { CarrierNum2: '12\u000134' }),
  ...code('TaxType', '5', '0', 'x'),
  'form ZeroTaxRateReason FIELD_FORMAT': from(
    ZERO_RATE,
    { ZeroTaxRateReason: '70' },
    { ZeroTaxRateReason: '80' },
  ),
  'form SpecialTaxType FIELD_LENGTH': from(SPECIAL, { SpecialTaxType: 10 }),
  'form SpecialTaxType FIELD_FORMAT': from(SPECIAL, { SpecialTaxType: 9 }, { SpecialTaxType: 'a' }),
  'form SalesAmount FIELD_REQUIRED': alone({ SalesAmount: '' }, { SalesAmount: undefined }),
  'form SalesAmount FIELD_LENGTH': alone({ SalesAmount: 1_000_000_000_000 }),
  'form SalesAmount FIELD_FORMAT': alone(
    { SalesAmount: 0 },
    { SalesAmount: -100 },
    { SalesAmount: 99.5 },
    { SalesAmount: 'NT$100' },
  ),
  ...text('InvoiceRemark', 200),
  'form Items FIELD_REQUIRED': alone({ Items: [] }, { Items: undefined }, { Items: null }),
  'form Items FIELD_FORMAT': alone({ Items: {} }, { Items: 'tea' }, { Items: ['tea'] }),
  'form InvType FIELD_REQUIRED': alone({ InvType: '' }),
  'form InvType FIELD_FORMAT': alone({ InvType: '09' }, { InvType: 7 }),
  'form vat FIELD_FORMAT': alone({ vat: '2' }),
};

const LINE_FORMS: Readonly<Record<string, RuleCase>> = {
  'form Items[0].ItemSeq FIELD_LENGTH': ofLine({ ItemSeq: 1000 }),
  'form Items[0].ItemSeq FIELD_FORMAT': ofLine({ ItemSeq: 0 }, { ItemSeq: 1.5 }, { ItemSeq: 'a' }),
  'form Items[0].ItemName FIELD_REQUIRED': ofLine({ ItemName: '' }, { ItemName: false }),
  ...lineText('ItemName', 500),
  ...lineNumber('ItemCount', 100_000_000),
  ...lineText('ItemWord', 6),
  ...lineNumber('ItemPrice', 10_000_000_000),
  'form Items[0].ItemTaxType FIELD_FORMAT': from(
    MIXED,
    ...['4', '9', 'x'].map((ItemTaxType) => ({
      Items: [
        line(1, '醬油', 1, 105, { ItemTaxType: '1' }),
        line(2, '白米', 2, 20, { ItemTaxType }),
      ],
    })),
  ),
  ...lineNumber('ItemAmount', 1_000_000_000_000),
  ...lineText('ItemRemark', 120),
};

const ACROSS: Readonly<Record<string, RuleCase>> = {
  'members CustomerName FIELD_REQUIRED': from(PRINTED, { CustomerName: '' }),
  'members CustomerAddr FIELD_REQUIRED': from(PRINTED, { CustomerAddr: ' ' }),
  'members CustomerEmail FIELD_FORMAT': alone(
    ...['a', 'a@', '@b', 'a@b@c', 'a@b.example;c@d.example', 'a b@c.example'].map((mail) => ({
      CustomerEmail: mail,
    })),
  ),
  'members LoveCode FIELD_REQUIRED': from(DONATED, { LoveCode: '' }),
  'members LoveCode FIELD_FORMAT': from(DONATED, { LoveCode: 'X123' }),
  'members CarrierNum FIELD_REQUIRED': alone(
    ...[MOBILE, CITIZEN, ...CARDS].map((carrier) => ({ ...carrier, CarrierNum: '' })),
  ),
  'members CarrierNum FIELD_FORMAT': alone(
    { ...MOBILE, CarrierNum: '/abc+12.' },
    { ...MOBILE, CarrierNum: '/ABC+12' },
    { ...CITIZEN, CarrierNum: 'A112345678901234' },
    ...CARDS.map((card) => ({ ...card, CarrierNum: '１２３４' })),
  ),
  'members CarrierNum2 FIELD_REQUIRED': alone(
    ...CARDS.map((card) => ({ ...card, CarrierNum2: '' })),
  ),
  'members CarrierNum2 FIELD_FORMAT': alone(
    ...CARDS.map((card) => ({ ...card, CarrierNum2: '9876 5432' })),
  ),
  'members SpecialTaxType FIELD_REQUIRED': from(SPECIAL, { SpecialTaxType: '' }),
  'members Items[0].ItemCount FIELD_FORMAT': ofLine({ ItemCount: 0 }, { ItemCount: -2 }),
  'members Items[0].ItemTaxType FIELD_REQUIRED': from(MIXED, {
    Items: [line(1, '醬油', 1, 105, { ItemTaxType: '1' }), line(2, '白米', 2, 20)],
  }),
  'members CustomerEmail BUYER_CONTACT_MISSING': alone({ CustomerEmail: '' }),
  'members CustomerIdentifier UBN_CHECK_DIGIT': from(
    BUSINESS,
    { CustomerIdentifier: '12345678' },
    { CustomerIdentifier: '00000000' },
  ),
  'members Donation DONATION_WITH_UBN': from({ ...DONATED, ...MOBILE }, TAX_ID),
  'members Donation DONATION_WITH_PRINT': from(DONATED, { ...NAMED, Print: '1' }),
  'members Print CARRIER_WITH_PRINT': from(
    PRINTED,
    ...[{ CarrierType: '1' }, CITIZEN, MOBILE, ...CARDS],
  ),
  'members Print CARRIER_WITH_PRINT_BUSINESS': from(
    { ...BUSINESS, ...MOBILE },
    { CarrierType: '1', CarrierNum: '' },
    ...[CITIZEN, ...CARDS],
  ),
  'members Print UBN_NEITHER_PRINTED_NOR_CARRIER': from(BUSINESS, { Print: '0' }),
  'members CarrierNum CARRIER_ID_NOT_ALLOWED': alone(
    { CarrierNum: '/KAI+L1.' },
    { ...NO_CARRIER, CarrierNum: '/KAI+L1.' },
  ),
  'members CarrierNum2 CARRIER_ID_NOT_ALLOWED': alone(
    ...[{}, NO_CARRIER, CITIZEN, MOBILE].map((carrier) => ({
      ...carrier,
      CarrierNum2: '98765432',
    })),
  ),
};

/** A number of lines of one dollar each. */
function lines(count: number): Members {
  const Items = Array.from({ length: count }, (_, index) => ({
    ...{ ItemName: `第${index + 1}項`, ItemCount: 1, ItemWord: '個', ItemPrice: 1, ItemAmount: 1 },
  }));
  return { SalesAmount: count, Items };
}

const SOY = line(1, '醬油', 1, 105, { ItemTaxType: '1' });
const RICE = line(2, '白米', 2, 20, { ItemTaxType: '3' });

const CONTENT: Readonly<Record<string, RuleCase>> = {
  'invoice TaxType INVOICE_TYPE_TAX_TYPE_MISMATCH': alone(
    { InvType: '08' },
    { ...ZERO_RATE, InvType: '08' },
    { ...MIXED, InvType: '08' },
    { ...SPECIAL, InvType: '07' },
  ),
  'invoice ClearanceMark CLEARANCE_MARK_MISSING': from(
    ZERO_RATE,
    { ClearanceMark: '' },
    { ...MIXED, ClearanceMark: '', Items: [SOY, { ...RICE, ItemTaxType: '2' }] },
  ),
  'invoice ZeroTaxRateReason ZERO_TAX_RATE_REASON_MISSING': {
    ...from(ZERO_RATE, { ZeroTaxRateReason: '' }),
    house: { sellerA: { zeroTaxRateReasonDefault: '' } },
  },
  'invoice SpecialTaxType SPECIAL_TAX_RATE_UNKNOWN': from(
    SPECIAL,
    { SpecialTaxType: 8 },
    { SpecialTaxType: 0 },
  ),
  'invoice Items LINES_TOO_MANY': from(lines(999), lines(1000)),
  'invoice Items[0].ItemSeq LINE_SEQUENCE_DUPLICATE': from(
    { SalesAmount: 30, Items: [line(1, '茶', 1, 10), line(2, '杯', 1, 20)] },
    { Items: [line(7, '茶', 1, 10), line(7, '杯', 1, 20)] },
  ),
  'invoice Items MIXED_TAX_INCOMPLETE': from(
    MIXED,
    { SalesAmount: 105, Items: [SOY] },
    { SalesAmount: 40, Items: [RICE] },
    { SalesAmount: 210, Items: [SOY, { ...SOY, ItemSeq: 2 }] },
  ),
  'invoice Items MIXED_TAX_EXEMPT_AND_ZERO': from(
    { ...MIXED, ClearanceMark: '1' },
    { SalesAmount: 155, Items: [SOY, RICE, line(3, '外銷米', 1, 10, { ItemTaxType: '2' })] },
  ),
  'invoice Items CLASS_SUM_NEGATIVE': from(MIXED, {
    SalesAmount: 85,
    Items: [SOY, line(2, '白米折扣', 1, -20, { ItemTaxType: '3' })],
  }),
  'invoice SalesAmount AMOUNT_SUM_MISMATCH': from(
    { Items: [line(1, '茶', 1, 99.5)] },
    { SalesAmount: 99 },
    { SalesAmount: 101 },
    { Items: [line(1, '茶', 1, 100.5)] },
    { Items: [line(1, '茶', 1, 99.4999999)] },
  ),
};

const LEDGER: Readonly<Record<string, RuleCase>> = {
  'ledger RelateNumber REFERENCE_DUPLICATE': from(
    { RelateNumber: 'Sweep-Twice' },
    { RelateNumber: 'Sweep-Twice' },
    { RelateNumber: 'SWEEP-twice' },
  ),
  'ledger InvoiceNo TRACK_EXHAUSTED': {
    ...alone({}),
    house: { segments: [{ code: '', category: 'b2c', count: 1 }] },
  },
};

export const ISSUE_RULE_CASES: Readonly<Record<string, RuleCase>> = {
  ...CALLER,
  ...FORMS,
  ...LINE_FORMS,
  ...ACROSS,
  ...CONTENT,
  ...LEDGER,
};
