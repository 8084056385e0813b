/**
 * A received message of the exchange as what it tells: a document, an act, a confirmation, with who sent it
 * to whom (MIG 4.1 A0101–A0302, B0101–B0202). The file is hostile until its table says otherwise; numbers,
 * days and tax IDs are parsed into the domain's values or the message is refused.
 */
import { parseTaipeiDateTime } from '../../domain/calendar.ts';
import { type Decimal, parseDecimal } from '../../domain/decimal.ts';
import type { ExchangeMessage } from '../../domain/filing.ts';
import type {
  ClearanceMark,
  InvoiceType,
  LineTaxType,
  TaxRate,
  TaxType,
  ZeroTaxRateReason,
} from '../../domain/invoice.ts';
import { type InvoiceNumber, parseInvoiceNumber } from '../../domain/invoice-number.ts';
import { type TaipeiDateTime, taipeiDateOf } from '../../domain/taipei.ts';
import type { PurchasedAllowance, PurchasedInvoice, TradeParty } from '../../domain/trade.ts';
import { type Twd, twd } from '../../domain/twd.ts';
import { parseUbn, type Ubn } from '../../domain/ubn.ts';
import type { Incoming } from '../../ledger/trade-commands.ts';
import { A0101, type A0101Value } from './a0101.ts';
import { A0102 } from './a0102.ts';
import { A0201 } from './a0201.ts';
import { A0202 } from './a0202.ts';
import { A0301 } from './a0301.ts';
import { A0302 } from './a0302.ts';
import { B0101, type B0101Value } from './b0101.ts';
import { B0102 } from './b0102.ts';
import { B0201 } from './b0201.ts';
import { B0202 } from './b0202.ts';
import { readChecked } from './read-message.ts';

export interface ReceivedMessage {
  readonly from: Ubn;
  readonly to: Ubn;
  readonly incoming: Incoming;
}

export type ReadExchange =
  | { readonly ok: true; readonly received: ReceivedMessage }
  | { readonly ok: false; readonly reason: string };

/** A value of the message that its table lets pass and the domain does not. */
class Unusable extends Error {
  override readonly name = 'Unusable';
}

/** Reads the text of a file that was received as this message. */
export function readExchange(message: ExchangeMessage, xml: string): ReadExchange {
  try {
    return { ok: true, received: READERS[message](xml) };
  } catch (error) {
    if (error instanceof Unusable) return { ok: false, reason: error.message };
    throw error;
  }
}

type Reader = (xml: string) => ReceivedMessage;

const READERS: Readonly<Record<ExchangeMessage, Reader>> = {
  A0101: (xml) => {
    const value = whole(readChecked(A0101, xml));
    const content = invoiceOf(value);
    const { supplier, buyer } = content;
    return { from: supplier.ubn, to: buyer.ubn, incoming: { what: 'invoice', content } };
  },
  A0102: (xml) => {
    const value = whole(readChecked(A0102, xml));
    const at = momentOf(value.ReceiveDate, value.ReceiveTime);
    return confirmed('invoice', 'issue', value.InvoiceNumber, value.InvoiceDate, at, value);
  },
  A0201: (xml) => {
    const value = whole(readChecked(A0201, xml));
    const at = momentOf(value.CancelDate, value.CancelTime);
    const { CancelInvoiceNumber: number, InvoiceDate: day, CancelReason: reason } = value;
    return acted('invoice', 'void', number, day, at, reason, value);
  },
  A0202: (xml) => {
    const value = whole(readChecked(A0202, xml));
    const at = momentOf(value.CancelDate, value.CancelTime);
    return confirmed('invoice', 'void', value.CancelInvoiceNumber, value.InvoiceDate, at, value);
  },
  A0301: (xml) => {
    const value = whole(readChecked(A0301, xml));
    const at = momentOf(value.RejectDate, value.RejectTime);
    const { RejectInvoiceNumber: number, InvoiceDate: day, RejectReason: reason } = value;
    return acted('invoice', 'return', number, day, at, reason, value);
  },
  A0302: (xml) => {
    const value = whole(readChecked(A0302, xml));
    const at = momentOf(value.RejectDate, value.RejectTime);
    return confirmed('invoice', 'return', value.RejectInvoiceNumber, value.InvoiceDate, at, value);
  },
  B0101: (xml) => {
    const value = whole(readChecked(B0101, xml));
    const content = allowanceOf(value);
    const { supplier, buyer } = content;
    return { from: supplier.ubn, to: buyer.ubn, incoming: { what: 'allowance', content } };
  },
  B0102: (xml) => {
    const value = whole(readChecked(B0102, xml));
    const at = momentOf(value.ReceiveDate, value.ReceiveTime);
    return confirmed('allowance', 'issue', value.AllowanceNumber, value.AllowanceDate, at, value);
  },
  B0201: (xml) => {
    const value = whole(readChecked(B0201, xml));
    const at = momentOf(value.CancelDate, value.CancelTime);
    const { CancelAllowanceNumber: number, AllowanceDate: day, CancelReason: reason } = value;
    return acted('allowance', 'void', number, day, at, reason, value);
  },
  B0202: (xml) => {
    const value = whole(readChecked(B0202, xml));
    const at = momentOf(value.CancelDate, value.CancelTime);
    const { CancelAllowanceNumber: number, AllowanceDate: day } = value;
    return confirmed('allowance', 'void', number, day, at, value);
  },
};

interface Flat {
  readonly BuyerId: string;
  readonly SellerId: string;
  readonly Remark?: string | undefined;
}

function acted(
  kind: 'invoice' | 'allowance',
  act: 'void' | 'return',
  number: string,
  day: string,
  at: TaipeiDateTime,
  reason: string,
  flat: Flat,
): ReceivedMessage {
  if (reason.trim() === '') throw new Unusable('the reason is empty');
  const named = { kind, number: numberOf(kind, number), day: taipeiDateOf(dayOf(day)), at };
  const incoming = { what: 'deed', act, reason, remark: flat.Remark ?? '', ...named } as const;
  return { ...partiesOf(flat, act === 'void'), incoming };
}

function confirmed(
  kind: 'invoice' | 'allowance',
  act: 'issue' | 'void' | 'return',
  number: string,
  day: string,
  at: TaipeiDateTime,
  flat: Flat,
): ReceivedMessage {
  const named = { kind, number: numberOf(kind, number), day: taipeiDateOf(dayOf(day)), at };
  const incoming = { what: 'confirmation', act, remark: flat.Remark ?? '', ...named } as const;
  return { ...partiesOf(flat, act === 'return'), incoming };
}

function partiesOf({ SellerId, BuyerId }: Flat, isFromSeller: boolean) {
  const seller = ubnOf(SellerId);
  const buyer = ubnOf(BuyerId);
  return isFromSeller ? { from: seller, to: buyer } : { from: buyer, to: seller };
}

function invoiceOf({ Main: main, Details, Amount: amount }: A0101Value): PurchasedInvoice {
  return {
    number: invoiceNumberOf(main.InvoiceNumber),
    issuedAt: momentOf(main.InvoiceDate, main.InvoiceTime),
    supplier: partyOf(main.Seller),
    buyer: partyOf(main.Buyer),
    remark: main.MainRemark ?? '',
    reference: main.RelateNumber ?? '',
    // Each of these casts holds because the table lets only the values of a closed list pass.
    clearanceMark: (main.CustomsClearanceMark ?? '') as ClearanceMark,
    zeroTaxRateReason: (main.ZeroTaxRateReason ?? '') as ZeroTaxRateReason, // as above
    invoiceType: main.InvoiceType as InvoiceType, // as above
    taxType: amount.TaxType as TaxType, // as above
    taxRate: rateOf(amount.TaxRate),
    sales: dollarsOf(amount.SalesAmount),
    tax: dollarsOf(amount.TaxAmount),
    total: dollarsOf(amount.TotalAmount),
    lines: Details.ProductItem.map((item, index) => ({
      sequence: sequenceOf(item.SequenceNumber, index),
      description: item.Description,
      quantity: decimalOf(item.Quantity),
      unit: item.Unit ?? '',
      unitPrice: decimalOf(item.UnitPrice),
      amount: decimalOf(item.Amount),
      remark: item.Remark ?? '',
    })),
  };
}

function allowanceOf({ Main: main, Details, Amount: amount }: B0101Value): PurchasedAllowance {
  return {
    number: numberOf('allowance', main.AllowanceNumber),
    // The message names a day only.
    allowedAt: dayOf(main.AllowanceDate),
    supplier: partyOf(main.Seller),
    buyer: partyOf(main.Buyer),
    net: dollarsOf(amount.TotalAmount),
    tax: dollarsOf(amount.TaxAmount),
    lines: Details.ProductItem.map((item, index) => ({
      sequence: sequenceOf(item.AllowanceSequenceNumber, index),
      invoiceNumber: invoiceNumberOf(item.OriginalInvoiceNumber),
      invoiceDay: taipeiDateOf(dayOf(item.OriginalInvoiceDate)),
      originalSequence:
        item.OriginalSequenceNumber === undefined
          ? null
          : sequenceOf(item.OriginalSequenceNumber, index),
      description: item.OriginalDescription,
      quantity: decimalOf(item.Quantity),
      unit: item.Unit ?? '',
      unitPrice: decimalOf(item.UnitPrice),
      amount: decimalOf(item.Amount),
      tax: dollarsOf(item.Tax),
      // The table lets the line types pass; mixed is refused by the gateway in exchange.
      taxType: item.TaxType as LineTaxType,
    })),
  };
}

function partyOf(party: A0101Value['Main']['Seller']): TradeParty {
  return {
    ubn: ubnOf(party.Identifier),
    name: party.Name,
    address: party.Address ?? '',
    phone: party.TelephoneNumber ?? '',
    fax: party.FacsimileNumber ?? '',
    email: party.EmailAddress ?? '',
  };
}

/** Names of elements come from outside and may be long. */
const REASON_CHARACTERS_MAX = 300;

function whole<Value>(
  read:
    | { readonly ok: true; readonly value: Value }
    | {
        readonly ok: false;
        readonly problems: readonly { readonly rule: string; readonly text: string }[];
      },
): Value {
  if (read.ok) return read.value;
  const [first] = read.problems;
  const reason = `${first?.rule ?? ''} ${first?.text ?? ''}`.trim();
  throw new Unusable(reason.slice(0, REASON_CHARACTERS_MAX));
}

function ubnOf(text: string): Ubn {
  const parsed = parseUbn(text);
  if (parsed === 'shape' || parsed === 'check-digit') throw new Unusable('a tax ID is malformed');
  return parsed;
}

function invoiceNumberOf(text: string): InvoiceNumber {
  const number = parseInvoiceNumber(text);
  if (number === undefined) throw new Unusable('an invoice number is malformed');
  return number;
}

function numberOf(kind: 'invoice' | 'allowance', text: string): string {
  if (kind === 'invoice') return invoiceNumberOf(text);
  // A slash would make another subject of it in the journal.
  if (!/^[^\s/]{1,16}$/u.test(text)) throw new Unusable('an allowance number is malformed');
  return text;
}

function momentOf(date: string, time: string): TaipeiDateTime {
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  const at = parseTaipeiDateTime(`${day} ${time.slice(0, 8)}`);
  if (at === undefined) throw new Unusable('a day or a time is of no calendar');
  return at;
}

function dayOf(date: string): TaipeiDateTime {
  return momentOf(date, '00:00:00');
}

function decimalOf(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === undefined) throw new Unusable('a number has too many digits');
  return value;
}

function dollarsOf(text: string): Twd {
  const amount = /^-?\d{1,12}(?:\.0*)?$/.test(text) ? twd(Number(text)) : undefined;
  if (amount === undefined) throw new Unusable('an amount is no whole number of dollars');
  return amount;
}

const RATES: readonly TaxRate[] = ['0', '0.01', '0.02', '0.05', '0.15', '0.25'];

function rateOf(text: string): TaxRate {
  const rate = RATES.find((known) => Number(known) === Number(text));
  if (rate === undefined) throw new Unusable('a tax rate is unknown');
  return rate;
}

/** A sequence as a number; the position where it is none. */
function sequenceOf(text: string, index: number): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : index + 1;
}
