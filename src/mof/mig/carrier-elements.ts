/**
 * The three carrier elements of the F0401 (docs/reference/mig.md, carrier, print, donation). An invoice that is
 * neither printed nor donated must be on a carrier; without one of the buyer's it goes to the seller's
 * own member carrier.
 */
import type { CarrierKind } from '../../domain/carrier.ts';
import type { InvoiceContent } from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import { given } from './element-text.ts';

/**
 * Carrier codes of MIG 4.1; a seller's member carrier has a code of its own. The codes of the two cards
 * stand in no official list that is public: they are the ones in use.
 */
export const CARRIER_TYPES = {
  'citizen-certificate': 'CQ0001',
  'mobile-barcode': '3J0002',
  easycard: '1K0001',
  ipass: '1H0001',
} as const satisfies Partial<Record<CarrierKind, string>>;

interface CarrierElements {
  readonly CarrierType?: string | undefined;
  readonly CarrierId1?: string | undefined;
  readonly CarrierId2?: string | undefined;
}

/**
 * On the seller's member carrier. Where the seller has no code yet, a donated invoice is filed without a
 * carrier, and any other keeps its ids without a type, which rule GATEWAY-05 holds until the code is set.
 */
function onMemberCarrier(visibleId: string, hiddenId: string, seller: Seller, isDonated: boolean) {
  const code = given(seller.memberCarrierCode);
  if (code === undefined && isDonated) return {};
  return { CarrierType: code, ...identifiers(visibleId, hiddenId) };
}

/** The platform refuses blanks around a carrier id (E1005), and they are never part of one. */
function identifiers(visibleId: string, hiddenId: string) {
  return { CarrierId1: given(visibleId.trim()), CarrierId2: given(hiddenId.trim()) };
}

export function carrierElements(content: InvoiceContent, seller: Seller): CarrierElements {
  const { carrier } = content;
  const isDonated = content.donationCode !== '';
  switch (carrier.kind) {
    case 'none': {
      const isConsumer = content.buyer.ubn === null;
      if (content.isPrinted || isDonated || !isConsumer) return {};
      return onMemberCarrier(content.memberCarrierId, content.memberCarrierId, seller, isDonated);
    }
    case 'member':
      return onMemberCarrier(carrier.visibleId, carrier.hiddenId, seller, isDonated);
    case 'citizen-certificate':
    case 'mobile-barcode':
    case 'easycard':
    case 'ipass':
      return {
        CarrierType: CARRIER_TYPES[carrier.kind],
        ...identifiers(carrier.visibleId, carrier.hiddenId),
      };
  }
}
