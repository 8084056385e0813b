/** The tables of trading partners and trades; part of `schema.ts`. */
import type { PartnerRow, TradeInvoiceRow, TradeRow } from '../ledger/trade-rows.ts';
import { table } from './table.ts';

export const PARTNER = table<PartnerRow>('partner', ['seller', 'partner'], {
  seller: 'text',
  partner: 'text',
  kind: 'text',
  name: 'text',
  customerNumber: 'text',
  personInCharge: 'text',
  address: 'text',
  phone: 'text',
  fax: 'text',
  mode: 'text',
  email: 'text',
  salesName: 'text',
  contactAddress: 'text',
  passPhrase: 'text',
  sequence: 'integer',
});

export const TRADE = table<TradeRow>(
  'trade',
  ['seller', 'kind', 'number', 'side', 'partner', 'period'],
  {
    seller: 'text',
    kind: 'text',
    number: 'text',
    side: 'text',
    partner: 'text',
    period: 'text',
    invoiceNumber: 'text',
    at: 'text',
    mode: 'text',
    steps: 'json',
    content: 'text',
    hash: 'text',
    referenceKey: 'text',
    sequence: 'integer',
  },
);

export const TRADE_INVOICE = table<TradeInvoiceRow>(
  'trade_invoice',
  ['seller', 'invoiceNumber', 'invoicePeriod', 'number', 'partner', 'period'],
  {
    seller: 'text',
    invoiceNumber: 'text',
    invoicePeriod: 'text',
    number: 'text',
    partner: 'text',
    period: 'text',
  },
);
