/**
 * Seller and buyer of a message, from the seller's settings and the invoice's buyer (docs/reference/mig.md,
 * F0401 field by field; the G0401 names the same two). Only a company's address, phone, mail and
 * number are sent: the platform does not need a consumer's.
 */
import type { Buyer } from '../../domain/invoice.ts';
import type { Seller } from '../../domain/seller.ts';
import { given, onOneLine } from './element-text.ts';
import type { ValueOf } from './message-table.ts';
import type { PARTY } from './types.ts';
import { withoutForbidden } from './xml-text.ts';

export type Party = ValueOf<typeof PARTY>;

/** Identifier of a buyer without a tax ID: ten zeros (MIG 4.1, buyer conventions). */
export const CONSUMER_IDENTIFIER = '0000000000';
/** Name of a consumer who gave none. */
export const CONSUMER_NAME = '消費者';
/** Names that the gateway refuses for a consumer. */
export const CONSUMER_NAMES_REFUSED: readonly string[] = ['0', '00', '000', '0000'];

export function sellerParty(seller: Seller): Party {
  return {
    Identifier: seller.ubn,
    Name: withoutForbidden(seller.name),
    Address: given(onOneLine(seller.address)),
    PersonInCharge: given(seller.personInCharge),
    TelephoneNumber: given(seller.phone),
    FacsimileNumber: given(seller.fax),
    EmailAddress: given(seller.email),
  };
}

/** How messages name the buyer by number. */
export function buyerIdentifier(buyer: Pick<Buyer, 'ubn'>): string {
  return buyer.ubn ?? CONSUMER_IDENTIFIER;
}

export function buyerParty(buyer: Buyer): Party {
  const name = given(buyer.name);
  if (buyer.ubn === null) {
    const isRefused = name === undefined || CONSUMER_NAMES_REFUSED.includes(name.trim());
    return { Identifier: CONSUMER_IDENTIFIER, Name: isRefused ? CONSUMER_NAME : name };
  }
  return {
    Identifier: buyer.ubn,
    Name: name ?? buyer.ubn,
    Address: given(onOneLine(buyer.address)),
    TelephoneNumber: given(buyer.phone),
    EmailAddress: given(buyer.email),
    CustomerNumber: given(buyer.customerId),
  };
}
