/**
 * e首發票: issue 開立 and amend 更正. One payload serves five endpoints: numbers from the client
 * (`Append/Invoices`, with print `Append/PrintInvoices`, amended by `Update/Invoices`) or from the center
 * (`Append/Order`, `Append/Orders`). Names of both generations of client (GitBook 2017–2026, OpenAPI 2025)
 * stand side by side; of two names of one member one is enough.
 */

import type { WireTable } from '../field.ts';
import { INVOICE_NUMBER_PATTERN, RESULT, type SystemleadEndpoint } from './endpoint.ts';

/** One line. */
export const INVOICE_DETAIL = {
  /** Serial number of one to four digits, `001`; unique in the invoice. */
  DetailID: { kind: 'text', need: 'required', lengthMax: 4, pattern: /^\d{1,4}$/ },
  ProductID: { kind: 'text', need: 'optional', lengthMax: 20 },
  ProductName: { kind: 'text', need: 'required', lengthMax: 256 },
  /** Not 0. */
  Quantity: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  /** Without tax for B, with tax for C; negative for a discount. */
  UnitPrice: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  /** Quantity times price, within one dollar. */
  SubTotal: { kind: 'decimal', need: 'required', integerDigitsMax: 12, decimalsMax: 7 },
  /** 1 taxable, 2 zero-rated, 3 exempt; required under TaxType 9, else the header's. */
  ItemTaxType: { kind: 'code', need: 'conditional', lengthMax: 1, values: ['1', '2', '3'] },
  Remark: { kind: 'text', need: 'optional', lengthMax: 40 },
} as const satisfies WireTable;

/** `Data` of the five endpoints. */
export const INVOICE = {
  /** Must equal the envelope's; other name SellerID. */
  CompanyID: { kind: 'text', need: 'optional', lengthMax: 10 },
  SellerID: { kind: 'text', need: 'optional', lengthMax: 10 },
  /** Two capitals and eight digits; not in order mode. Other name InvoiceNumber. */
  InvoiceID: {
    kind: 'text',
    need: 'conditional',
    lengthMax: 10,
    pattern: INVOICE_NUMBER_PATTERN,
  },
  InvoiceNumber: {
    kind: 'text',
    need: 'optional',
    lengthMax: 10,
    pattern: INVOICE_NUMBER_PATTERN,
  },
  /** `YYYY-MM-DDTHH:mm:ss`, Taipei where no offset says otherwise; not in order mode. */
  InvoiceDateTime: { kind: 'text', need: 'conditional', lengthMax: 40 },
  /** B tax apart, for a business; C tax included. */
  InvoiceFor: { kind: 'code', need: 'required', lengthMax: 1, values: ['B', 'C'] },
  /** Eight digits; ten zeros for a consumer. */
  BuyerID: { kind: 'text', need: 'conditional', lengthMax: 10 },
  /** Company name; a B invoice needs it or BuyerName. */
  BuyerInvoiceTitle: { kind: 'text', need: 'conditional', lengthMax: 60 },
  BuyerName: { kind: 'text', need: 'conditional', lengthMax: 60 },
  BuyerTelNo: { kind: 'text', need: 'optional', lengthMax: 26 },
  /** Other name BuyerEmailAddress. */
  BuyerEmail: { kind: 'text', need: 'optional', lengthMax: 80 },
  BuyerEmailAddress: { kind: 'text', need: 'optional', lengthMax: 80 },
  BuyerAddress: { kind: 'text', need: 'optional', lengthMax: 100 },
  /** 3J0002 mobile barcode, CQ0001 citizen certificate; with CarrierId. */
  CarrierType: { kind: 'code', need: 'optional', lengthMax: 6, values: ['3J0002', 'CQ0001'] },
  CarrierId: { kind: 'text', need: 'conditional', lengthMax: 64 },
  /** Four digits printed on a B copy; made by the center when not printed. */
  CheckNumber: { kind: 'text', need: 'conditional', lengthMax: 4, pattern: /^\d{4}$/ },
  /** Four digits printed on a C copy; likewise. */
  RandomNumber: { kind: 'text', need: 'conditional', lengthMax: 4, pattern: /^\d{4}$/ },
  /** Order number; required and unique in order mode. */
  RelateNumber: { kind: 'text', need: 'conditional', lengthMax: 20 },
  /** Billing reference, unique among invoices that are not void. */
  BillingNo: { kind: 'text', need: 'optional', lengthMax: 30 },
  /** Y: the paper was printed already. Default N. */
  PrintMark: { kind: 'code', need: 'optional', lengthMax: 1, values: ['Y', 'N'] },
  /** Default Y with NPOBAN, else N. */
  DonateMark: { kind: 'code', need: 'optional', lengthMax: 1, values: ['Y', 'N'] },
  /** Love code, three to ten digits. */
  NPOBAN: { kind: 'text', need: 'conditional', lengthMax: 10, pattern: /^\d{3,10}$/ },
  /** 1 taxable, 2 zero-rated, 3 exempt, 9 mixed (C only). */
  TaxType: { kind: 'code', need: 'required', lengthMax: 1, values: ['1', '2', '3', '9'] },
  /** Taxable sales: without tax for B, with tax for C. */
  SalesAmount: { kind: 'integer', need: 'optional', digitsMax: 12, min: 0 },
  FreeTaxSalesAmount: { kind: 'integer', need: 'optional', digitsMax: 12, min: 0 },
  ZeroTaxSalesAmount: { kind: 'integer', need: 'optional', digitsMax: 12, min: 0 },
  /** 5 % of SalesAmount for B, give or take one dollar; 0 for C. */
  TaxAmount: { kind: 'integer', need: 'optional', digitsMax: 12, min: 0 },
  /** Sum of the four, above 0. */
  TotalAmount: { kind: 'integer', need: 'required', digitsMax: 12, min: 0 },
  /** 1 not through customs, 2 through customs; required with zero-rated sales. */
  CustomsClearanceMark: { kind: 'code', need: 'conditional', lengthMax: 1, values: ['1', '2'] },
  BondedArea: { kind: 'code', need: 'optional', lengthMax: 1, values: ['1', '2', '3'] },
  BuyerRemark: { kind: 'code', need: 'optional', lengthMax: 1, values: ['1', '2', '3', '4'] },
  /** Not documented of this API; the Ministry wants it from 2026. Default: the seller's. */
  ZeroTaxRateReason: {
    kind: 'code',
    need: 'optional',
    lengthMax: 2,
    values: ['71', '72', '73', '74', '75', '76', '77', '78', '79'],
  },
  /** Note; other name Note, in which `cc*mail*cc` names a second recipient. */
  MainRemark: { kind: 'text', need: 'optional', lengthMax: 250 },
  Note: { kind: 'text', need: 'optional', lengthMax: 250 },
  /** Usage code of a sub-book; order mode only. */
  UseFor: { kind: 'text', need: 'optional', lengthMax: 2 },
  /** `00`, `01`, …; PrintInvoices only. */
  PrinterNo: { kind: 'text', need: 'optional', lengthMax: 2 },
  /** 2 invoice only, 3 invoice and details; default 3. */
  PrintWithDetail: { kind: 'code', need: 'optional', lengthMax: 1, values: ['2', '3'] },
  /** Y or N: cut before the details; default Y. */
  CutDetail: { kind: 'code', need: 'optional', lengthMax: 5, values: ['Y', 'N'] },
  Details: { kind: 'rows', need: 'required', rowsMin: 1, rowsMax: 999, row: INVOICE_DETAIL },
} as const satisfies WireTable;

/** One result: what both generations of client look at. */
export const INVOICE_REPLY = {
  InvoiceID: { kind: 'text', need: 'optional', lengthMax: 10 },
  /** The same value. */
  InvoiceNumber: { kind: 'text', need: 'optional', lengthMax: 10 },
  /** As sent; in order mode the time of issue. */
  InvoiceDateTime: { kind: 'text', need: 'optional', lengthMax: 40 },
  /** Order mode: as sent. */
  RelateNumber: { kind: 'text', need: 'optional', lengthMax: 20 },
  /** Order mode: the four digits of a C invoice. */
  RandomNumber: { kind: 'text', need: 'optional', lengthMax: 4 },
  /** Order mode: the four digits of a B invoice. */
  CheckNumber: { kind: 'text', need: 'optional', lengthMax: 4 },
  /** GUID in capitals, only on success. */
  AuthCode: { kind: 'text', need: 'optional', lengthMax: 36 },
  ...RESULT,
} as const satisfies WireTable;

/** Issues under the client's own number. */
export const APPEND_INVOICES = {
  path: '/Append/Invoices',
  request: INVOICE,
  reply: INVOICE_REPLY,
} as const satisfies SystemleadEndpoint;

/** The same, and prints. */
export const APPEND_PRINT_INVOICES = {
  path: '/Append/PrintInvoices',
  request: INVOICE,
  reply: INVOICE_REPLY,
} as const satisfies SystemleadEndpoint;

/** Replaces an invoice that was not uploaded yet. */
export const UPDATE_INVOICES = {
  path: '/Update/Invoices',
  request: INVOICE,
  reply: INVOICE_REPLY,
} as const satisfies SystemleadEndpoint;

/** Issues under the center's next number. */
export const APPEND_ORDER = {
  path: '/Append/Order',
  request: INVOICE,
  reply: INVOICE_REPLY,
} as const satisfies SystemleadEndpoint;

/** The same; documented for batches. */
export const APPEND_ORDERS = {
  path: '/Append/Orders',
  request: INVOICE,
  reply: INVOICE_REPLY,
} as const satisfies SystemleadEndpoint;
