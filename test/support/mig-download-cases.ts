/**
 * Files that only the Ministry writes, as Kaili expects to read them: downloads and results. The values
 * are demo data.
 */
import { E0501 } from '../../src/mof/mig/e0501.ts';
import { E0502, type E0502Value } from '../../src/mof/mig/e0502.ts';
import { E0503, type E0503Value } from '../../src/mof/mig/e0503.ts';
import { E0504, type E0504Value } from '../../src/mof/mig/e0504.ts';
import { writeEnvelope } from '../../src/mof/mig/invoice-envelope.ts';
import type { MessageTable, MessageValue } from '../../src/mof/mig/message-table.ts';
import { PROCESS_RESULT, type ProcessResultValue } from '../../src/mof/mig/process-result.ts';
import {
  SUMMARY_RESULT,
  SUMMARY_RESULT_BY_SCHEMA,
  type SummaryResultBySchemaValue,
  type SummaryResultValue,
} from '../../src/mof/mig/summary-result.ts';
import { BUYER_UBN, SELLER_A } from './demo.ts';

const PLATFORM = '0000000000';
const ROUTING = {
  From: { PartyId: PLATFORM },
  FromVAC: { RoutingId: PLATFORM },
  To: { PartyId: SELLER_A.ubn },
  ToVAC: { RoutingId: SELLER_A.ubn },
};
const INFO = {
  Id: '41-F0401-20261121-143005000-00000000-0000-4000-8000-000000000001',
  Size: '2048',
  MessageType: 'F0401',
  Service: 'B2S',
  Action: 'STORAGE',
};

export const ALLOTTED = [
  { first: '10000000', last: '10000249', booklets: '5' },
  { first: '10000300', last: '10000349', booklets: '1' },
].map(({ first, last, booklets }) => ({
  Ban: SELLER_A.ubn,
  InvoiceType: '07',
  YearMonth: '11602',
  InvoiceTrack: 'KA',
  InvoiceBeginNo: first,
  InvoiceEndNo: last,
  InvoiceBooklet: booklets,
}));

/** An E0501 as it arrives: inside an envelope. */
export const E0501_FILE = writeEnvelope(E0501, ALLOTTED, { from: PLATFORM, to: SELLER_A.ubn });

const INPUT_INVOICE: E0502Value = {
  Main: {
    InvoiceNumber: 'KB10000001',
    InvoiceDate: '20261103',
    InvoiceTime: '10:20:30',
    CurrentStatus: '2',
    SellerId: BUYER_UBN,
    SellerName: '示範供應有限公司',
    BuyerId: SELLER_A.ubn,
    InvoiceType: '07',
    DonateMark: '0',
    PrintMark: 'Y',
    RandomNumber: '0417',
  },
  Details: {
    ProductItem: [
      {
        Description: '進貨',
        Quantity: '2',
        UnitPrice: '500',
        TaxType: '1',
        Amount: '1000',
        SequenceNumber: '001',
      },
    ],
  },
  Amount: {
    SalesAmount: '1000',
    FreeTaxSalesAmount: '0',
    ZeroTaxSalesAmount: '0',
    TaxType: '1',
    TaxRate: '0.05',
    TaxAmount: '50',
    TotalAmount: '1050',
  },
  Cancel: { CancelDate: '20261105', CancelTime: '09:00:00', CancelReason: '退貨' },
};

const INPUT_ALLOWANCE: E0503Value = {
  Main: {
    AllowanceNumber: 'D20261108001',
    AllowanceDate: '20261108',
    CurrentStatus: '1',
    SellerId: BUYER_UBN,
    BuyerId: SELLER_A.ubn,
    // Of before 2025: issued by the buyer.
    AllowanceType: '1',
  },
  Details: {
    ProductItem: [
      {
        OriginalInvoiceDate: '20261103',
        OriginalInvoiceNumber: 'KB10000001',
        OriginalDescription: '進貨',
        Quantity: '1',
        UnitPrice: '500',
        Amount: '500',
        Tax: '25',
        AllowanceSequenceNumber: '001',
        TaxType: '1',
      },
    ],
  },
  Amount: { TaxAmount: '25', TotalAmount: '500' },
};

const AWARD: E0504Value = {
  Main: {
    HeadBan: SELLER_A.ubn,
    YearMonth: '11510',
    AwardListType: '1',
    TotalRecordCnt: '1',
    TotalPrizeAmount: '200',
    RecAwardBegin: '1151206',
    RecAwardEnd: '1160308',
  },
  Details: {
    PrizeInvoice: [
      {
        InvTrack: 'KA',
        InvoiceNumber: 'KA10000001',
        InvoiceDate: '20261021',
        InvoiceTime: '14:30:05',
        Seller: { Identifier: SELLER_A.ubn, Name: SELLER_A.name, Address: SELLER_A.address },
        BuyerId: PLATFORM,
        TotalAmount: '100',
        CarrierType: 'EJ0113',
        CarrierTypeName: '會員載具',
        CarrierId1: '55502F40DC8B7C769880B10874ABC9D0',
        CarrierId2: '55502F40DC8B7C769880B10874ABC9D0',
        RandomNumber: '0417',
        PrizeType: '6',
        PrizeAmount: '200',
        DepositMark: '0',
        RedeemDataType: '1',
        PrizeDataSource: '01',
        PrintType: '01',
      },
    ],
  },
};

const PROCESSED: ProcessResultValue = {
  RoutingInfo: ROUTING,
  MessageInfo: INFO,
  Result: {
    Info: [
      { Code: 'E0504', Description: 'partly successful' },
      {
        Code: 'E0201',
        Description: 'No. 2 duplicate',
        Parameter0: 'KA10000002',
        Parameter1: '20261121',
      },
    ],
  },
};

const NUMBERS = [
  { ReferenceNumber: 'KA10000001', InvoiceDate: '20261121' },
  { ReferenceNumber: 'KA10000003', InvoiceDate: '20261121' },
];
const FAILED = { ReferenceNumber: 'KA10000002', InvoiceDate: '20261121' };

const SUMMARY: SummaryResultValue = {
  RoutingInfo: ROUTING,
  DetailList: {
    Message: [
      {
        Info: INFO,
        ResultType: {
          Total: {
            ResultDetailType: { Count: '3', Invoices: { Invoice: [...NUMBERS, FAILED] } },
          },
          Good: { ResultDetailType: { Count: '2', Invoices: { Invoice: NUMBERS } } },
          Failed: { ResultDetailType: { Count: '1', Invoices: { Invoice: [FAILED] } } },
        },
      },
      {
        Info: { ...INFO, MessageType: 'F0501' },
        ResultType: {
          Total: { ResultDetailType: { Count: '0' } },
          Good: { ResultDetailType: { Count: '0' } },
          Failed: { ResultDetailType: { Count: '0' } },
        },
      },
    ],
  },
};

function invocie(numbers: readonly (typeof FAILED)[]) {
  return numbers.map(({ ReferenceNumber }) => ({
    Invocie: { ReferenceNumber, InvoiceDate: '2026-11-21' },
  }));
}

const SUMMARY_BY_SCHEMA: SummaryResultBySchemaValue = {
  RoutingInfo: ROUTING,
  DetailList: {
    Message: [
      {
        Info: INFO,
        Result: {
          Total: { Count: '3', Invoices: invocie([...NUMBERS, FAILED]) },
          Good: { Count: '2', Invoices: invocie(NUMBERS) },
          Failed: { Count: '1', Invoices: invocie([FAILED]) },
        },
      },
    ],
  },
};

export interface DownloadCase {
  readonly table: MessageTable;
  readonly value: MessageValue;
  /** Whether the shipped schema describes it. */
  readonly hasSchema: boolean;
}

export const DOWNLOAD_CASES: Readonly<Record<string, DownloadCase>> = {
  e0502: { table: E0502, value: INPUT_INVOICE, hasSchema: true },
  e0503: { table: E0503, value: INPUT_ALLOWANCE, hasSchema: true },
  e0504: { table: E0504, value: AWARD, hasSchema: true },
  'process-result': { table: PROCESS_RESULT, value: PROCESSED, hasSchema: true },
  'summary-result': { table: SUMMARY_RESULT, value: SUMMARY, hasSchema: false },
  'summary-result-by-schema': {
    table: SUMMARY_RESULT_BY_SCHEMA,
    value: SUMMARY_BY_SCHEMA,
    hasSchema: true,
  },
};
