/**
 * From a checked invoice payload to the domain's draft and the ledger's claims (SystemLead e首發票 API, MOF
 * MIG mapping). The one place where names of this API turn into names of the domain.
 */
import type { Carrier } from '../../domain/carrier.ts';
import { composeInvoice } from '../../domain/compose-invoice.ts';
import { parseWideDonationCode } from '../../domain/donation-code.ts';
import { filingHolds } from '../../domain/filing-holds.ts';
import type {
  BondedArea,
  BuyerRemark,
  ComposedInvoice,
  InvoiceDraft,
  ZeroTaxRateReason,
} from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import { TWD_ZERO } from '../../domain/twd.ts';
import type { ReferenceClaim } from '../../ledger/ledger.ts';
import { refusalOf } from './faults.ts';
import type { InvoiceRequest } from './invoice-request.ts';
import { lineClass } from './invoice-rules.ts';
import type { Refusal } from './refusal.ts';

/** Kinds of references: unique among invoices that are not void. */
export const ORDER = 'order';
export const BILLING = 'billing';

/** The composed invoice with the reasons for which it cannot be filed yet, or why there is none. */
export function composeRequest(request: InvoiceRequest, seller: Seller): ComposedInvoice | Refusal {
  const outcome = composeInvoice(draftOf(request), seller);
  if (!outcome.ok) {
    const [fault] = outcome.faults;
    if (fault === undefined) throw new Error('a refusal without a fault');
    return refusalOf('issue', fault);
  }
  return { ...outcome.value, holds: filingHolds(outcome.value, seller) };
}

function draftOf(request: InvoiceRequest): InvoiceDraft {
  const { isBusiness, sales, exempt, zeroRated, tax } = request;
  return {
    invoiceType: '07',
    taxType: request.taxType,
    specialTaxCode: 0,
    clearanceMark: request.clearanceMark,
    // The table lets only the domain's own codes through.
    zeroTaxRateReason: request.zeroTaxRateReason as ZeroTaxRateReason,
    sense: isBusiness ? 'tax-apart' : 'tax-included',
    total: request.total,
    stated: isBusiness ? { sales: netOf(request), tax } : null,
    ...(!isBusiness && { classSums: { taxable: sales, exempt, zeroRated } }),
    buyer: buyerOf(request),
    carrier: request.carrier,
    memberCarrierId: memberCarrierIdOf(request),
    isPrinted: request.isPrinted || mustPrint(request),
    donationCode: parseWideDonationCode(request.donationCode) ?? '',
    // The tables let only the domain's own codes through.
    ...(request.buyerRemark !== '' && { buyerRemark: request.buyerRemark as BuyerRemark }),
    ...(request.bondedArea !== '' && { bondedArea: request.bondedArea as BondedArea }),
    remark: request.remark,
    lines: request.lines.map((line) => ({
      sequence: line.sequence,
      description: line.description,
      quantity: line.quantity,
      unit: '',
      unitPrice: line.unitPrice,
      amount: line.amount,
      taxType: lineClass(request, line),
      remark: line.remark,
    })),
  };
}

/** A business invoice is of one class: the sum that is not 0. */
function netOf({ taxType, sales, exempt, zeroRated }: InvoiceRequest) {
  switch (taxType) {
    case '1':
      return sales;
    case '2':
      return zeroRated;
    case '3':
      return exempt;
    case '9':
      return TWD_ZERO;
  }
}

function buyerOf(request: InvoiceRequest): InvoiceDraft['buyer'] {
  return {
    ubn: request.buyerUbn,
    name: request.buyerName,
    address: request.address,
    phone: request.phone,
    email: request.email,
    customerId: '',
    ...(request.copyEmail !== '' && { copyEmail: request.copyEmail }),
  };
}

/**
 * An invoice with a tax ID and no carrier counts as printed whatever was sent: the Ministry's gateway takes
 * no other (MIG 4.1, rules beyond the schema, 5).
 */
function mustPrint({ buyerUbn, carrier }: InvoiceRequest): boolean {
  return buyerUbn !== null && carrier.kind === 'none';
}

/** The buyer's id on the seller's member carrier: mail, else phone, else the invoice or its order. */
function memberCarrierIdOf(request: InvoiceRequest): string {
  const isHeld: Carrier['kind'] = request.carrier.kind;
  if (isHeld !== 'none' || request.buyerUbn !== null || request.isDonated) return '';
  return request.email || request.phone || request.number || request.relateNumber;
}

/** BillingNo, and in order mode the order number. */
export function claimsOf(request: InvoiceRequest, isOrder: boolean): readonly ReferenceClaim[] {
  const claims: ReferenceClaim[] = [];
  if (isOrder) claims.push({ kind: ORDER, key: request.relateNumber, until: 'voided' });
  if (request.billingNo !== '') {
    claims.push({ kind: BILLING, key: request.billingNo, until: 'voided' });
  }
  return claims;
}
