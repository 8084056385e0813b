/** Issue of the ECPay B2C API, case by case: what is issued, and what is refused with which code. */
import { BUSINESS, type Case, issued, line, PRINTED } from './ecpay-b2c-case.ts';
import type { Members } from './ecpay-bytes.ts';

/** An order that is issued. */
function good(name: string, changes: Members): Case {
  return { name: `issue-${name}`, ...issued(changes), answers: 1 };
}

/** An order that is refused. */
function bad(name: string, answers: number, changes: Members): Case {
  return { name: `issue-${name}`, ...issued(changes), answers };
}

/** Members that JSON.stringify leaves out. */
function without(...names: readonly string[]): Members {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

export const ZERO_RATE: Members = {
  TaxType: '2',
  ClearanceMark: '2',
  ZeroTaxRateReason: '71',
  SalesAmount: 1000,
  Items: [line(1, '外銷零件', 4, 250)],
};
export const MIXED: Members = {
  TaxType: '9',
  SalesAmount: 145,
  Items: [
    line(1, '醬油', 1, 105, { ItemTaxType: '1' }),
    line(2, '白米', 2, 20, { ItemTaxType: '3' }),
  ],
};
export const SPECIAL: Members = {
  InvType: '08',
  TaxType: '4',
  SpecialTaxType: 2,
  SalesAmount: 1000,
  Items: [line(1, '夜總會入場', 1, 1000)],
};
export const DONATED: Members = { CarrierType: '', Donation: '1', LoveCode: '168001' };
export const MOBILE: Members = { CarrierType: '3', CarrierNum: '/KAI+L1.' };

export const ISSUE_GOOD: readonly Case[] = [
  good('member-carrier', {}),
  good('few-members', {
    ...without('CustomerEmail', 'vat'),
    CustomerPhone: '0911222333',
    SalesAmount: 32,
    Items: [{ ItemName: '茶包', ItemCount: 3, ItemWord: '個', ItemPrice: 10.5, ItemAmount: 32 }],
  }),
  good('no-carrier', { CarrierType: '', CustomerPhone: '0911222333' }),
  good('citizen-certificate', { CarrierType: '2', CarrierNum: 'AB12345678901234' }),
  good('mobile-barcode', MOBILE),
  good('easycard', { CarrierType: '4', CarrierNum: '1234567890', CarrierNum2: '9876543210987654' }),
  good('ipass', { CarrierType: '5', CarrierNum: '1234567890', CarrierNum2: '9876543210987654' }),
  good('donation', DONATED),
  good('donation-on-carrier', { ...DONATED, ...MOBILE }),
  good('printed', PRINTED),
  good('tax-id-printed', BUSINESS),
  good('tax-id-carrier', { CustomerIdentifier: '04595257' }),
  good('tax-id-mobile-barcode-printed', { ...BUSINESS, ...MOBILE }),
  good('vat0-untaxed-amounts', {
    ...BUSINESS,
    vat: '0',
    SalesAmount: 1575,
    Items: [line(1, '茶具', 10, 100), line(2, '運費', 1, 500)],
  }),
  good('vat0-taxed-amounts', {
    ...BUSINESS,
    vat: '0',
    SalesAmount: 3931,
    Items: [
      line(1, '茶葉', 1, 2052, { ItemAmount: 2155 }),
      line(2, '茶壺', 1, 1692, { ItemAmount: 1777 }),
    ],
  }),
  good('zero-rate', ZERO_RATE),
  good('zero-rate-seller-default', { ...ZERO_RATE, ...without('ZeroTaxRateReason') }),
  good('exempt', { TaxType: '3' }),
  good('mixed', MIXED),
  good('mixed-tax-id', { ...BUSINESS, ...MIXED }),
  good('special-tax', SPECIAL),
  good('discount-line', {
    SalesAmount: 1000,
    Items: [line(1, '茶具', 1, 1200), line(2, '折扣', 1, -200)],
  }),
  good('seven-decimals', {
    SalesAmount: 1000,
    Items: [
      line(1, '散裝茶', 3, 111.1111, { ItemAmount: 333.3333 }),
      line(2, '散裝茶', 3, 222.2222222, { ItemAmount: 666.6666666 }),
    ],
  }),
  good('other-spellings', {
    ...without('vat', 'Print', 'CustomerEmail'),
    Vat: 1,
    print: 0,
    CUSTOMEREMAIL: ' buyer@example.com ',
    SalesAmount: '100.0',
    TaxType: 1,
    ClearanceMark: '1',
    LoveCode: null,
    CustomerName: false,
    Items: [
      { ItemName: '茶', ItemCount: '2', ItemWord: false, ItemPrice: '50.00', ItemAmount: 100.0 },
    ],
  }),
];

export const ISSUE_BAD: readonly Case[] = [
  {
    ...bad('reference-duplicate', 5070357, { RelateNumber: 'shop20261121001' }),
    given: [issued()],
  },
  {
    ...bad('track-exhausted', 5070350, {}),
    house: { segments: [{ code: '', category: 'pos', count: 50 }] },
  },
  bad('amount-mismatch', 5000022, { SalesAmount: 99 }),
  bad('zero-rate-without-clearance-mark', 5000007, { ...ZERO_RATE, ClearanceMark: '' }),
  {
    ...bad('zero-rate-without-reason', 8910171, { ...ZERO_RATE, ZeroTaxRateReason: '' }),
    house: { sellerA: { zeroTaxRateReasonDefault: '' } },
  },
  bad('carrier-printed', 5000015, { ...PRINTED, CarrierType: '1' }),
  bad('tax-id-carrier-printed', 8910705, { ...BUSINESS, CarrierType: '1' }),
  bad('tax-id-neither-printed-nor-carrier', 5000028, {
    CustomerIdentifier: '04595257',
    CarrierType: '',
  }),
  bad('contact-missing', 8910701, { CustomerEmail: '' }),
  bad('tax-id-check-digit', 8910702, { ...BUSINESS, CustomerIdentifier: '12345678' }),
  bad('donation-with-tax-id', 8910703, {
    ...DONATED,
    ...MOBILE,
    CustomerIdentifier: '04595257',
  }),
  bad('donation-printed', 8910704, { ...DONATED, ...PRINTED }),
  bad('carrier-id-not-allowed', 8910706, { CarrierNum: '/KAI+L1.' }),
  bad('invoice-type-and-tax-type', 8910707, { InvType: '08' }),
  bad('mixed-incomplete', 8910708, {
    ...MIXED,
    SalesAmount: 40,
    Items: [line(1, '白米', 2, 20, { ItemTaxType: '3' })],
  }),
  bad('mixed-exempt-and-zero', 8910709, {
    ...MIXED,
    ClearanceMark: '1',
    SalesAmount: 155,
    Items: [
      line(1, '醬油', 1, 105, { ItemTaxType: '1' }),
      line(2, '白米', 2, 20, { ItemTaxType: '3' }),
      line(3, '外銷米', 1, 10, { ItemTaxType: '2' }),
    ],
  }),
  bad('class-sum-negative', 8910710, {
    ...MIXED,
    SalesAmount: 85,
    Items: [
      line(1, '醬油', 1, 105, { ItemTaxType: '1' }),
      line(2, '白米折扣', 1, -20, { ItemTaxType: '3' }),
    ],
  }),
  bad('special-tax-without-kind', 8910181, { ...SPECIAL, SpecialTaxType: '' }),
  bad('special-tax-without-rate', 8910182, { ...SPECIAL, SpecialTaxType: 8 }),
  bad('relate-number-missing', 8910011, { RelateNumber: ' ' }),
  bad('relate-number-long', 2001003, { RelateNumber: 'R'.repeat(51) }),
  bad('email-long', 2001010, { CustomerEmail: `${'b'.repeat(70)}@example.com` }),
  bad('email-two-addresses', 8910082, { CustomerEmail: 'a@example.com;b@example.com' }),
  bad('tax-type-unknown', 2001019, { TaxType: '7' }),
  bad('carrier-type-unknown', 2001096, { CarrierType: '9' }),
  bad('carrier-number-missing', 8910141, { CarrierType: '3' }),
  bad('carrier-number-form', 8910142, { CarrierType: '3', CarrierNum: '/kai+l1.' }),
  bad('card-second-number-missing', 8910151, { CarrierType: '4', CarrierNum: '1234567890' }),
  bad('love-code-missing', 8910121, { ...DONATED, LoveCode: '' }),
  bad('printed-without-name', 8910051, { ...PRINTED, CustomerName: '', CustomerAddr: '' }),
  bad('amount-not-whole', 8910192, { SalesAmount: 99.5 }),
  bad('amount-zero', 8910192, { SalesAmount: 0 }),
  bad('amount-long', 8910193, { SalesAmount: 1_000_000_000_000 }),
  bad('items-missing', 8910211, { Items: [] }),
  bad('item-sequence-twice', 8910222, {
    SalesAmount: 30,
    Items: [line(1, '茶', 1, 10), line(1, '杯', 1, 20)],
  }),
  bad('item-price-eight-decimals', 8910262, {
    Items: [line(1, '茶', 1, 100, { ItemPrice: 100.00000001 })],
  }),
  bad('mixed-line-without-tax-type', 8910271, {
    ...MIXED,
    Items: [line(1, '醬油', 1, 105, { ItemTaxType: '1' }), line(2, '白米', 2, 20)],
  }),
  bad('several-faults', 8910011, {
    RelateNumber: '',
    CustomerEmail: '',
    Print: '',
    InvType: '09',
    Items: [line(1, '', 0, 100)],
  }),
  { name: 'issue-whole-order-missing', action: 'Issue', data: {}, answers: 8910011 },
];
