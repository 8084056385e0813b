/** B2B MaintainMerchantCustomerData: trading partners 交易對象 (ECPay B2B API, docs 14830 and 24201). */
import type { WireEndpoint, WireTable } from '../field.ts';
import { MERCHANT_ID, RESULT } from './shared-members.ts';

export const B2B_PARTNER_REQUEST = {
  MerchantID: MERCHANT_ID,
  Action: { kind: 'code', need: 'required', lengthMax: 10, values: ['Add', 'Update', 'Delete'] },
  /** The merchant's own number of the company. */
  CustomerNumber: { kind: 'text', need: 'optional', lengthMax: 20 },
  /** Tax ID; cannot be changed later. */
  Identifier: { kind: 'text', need: 'required', lengthMax: 8, pattern: /^\d{8}$/ },
  /** 1 buyer, 2 seller, 3 both; Odoo's module spells it `Type`. Not needed to delete. */
  type: { kind: 'code', need: 'conditional', lengthMax: 1, values: ['1', '2', '3'] },
  CompanyName: { kind: 'text', need: 'conditional', lengthMax: 60 },
  PersonInCharge: { kind: 'text', need: 'optional', lengthMax: 30 },
  Address: { kind: 'text', need: 'optional', lengthMax: 100 },
  TelephoneNumber: { kind: 'text', need: 'optional', lengthMax: 26 },
  FacsimileNumber: { kind: 'text', need: 'optional', lengthMax: 26 },
  /** A pass-phrase that both parties know; kept, and shown nowhere. */
  TradingSlang: { kind: 'text', need: 'conditional', lengthMax: 20 },
  /** 0 storage 存證, 1 exchange 交換. */
  ExchangeMode: { kind: 'code', need: 'conditional', lengthMax: 1, values: ['0', '1'] },
  /** One address or several with `;`. */
  EmailAddress: { kind: 'text', need: 'conditional', lengthMax: 200 },
  SalesName: { kind: 'text', need: 'optional', lengthMax: 20 },
  ContactAddress: { kind: 'text', need: 'optional', lengthMax: 100 },
} as const satisfies WireTable;

/** Adds, changes or deletes a trading partner. */
export const B2B_PARTNER = {
  path: '/B2BInvoice/MaintainMerchantCustomerData',
  request: B2B_PARTNER_REQUEST,
  reply: { ...RESULT },
  isReplyEncrypted: true,
} as const satisfies WireEndpoint;
