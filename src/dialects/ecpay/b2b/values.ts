/** Values of B2B members whose form the wire tables have checked, as the domain's types. */
import { parseTaipeiDateTime } from '../../../domain/calendar.ts';
import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import { type Fault, refused } from '../../../domain/fault.ts';
import type { TaipeiDateTime } from '../../../domain/taipei.ts';
import { type Twd, twd } from '../../../domain/twd.ts';
import { parseUbn, type Ubn } from '../../../domain/ubn.ts';

export function decimal(text: string | undefined): Decimal {
  const value = parseDecimal(text ?? '0');
  if (value === undefined) throw new Error('the wire table let a bad decimal pass');
  return value;
}

export function dollars(amount: number): Twd {
  const value = twd(amount);
  if (value === undefined) throw new Error('the wire table let a bad amount pass');
  return value;
}

/** A tax ID; undefined where its check digit does not hold. */
export function ubnOf(text: string): Ubn | undefined {
  const parsed = parseUbn(text);
  return parsed === 'shape' || parsed === 'check-digit' ? undefined : parsed;
}

/** A time as clients write it, with or without a zone; a day alone is its first second. */
export function timeOf(text: string): TaipeiDateTime | undefined {
  return parseTaipeiDateTime(text.length <= 'yyyy-MM-dd'.length ? `${text} 00:00:00` : text);
}

/** Addresses of a list, separated by `;`. */
export function addressesOf(list: string): readonly string[] {
  return list
    .split(';')
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

/** One address: no blanks, no list of several. */
const EMAIL_SHAPE = /^[^\s@;,]+@[^\s@;,]+$/;

export function isAddressList(list: string): boolean {
  const addresses = addressesOf(list);
  return addresses.length > 0 && addresses.every((address) => EMAIL_SHAPE.test(address));
}

const WIRE_NAMES: Readonly<Record<string, string>> = {
  lines: 'Items',
  sequence: 'ItemSeq',
  description: 'ItemName',
  quantity: 'ItemCount',
  unit: 'ItemWord',
  unitPrice: 'ItemPrice',
  amount: 'ItemAmount',
  taxType: 'TaxType',
  specialTaxCode: 'SpecialTaxType',
  clearanceMark: 'ClearanceMark',
  zeroTaxRateReason: 'ZeroTaxRateReason',
  total: 'TotalAmount',
  relate: 'RelateNumber',
  'b2b-relate': 'RelateNumber',
  number: 'InvoiceNumber',
  allowanceNumber: 'AllowanceNo',
  partner: 'Identifier',
  issuedAt: 'InvoiceTime',
};

/** A refusal of the ledger or the domain, told by wire names for the request log. */
export function onB2bWire(faults: readonly Fault[]) {
  return refused(...faults.map((fault) => ({ ...fault, path: wirePathOf(fault.path) })));
}

function wirePathOf(path: string): string {
  return path
    .split('.')
    .map((part) => {
      const name = /^[\w-]+/.exec(part)?.[0] ?? '';
      return (WIRE_NAMES[name] ?? name) + part.slice(name.length);
    })
    .join('.');
}
