/**
 * The one translation between ECPay's B2C words and the domain's: requests to drafts, kinds to codes
 * and back. Reads nothing and judges nothing; what a member means is said here and nowhere else.
 */

import type { ALLOWANCE_ITEM, ALLOWANCE_REQUEST } from '#wire/ecpay-b2c/allowance.ts';
import type { Wire } from '#wire/field.ts';
import type { AllowanceDraft, AllowanceDraftLine } from '../../../domain/allowance.ts';
import { type Carrier, type CarrierKind, NO_CARRIER } from '../../../domain/carrier.ts';
import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import { parseDonationCode } from '../../../domain/donation-code.ts';
import { type Fault, refused } from '../../../domain/fault.ts';
import type {
  ClearanceMark,
  DraftLine,
  InvoiceDraft,
  InvoiceType,
  LineTaxType,
  SpecialTaxCode,
  TaxType,
  ZeroTaxRateReason,
} from '../../../domain/invoice.ts';
import { type Twd, twd } from '../../../domain/twd.ts';
import { parseUbn, type Ubn } from '../../../domain/ubn.ts';
import { type IssueItem, type IssueRequest, NO_IDENTIFIER } from './issue-request.ts';
import { memberCarrierId } from './member-carrier.ts';

/** CarrierType of each kind; '' none. */
export const CARRIER_TYPES: Readonly<Record<CarrierKind, string>> = {
  none: '',
  member: '1',
  'citizen-certificate': '2',
  'mobile-barcode': '3',
  easycard: '4',
  ipass: '5',
};

/** How a reply writes the tax ID of a buyer who has none. */
export function identifierOf(ubn: Ubn | null): string {
  return ubn ?? NO_IDENTIFIER;
}

/** ChannelPartner 1 is Shopee; other values are ignored (ECPay B2C API, Issue). */
export function channelPartnerOf(value: string | undefined): string {
  return value === '1' ? '1' : '';
}

/** RelateNumber as compared: unique without regard to case (ECPay B2C API, Issue). */
export function referenceKeyOf(relateNumber: string): string {
  return relateNumber.toUpperCase();
}

/** The buyer's tax ID; null where none, or none that can be, was given. */
function buyerUbnOf(request: IssueRequest): Ubn | null {
  const parsed = parseUbn(request.CustomerIdentifier ?? '');
  return parsed === 'shape' || parsed === 'check-digit' ? null : parsed;
}

/** What an Issue request wants issued. Every member was read by its table. */
export function invoiceDraftOf(request: IssueRequest): InvoiceDraft {
  const email = request.CustomerEmail ?? '';
  const phone = request.CustomerPhone ?? '';
  const ubn = buyerUbnOf(request);
  const memberId = memberCarrierId(email, phone);
  const carrier = carrierOf(request, memberId);
  const isPrinted = request.Print === '1';
  const donationCode =
    request.Donation === '1' ? (parseDonationCode(request.LoveCode ?? '') ?? '') : '';
  const isOnMemberCarrier =
    carrier.kind === 'none' && !isPrinted && donationCode === '' && ubn === null;
  return {
    ...taxMembersOf(request),
    sense: request.vat === '0' ? 'price-apart' : 'tax-included',
    total: dollars(request.SalesAmount),
    stated: null,
    buyer: {
      ubn,
      name: request.CustomerName ?? '',
      address: request.CustomerAddr ?? '',
      phone,
      email,
      customerId: request.CustomerID ?? '',
    },
    carrier,
    memberCarrierId: isOnMemberCarrier ? memberId : '',
    isPrinted,
    donationCode,
    remark: request.InvoiceRemark ?? '',
    lines: invoiceLinesOf(request),
  };
}

function taxMembersOf(request: IssueRequest) {
  return {
    // Each of these casts holds because the wire table lets only the values of a closed list pass.
    invoiceType: request.InvType as InvoiceType,
    // The list of TaxType.
    taxType: request.TaxType as TaxType,
    // The list of ClearanceMark, or nothing.
    clearanceMark: (request.ClearanceMark ?? '') as ClearanceMark,
    // 71 to 79, or nothing.
    zeroTaxRateReason: (request.ZeroTaxRateReason ?? '') as ZeroTaxRateReason,
    // 0 to 8.
    specialTaxCode: (request.SpecialTaxType ?? 0) as SpecialTaxCode,
  };
}

function carrierOf(request: IssueRequest, memberId: string): Carrier {
  const id = request.CarrierNum ?? '';
  switch (request.CarrierType) {
    case '1':
      return { kind: 'member', visibleId: memberId, hiddenId: memberId };
    case '2':
      return { kind: 'citizen-certificate', visibleId: id, hiddenId: id };
    case '3':
      return { kind: 'mobile-barcode', visibleId: id, hiddenId: id };
    case '4':
      return { kind: 'easycard', visibleId: request.CarrierNum2 ?? '', hiddenId: id };
    case '5':
      return { kind: 'ipass', visibleId: request.CarrierNum2 ?? '', hiddenId: id };
    default:
      return NO_CARRIER;
  }
}

function invoiceLinesOf(request: IssueRequest): readonly DraftLine[] {
  const sequences = sequencesOf(request.Items);
  return request.Items.map((item: IssueItem, index) => ({
    sequence: sequences[index] ?? index + 1,
    description: item.ItemName,
    quantity: decimal(item.ItemCount),
    unit: item.ItemWord ?? '',
    unitPrice: decimal(item.ItemPrice),
    amount: decimal(item.ItemAmount),
    taxType: lineTaxTypeOf(item.ItemTaxType),
    remark: item.ItemRemark ?? '',
  }));
}

/** What an Allowance request wants given back. */
export function allowanceDraftOf(request: Wire<typeof ALLOWANCE_REQUEST>): AllowanceDraft {
  return {
    total: dollars(request.AllowanceAmount),
    reason: request.Reason ?? '',
    customerName: request.CustomerName ?? '',
    notify: {
      // One of S, E, A, N: checked by the wire table.
      kind: request.AllowanceNotify as AllowanceDraft['notify']['kind'],
      email: request.NotifyMail ?? '',
      phone: request.NotifyPhone ?? '',
    },
    lines: allowanceLinesOf(request.Items),
  };
}

function allowanceLinesOf(
  items: readonly Wire<typeof ALLOWANCE_ITEM>[],
): readonly AllowanceDraftLine[] {
  const sequences = sequencesOf(items);
  return items.map((item, index) => ({
    sequence: sequences[index] ?? index + 1,
    description: item.ItemName,
    quantity: decimal(item.ItemCount),
    unit: item.ItemWord ?? '',
    unitPrice: decimal(item.ItemPrice),
    amount: decimal(item.ItemAmount),
    taxType: lineTaxTypeOf(item.ItemTaxType),
  }));
}

/**
 * Line numbers: ItemSeq where given, else the line's position (the official PHP sample sends none);
 * where another line has claimed that, the lowest number that none bears.
 */
function sequencesOf(
  items: readonly { readonly ItemSeq?: number | undefined }[],
): readonly number[] {
  const claimed = new Set<number>();
  for (const { ItemSeq } of items) if (ItemSeq !== undefined) claimed.add(ItemSeq);
  let lowest = 1;
  return items.map(({ ItemSeq }, index) => {
    if (ItemSeq !== undefined) return ItemSeq;
    let sequence = index + 1;
    if (claimed.has(sequence)) {
      while (claimed.has(lowest)) lowest += 1;
      sequence = lowest;
    }
    claimed.add(sequence);
    return sequence;
  });
}

/** 1, 2 or 3 by the wire table; '' not given. */
function lineTaxTypeOf(value: string | undefined): LineTaxType | '' {
  return value === '1' || value === '2' || value === '3' ? value : '';
}

function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error('the wire table let a bad decimal pass');
  return value;
}

function dollars(amount: number): Twd {
  const value = twd(amount);
  if (value === undefined) throw new Error('the wire table let a bad amount pass');
  return value;
}

/** Members that a domain path stands for on the wire; paths not named here stay as they are. */
const WIRE_NAMES: Readonly<Record<string, string>> = {
  lines: 'Items',
  invoiceType: 'InvType',
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
  relate: 'RelateNumber',
  number: 'InvoiceNo',
  allowanceNumber: 'AllowanceNo',
  key: 'Tsr',
};

/** The wire name of what a domain fault points at, for the request log: `Items[2].ItemAmount`. */
export function wirePathOf(path: string, totalMember: string): string {
  return path
    .split('.')
    .map((part, depth) => {
      const name = /^\w+/.exec(part)?.[0] ?? '';
      if (name === 'total') return totalMember;
      if (name === 'taxType' && depth > 0) return 'ItemTaxType';
      return (WIRE_NAMES[name] ?? name) + part.slice(name.length);
    })
    .join('.');
}

/** A refusal of the ledger or the domain, told by wire names; `totalMember` bears the stated total. */
export function onWire(
  faults: readonly Fault[],
  totalMember: string,
): { readonly ok: false; readonly faults: readonly Fault[] } {
  return refused(
    ...faults.map((fault) => ({ ...fault, path: wirePathOf(fault.path, totalMember) })),
  );
}
