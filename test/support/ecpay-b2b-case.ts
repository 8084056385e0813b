/** What the documented cases of the ECPay B2B API are made of: partners, invoices, and steps by either side. */
import type { Earlier } from './ecpay-b2c-case.ts';
import { MERCHANT_A, MERCHANT_B, type Members, type Merchant } from './ecpay-bytes.ts';
import type { HouseParts } from './ecpay-house.ts';

export { MERCHANT_A, MERCHANT_B };

export interface B2bCall {
  readonly action: string;
  readonly data: Members | ((earlier: Earlier) => Members);
  /** Taipei time of the call. */
  readonly at?: string;
  /** Who calls; the seller where not said. */
  readonly by?: Merchant;
}

export interface B2bCase extends B2bCall {
  /** Folder under `examples/ecpay-b2b/`. */
  readonly name: string;
  readonly given?: readonly B2bCall[];
  /** RtnCode; text for GetIssue alone. */
  readonly answers: number | string;
  readonly house?: HouseParts;
}

/** Seller B of the sandbox, who keeps its own books here. */
export const PARTNER_B = '22222229';
/** A business outside this center. */
export const OUTSIDE = '04595257';

export const STORED = partner(OUTSIDE, '0');
export const EXCHANGED = partner(PARTNER_B, '1');

export function partner(Identifier: string, ExchangeMode: string, changes: Members = {}): B2bCall {
  return {
    action: 'MaintainMerchantCustomerData',
    data: {
      Action: 'Add',
      CustomerNumber: 'C001',
      Identifier,
      type: '3',
      CompanyName: '範例股份有限公司',
      Address: '臺北市信義區示範路3號',
      TelephoneNumber: '0227654321',
      TradingSlang: Identifier,
      ExchangeMode,
      EmailAddress: 'ap@example.com',
      ...changes,
    },
  };
}

export const B2B_ORDER: Members = {
  RelateNumber: 'B2B202611210001',
  CustomerIdentifier: OUTSIDE,
  InvType: '07',
  TaxType: '1',
  SalesAmount: 1000,
  TaxAmount: 50,
  TotalAmount: 1050,
  Items: [
    {
      ItemSeq: 1,
      ItemName: '顧問服務',
      ItemCount: 10,
      ItemWord: '時',
      ItemPrice: 100,
      ItemAmount: 1000,
      ItemTax: 50,
    },
  ],
};

export function order(changes: Members = {}): Members {
  return { ...B2B_ORDER, ...changes };
}

/** Items by count and price; without tax. */
export function items(
  ...rows: readonly (readonly [string, number, number, Members?])[]
): Members[] {
  return rows.map(([ItemName, ItemCount, ItemPrice, more], index) => ({
    ItemSeq: index + 1,
    ItemName,
    ItemCount,
    ItemPrice,
    ItemAmount: Number((ItemCount * ItemPrice).toFixed(7)),
    ...more,
  }));
}

export function issued(changes: Members = {}): B2bCall {
  return { action: 'Issue', data: order(changes) };
}
/** To the partner on the same Kaili, in exchange mode. */
export function exchanged(changes: Members = {}): B2bCall {
  return issued({ CustomerIdentifier: PARTNER_B, ...changes });
}

/** Where in the answers before the invoice and the allowance stand: after the partner. */
const INVOICE_AT = 1;
export const DAY = '2026-11-21';

export function invoiceNumber(earlier: Earlier, at = INVOICE_AT): unknown {
  return earlier[at]?.InvoiceNumber;
}
export function allowanceNumber(earlier: Earlier): unknown {
  return earlier.find((answer) => answer.AllowanceNo !== undefined)?.AllowanceNo;
}

/** A step of the invoice that was issued after the partner was added. */
export function step(action: string, by: Merchant, changes: Members = {}): B2bCall {
  const reason = action === 'Invalid' || action === 'Reject' ? { Reason: '訂單取消' } : {};
  return {
    action,
    by,
    data: (earlier) => ({
      InvoiceNumber: invoiceNumber(earlier),
      InvoiceDate: DAY,
      ...reason,
      ...changes,
    }),
  };
}

/** A step of the allowance that was made before. */
export function allowanceStep(action: string, by: Merchant, changes: Members = {}): B2bCall {
  const reason = /^(?:CancelAllowance|AllowanceInvalid)$/.test(action)
    ? { Reason: '折讓有誤' }
    : {};
  return {
    action,
    by,
    data: (earlier) => ({ AllowanceNo: allowanceNumber(earlier), ...reason, ...changes }),
  };
}

/** Gives back `count` hours of the order's only line. */
export function allowed(count: number, changes: Members = {}, detail: Members = {}): B2bCall {
  return {
    action: 'Allowance',
    data: (earlier) => ({
      TaxAmount: count * 5,
      TotalAmount: count * 100,
      Details: [
        {
          OriginalInvoiceNumber: invoiceNumber(earlier),
          OriginalInvoiceDate: DAY,
          OriginalSequenceNumber: 1,
          ItemName: '顧問服務',
          ItemCount: count,
          ItemPrice: 100,
          ItemAmount: count * 100,
          Tax: count * 5,
          ...detail,
        },
      ],
      ...changes,
    }),
  };
}

/** A query about the invoice, of what was sold or bought. */
export function queried(action: string, by: Merchant, changes: Members = {}): B2bCall {
  return {
    action,
    by,
    data: (earlier) => ({
      InvoiceCategory: by === MERCHANT_B ? 1 : 0,
      InvoiceNumber: invoiceNumber(earlier),
      InvoiceDate: DAY,
      ...changes,
    }),
  };
}

/** The case of a call with calls before it. */
export function caseOf(
  name: string,
  given: readonly B2bCall[],
  call: B2bCall,
  answers: number | string,
  more: Partial<B2bCase> = {},
): B2bCase {
  return { name, given, ...call, answers, ...more };
}
