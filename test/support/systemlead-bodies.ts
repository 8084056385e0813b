/** Payloads of e首發票 for tests: the two of the OpenAPI description, and GitBook's shape with own values. */
import type { Members } from './systemlead-house.ts';

const NOW = '2026-11-21T10:00:00';

/** The B2B example of the OpenAPI description of 2025-03; number and time replaced. */
export function openApiBusiness(number: string, time = NOW): Members {
  return {
    InvoiceID: number,
    InvoiceDateTime: time,
    InvoiceFor: 'B',
    BuyerID: '87654321',
    BuyerName: '企業買家',
    BuyerEmailAddress: 'einv@einv.tw',
    TaxType: '1',
    SalesAmount: 5000,
    FreeTaxSalesAmount: 0,
    ZeroTaxSalesAmount: 0,
    TaxAmount: 250,
    TotalAmount: 5250,
    Details: [
      {
        DetailID: '001',
        ProductName: '商品A',
        ItemTaxType: '1',
        Quantity: 1,
        UnitPrice: 5000,
        SubTotal: 5000,
      },
    ],
  };
}

/** The B2C example of the same. */
export function openApiConsumer(number: string, time = NOW): Members {
  return {
    InvoiceID: number,
    InvoiceDateTime: time,
    InvoiceFor: 'C',
    BuyerID: '0000000000',
    BuyerEmailAddress: 'einv@einv.tw',
    TaxType: '1',
    SalesAmount: 2000,
    FreeTaxSalesAmount: 0,
    ZeroTaxSalesAmount: 0,
    TaxAmount: 0,
    TotalAmount: 2000,
    Details: [
      {
        DetailID: '001',
        ProductName: '商品B',
        ItemTaxType: '1',
        Quantity: 1,
        UnitPrice: 2000,
        SubTotal: 2000,
      },
    ],
  };
}

/** A business invoice as GitBook's clients send it: sums that are not whole, no tax type on lines. */
export function gitBookBusiness(number: string, changes: Members = {}): Members {
  return {
    CompanyID: '12345675',
    InvoiceID: number,
    InvoiceDateTime: NOW,
    InvoiceFor: 'B',
    BuyerID: '04595257',
    BuyerInvoiceTitle: '範例股份有限公司',
    BuyerName: '王小明',
    BuyerEmail: 'ap@example.com',
    CheckNumber: '4821',
    RelateNumber: 'PO-1',
    PrintMark: 'N',
    TaxType: '1',
    SalesAmount: 1000,
    TaxAmount: 50,
    TotalAmount: 1050,
    MainRemark: '備註',
    Details: [
      {
        DetailID: '001',
        ProductName: '商品甲',
        Quantity: 2,
        UnitPrice: 333.3333,
        SubTotal: 666.6666,
      },
      { DetailID: '002', ProductName: '商品乙', Quantity: 1, UnitPrice: 333.7, SubTotal: 333.7 },
    ],
    ...changes,
  };
}

/** A consumer's invoice on a mobile barcode. */
export function consumer(number: string, changes: Members = {}): Members {
  return {
    InvoiceID: number,
    InvoiceDateTime: NOW,
    InvoiceFor: 'C',
    BuyerID: '0000000000',
    BuyerName: '消費者',
    RandomNumber: '0737',
    PrintMark: 'N',
    DonateMark: 'N',
    CarrierType: '3J0002',
    CarrierId: '/ABC1234',
    TaxType: '1',
    SalesAmount: 105,
    FreeTaxSalesAmount: 0,
    ZeroTaxSalesAmount: 0,
    TaxAmount: 0,
    TotalAmount: 105,
    Details: [
      {
        DetailID: '001',
        ProductName: '文具',
        Quantity: 1,
        UnitPrice: 105,
        SubTotal: 105,
        ItemTaxType: '1',
      },
    ],
    ...changes,
  };
}

/** A mixed one: 105 taxable and 40 exempt. */
export function mixed(number: string, changes: Members = {}): Members {
  return consumer(number, {
    TaxType: '9',
    FreeTaxSalesAmount: 40,
    TotalAmount: 145,
    Details: [
      {
        DetailID: '0001',
        ProductName: '文具',
        Quantity: 1,
        UnitPrice: 105,
        SubTotal: 105,
        ItemTaxType: '1',
      },
      {
        DetailID: '0002',
        ProductName: '蔬果',
        Quantity: 2,
        UnitPrice: 20,
        SubTotal: 40,
        ItemTaxType: '3',
      },
    ],
    ...changes,
  });
}

/** An order, for which the center gives the number. */
export function order(reference: string, changes: Members = {}): Members {
  const { InvoiceID: _, InvoiceDateTime: __, RandomNumber: ___, ...rest } = consumer('');
  return { ...rest, RelateNumber: reference, ...changes };
}

export function cancel(number: string, changes: Members = {}): Members {
  return {
    SellerID: '12345675',
    InvoiceNumber: number,
    CancelDate: '2026-11-21T10:05:00',
    CancelReason: '訂單取消',
    ...changes,
  };
}

/** An allowance of one line. */
export function allowance(
  prefix: string,
  number: string,
  net: number,
  tax: number,
  changes: Members = {},
): Members {
  return {
    AllowanceNumberPrefix: prefix,
    SellerID: '12345675',
    BuyerID: '04595257',
    AllowanceType: '2',
    TaxAmount: tax,
    TotalAmount: net,
    Details: [
      {
        InvoiceNumber: number,
        SequenceNumber: '1',
        Amount: net,
        Quantity: 1,
        UnitPrice: net,
        ItemTaxType: '1',
        Tax: tax,
      },
    ],
    ...changes,
  };
}
