/**
 * A B2B Issue request as the invoice that it wants: everything without tax, the partner's record filling
 * what the request leaves out (ECPay B2B API mapping, 16.2).
 */
import { NO_CARRIER } from '../../../domain/carrier.ts';
import { composeInvoice } from '../../../domain/compose-invoice.ts';
import { done, type Fault, type Outcome, refused } from '../../../domain/fault.ts';
import type {
  ClearanceMark,
  ComposedInvoice,
  InvoiceDraft,
  InvoiceType,
  SpecialTaxCode,
  TaxType,
  ZeroTaxRateReason,
} from '../../../domain/invoice.ts';
import type { PartnerFacts } from '../../../domain/partner.ts';
import type { Seller } from '../../../domain/seller.ts';
import type { WireFault } from '../wire-fault.ts';
import { checkIssue, type IssueItem, type PartialIssue } from './issue-rules.ts';
import { decimal, dollars, onB2bWire, ubnOf } from './values.ts';

/** Every member that the table requires is there and of its form. */
export type IssueRequest = Omit<PartialIssue, 'Items'> & {
  readonly RelateNumber: string;
  readonly CustomerIdentifier: string;
  readonly Items: readonly IssueItem[];
  readonly SalesAmount: number;
  readonly TaxAmount: number;
  readonly TotalAmount: number;
};

export interface ReadIssue {
  readonly members: PartialIssue;
  readonly faults: readonly WireFault[];
  readonly bad: ReadonlySet<string>;
}

/** What judges and composes without data; every fault of the request. */
export function composeIssue(
  reading: ReadIssue,
  partner: PartnerFacts | null,
  seller: Seller,
): Outcome<{ readonly request: IssueRequest; readonly composed: ComposedInvoice }> {
  const { members } = reading;
  const read = reading.faults.filter(({ path }) => !isIgnored(path, members, reading.bad));
  const faults: Fault[] = [...read, ...checkIssue(members, new Set(read.map(({ path }) => path)))];
  const isBroken = faults.some(
    ({ code }) => code.startsWith('FIELD_') || code === 'LINES_TOO_MANY',
  );
  if (isBroken) return refused(...faults);
  // Without a field fault everything that the table requires was read.
  const request = members as IssueRequest;
  const outcome = composeInvoice(draftOf(request, partner), seller);
  if (!outcome.ok) {
    // What ECPay's own rules told already is not told again by the domain's.
    const others = onB2bWire(outcome.faults).faults.filter((found) => !isTold(found, faults));
    return refused(...faults, ...others);
  }
  return faults.length > 0 ? refused(...faults) : done({ request, composed: outcome.value });
}

function isTold({ code, path }: Fault, faults: readonly Fault[]): boolean {
  const isTax = path === 'stated.tax';
  return (
    code === 'AMOUNT_SUM_MISMATCH' &&
    isTax &&
    faults.some((found) => found.code === 'TAX_MISMATCH' || found.code === 'SPECIAL_TAX_NOT_ZERO')
  );
}

/** Whether ECPay ignores the member in this request, so that its form does not matter. */
function isIgnored(path: string, request: PartialIssue, bad: ReadonlySet<string>): boolean {
  if (bad.has('TaxType') || request.TaxType === undefined) return false;
  if (path === 'SpecialTaxType') return request.TaxType !== '4';
  if (path === 'ClearanceMark' || path === 'ZeroTaxRateReason') return request.TaxType !== '2';
  return false;
}

function draftOf(request: IssueRequest, partner: PartnerFacts | null): InvoiceDraft {
  return {
    // Each of these casts holds because the wire table lets only the values of a closed list pass.
    invoiceType: request.InvType as InvoiceType,
    taxType: request.TaxType as TaxType, // as above
    clearanceMark: (request.ClearanceMark ?? '') as ClearanceMark, // as above
    zeroTaxRateReason: (request.ZeroTaxRateReason ?? '') as ZeroTaxRateReason, // as above
    specialTaxCode: (request.SpecialTaxType ?? 0) as SpecialTaxCode, // as above
    sense: 'tax-apart',
    total: dollars(request.TotalAmount),
    stated: { sales: dollars(request.SalesAmount), tax: dollars(request.TaxAmount) },
    buyer: {
      ubn: ubnOf(request.CustomerIdentifier) ?? null,
      name: partner?.name ?? '',
      address: request.CustomerAddress ?? partner?.address ?? '',
      phone: request.CustomerTelephoneNumber ?? request.CustomerTel ?? partner?.phone ?? '',
      email: request.CustomerEmail ?? partner?.email ?? '',
      customerId: partner?.customerNumber ?? '',
    },
    carrier: NO_CARRIER,
    memberCarrierId: '',
    // ECPay's B2B API knows no carrier, and the gateway wants one or a printed certificate.
    isPrinted: true,
    donationCode: '',
    remark: request.InvoiceRemark ?? '',
    lines: request.Items.map((item) => ({
      sequence: item.ItemSeq,
      description: item.ItemName,
      quantity: decimal(item.ItemCount),
      unit: item.ItemWord ?? '',
      unitPrice: decimal(item.ItemPrice),
      amount: decimal(item.ItemAmount),
      ...(item.ItemTax !== undefined && { tax: dollars(item.ItemTax) }),
      taxType: '',
      remark: item.ItemRemark ?? '',
    })),
  };
}
