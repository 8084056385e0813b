/** What a documented case of the ECPay B2C API is: calls that come before, the call, the code it answers. */
import type { Members } from './ecpay-bytes.ts';
import type { EcpayHouse, HouseOptions, HouseParts } from './ecpay-house.ts';

/** Answers of the calls before, oldest first; a later call may name their numbers. */
export type Earlier = readonly Members[];

export interface CaseCall {
  readonly action: string;
  readonly data: Members | ((earlier: Earlier) => Members);
  /** Taipei time of the call; the house opens at 2026-11-21 10:20:30. */
  readonly at?: string;
  /** RtnCode of a call that comes before; 1 where nothing else is said. */
  readonly replies?: number;
}

/** In place of a call: the Ministry confirms everything that is filed, one message after the other. */
export const CONFIRMED = 'everything filed is confirmed';

export interface Case extends CaseCall {
  /** Folder under `examples/ecpay-b2c/`. */
  readonly name: string;
  readonly given?: readonly (CaseCall | typeof CONFIRMED)[];
  /** What happens between the calls before and the call, not by the API: a buyer's click, the clock. */
  readonly meanwhile?: (house: EcpayHouse, earlier: Earlier) => Promise<void>;
  /** RtnCode, or TransCode where `Data` is never read. */
  readonly answers: number;
  readonly options?: HouseOptions;
  readonly house?: HouseParts;
}

/** An ordinary consumer's order on ECPay's member carrier. */
export const ORDER: Members = {
  RelateNumber: 'SHOP20261121001',
  CustomerEmail: 'buyer@example.com',
  Print: '0',
  Donation: '0',
  CarrierType: '1',
  TaxType: '1',
  SalesAmount: 100,
  Items: [
    {
      ItemSeq: 1,
      ItemName: '高山烏龍茶',
      ItemCount: 2,
      ItemWord: '盒',
      ItemPrice: 50,
      ItemAmount: 100,
    },
  ],
  InvType: '07',
  vat: '1',
};

export const PRINTED: Members = {
  Print: '1',
  CarrierType: '',
  CustomerName: '王小明',
  CustomerAddr: '臺北市中正區示範路一段1號',
};

export const BUSINESS: Members = {
  ...PRINTED,
  CustomerIdentifier: '04595257',
  CustomerName: '示範貿易有限公司',
};

/** The order with some members changed. */
export function order(changes: Members = {}): Members {
  return { ...ORDER, ...changes };
}

export function line(
  ItemSeq: number,
  ItemName: string,
  ItemCount: number,
  ItemPrice: number,
  more: Members = {},
): Members {
  return {
    ItemSeq,
    ItemName,
    ItemCount,
    ItemWord: '個',
    ItemPrice,
    ItemAmount: ItemCount * ItemPrice,
    ...more,
  };
}

/** The numbers that the n-th call before was answered with. */
export function invoiceOf(
  earlier: Earlier,
  index = 0,
): { InvoiceNo: unknown; InvoiceDate: string } {
  const reply = earlier[index];
  return { InvoiceNo: reply?.InvoiceNo, InvoiceDate: String(reply?.InvoiceDate).slice(0, 10) };
}

/** Issues the order, changed or not. */
export function issued(changes: Members = {}): CaseCall {
  return { action: 'Issue', data: order(changes) };
}

/** Voids the invoice of the first call. */
export function voided(at?: string): CaseCall {
  return {
    action: 'Invalid',
    data: (earlier) => ({ ...invoiceOf(earlier), Reason: '買方退貨' }),
    ...(at === undefined ? {} : { at }),
  };
}

/** Gives back an amount on the invoice of the first call. */
export function allowed(amount: number, changes: Members = {}): CaseCall {
  return {
    action: 'Allowance',
    data: (earlier) => ({
      ...invoiceOf(earlier),
      AllowanceNotify: 'N',
      AllowanceAmount: amount,
      Items: [line(1, '高山烏龍茶', 1, amount)],
      ...changes,
    }),
  };
}

/** Voids the allowance of the second call. */
export function allowanceVoided(at?: string): CaseCall {
  return {
    action: 'AllowanceInvalid',
    data: (earlier) => ({
      InvoiceNo: earlier[0]?.InvoiceNo,
      AllowanceNo: earlier[1]?.IA_Allow_No,
      Reason: '折讓有誤',
    }),
    ...(at === undefined ? {} : { at }),
  };
}
