/**
 * Orders as shops send them: ECPay Issue requests of every kind that an invoice can be, by turns, each
 * with a RelateNumber of its own. The n-th order of a run is always the same, so that a run can be
 * compared with what came back, and sent again.
 */
import assert from 'node:assert/strict';
import type { Members } from './ecpay-bytes.ts';

export interface OrderLine {
  readonly name: string;
  readonly count: number;
  readonly price: number;
  readonly amount: number;
  /** Read under mixed tax only. */
  readonly taxType?: string;
}

/** What one kind of order adds to the common members. */
interface Kind {
  readonly members: Members;
  readonly lines: readonly OrderLine[];
}

const PRINTED = { Print: '1', CustomerName: '示範客戶', CustomerAddr: '臺北市示範路1號' };
const BUSINESS = { ...PRINTED, CustomerIdentifier: '04595257', CustomerName: '示範有限公司' };

/** Each tax type, carrier, donation, print and price sense of the B2C Issue page (doc 7896). */
const KINDS: readonly Kind[] = [
  { members: { CarrierType: '1' }, lines: [line('會員載具', 2, 50)] },
  { members: {}, lines: [line('無載具', 3, 10.5, 32)] },
  { members: PRINTED, lines: [line('紙本', 1, 1200), line('折扣', 1, -200)] },
  {
    members: BUSINESS,
    lines: [line('統編甲', 1, 70), line('統編乙', 3, 10)],
  },
  {
    members: { ...BUSINESS, vat: '0', SalesAmount: 1575 },
    lines: [line('未稅甲', 10, 100), line('未稅乙', 1, 500)],
  },
  { members: { CarrierType: '2', CarrierNum: 'AB12345678901234' }, lines: [line('憑證', 1, 99)] },
  { members: { CarrierType: '3', CarrierNum: '/ABC+12.' }, lines: [line('手機條碼', 7, 3)] },
  {
    members: { CarrierType: '4', CarrierNum: '1234567890123456', CarrierNum2: '9876543210' },
    lines: [line('悠遊卡', 1, 15)],
  },
  { members: { Donation: '1', LoveCode: '168001' }, lines: [line('捐贈', 1, 500)] },
  {
    members: { TaxType: '2', ClearanceMark: '2', ZeroTaxRateReason: '71' },
    lines: [line('外銷', 4, 250)],
  },
  { members: { TaxType: '3' }, lines: [line('免稅', 1, 333)] },
  {
    members: { TaxType: '9' },
    lines: [
      { ...line('應稅', 1, 105), taxType: '1' },
      { ...line('免稅', 2, 20), taxType: '3' },
    ],
  },
];

function line(name: string, count: number, price: number, amount = count * price): OrderLine {
  return { name, count, price, amount };
}

export const ORDER_KINDS = KINDS.length;

/** The n-th order of a run: `Data` of its Issue request. */
export function order(run: string, n: number): Members {
  const kind = KINDS[n % KINDS.length];
  assert(kind !== undefined);
  const total = kind.lines.reduce((sum, each) => sum + each.amount, 0);
  return {
    RelateNumber: relateNumber(run, n),
    CustomerEmail: `buyer${n}@example.com`,
    Print: '0',
    Donation: '0',
    TaxType: '1',
    SalesAmount: total,
    InvType: '07',
    Items: items(kind.lines),
    ...kind.members,
  };
}

/** The n-th order under special tax, whose invoices take numbers of type 08. */
export function specialOrder(run: string, n: number): Members {
  return {
    RelateNumber: relateNumber(run, n),
    CustomerEmail: `buyer${n}@example.com`,
    Print: '0',
    Donation: '0',
    TaxType: '4',
    SpecialTaxType: 2,
    SalesAmount: 1000,
    InvType: '08',
    Items: items([line('特種稅額', 1, 1000)]),
  };
}

export function relateNumber(run: string, n: number): string {
  return `${run}-${n}`;
}

function items(lines: readonly OrderLine[]): readonly Members[] {
  return lines.map(({ name, count, price, amount, taxType }, index) => ({
    ItemSeq: index + 1,
    ItemName: name,
    ItemCount: count,
    ItemWord: '個',
    ItemPrice: price,
    ...(taxType === undefined ? {} : { ItemTaxType: taxType }),
    ItemAmount: amount,
  }));
}

/** Holds what GetIssue shows against the order that was sent and the reply that it got. */
export function assertShown(shown: Members, sent: Members, reply: Members): void {
  const wanted: Members = {
    RtnCode: 1,
    IIS_Number: reply.InvoiceNo,
    IIS_Create_Date: reply.InvoiceDate,
    IIS_Random_Number: reply.RandomNumber,
    IIS_Relate_Number: sent.RelateNumber,
    IIS_Sales_Amount: sent.SalesAmount,
    IIS_Tax_Type: sent.TaxType,
    IIS_Type: sent.InvType,
    IIS_Identifier: sent.CustomerIdentifier ?? '0000000000',
    IIS_Customer_Name: sent.CustomerName ?? '',
    IIS_Customer_Email: sent.CustomerEmail,
    IIS_Carrier_Type: sent.CarrierType ?? '',
    IIS_Love_Code: sent.LoveCode ?? '0',
    IIS_Print_Flag: sent.Print,
    IIS_Issue_Status: '1',
  };
  const seen = Object.fromEntries(Object.keys(wanted).map((name) => [name, shown[name]]));
  assert.deepEqual(seen, wanted);
  assert.deepEqual(itemsSeen(shown.Items), itemsSeen(sent.Items));
}

function itemsSeen(value: unknown): readonly unknown[] {
  assert(Array.isArray(value));
  return value.map(({ ItemSeq, ItemName, ItemCount, ItemWord, ItemPrice, ItemAmount }) => ({
    ItemSeq,
    ItemName,
    ItemCount,
    ItemWord,
    ItemPrice,
    ItemAmount,
  }));
}
