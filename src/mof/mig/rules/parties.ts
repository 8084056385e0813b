/** Rules about seller and buyer of the F0401 and, where said, of the other messages. */
import type { F0401Value } from '../f0401.ts';
import {
  CONSUMER_IDENTIFIER,
  CONSUMER_NAME,
  CONSUMER_NAMES_REFUSED,
  type Party,
} from '../party.ts';
import { type Finding, isBlank, NOTHING, type Rule, unless } from './rule.ts';

const GATEWAY = 'MIG 4.1, gateway checks of F0401';

/** Whether the buyer is a business: eight digits. */
export function isBusiness(identifier: string): boolean {
  return /^\d{8}$/.test(identifier);
}

export const sellerAddress: Rule<{ readonly Main: { Seller: Party } }> = {
  id: 'GATEWAY-01',
  text: '賣方地址不得空白。請在營業人設定補登地址後放行。',
  source: GATEWAY,
  find: (value) =>
    isBlank(value.Main.Seller.Address)
      ? [{ element: 'Main/Seller/Address', got: '', hold: 'seller-address-missing' }]
      : NOTHING,
};

const IDENTIFIER_TEXT =
  '賣方統一編號須為 8 位數字；買方須為 8 位數字，一般消費者為 10 個 0。請更正統一編號。';

/** 4.1 refuses anything but digits; a foreign buyer is a consumer. */
function findIdentifiers(
  seller: readonly [string, string],
  buyer: readonly [string, string],
): readonly Finding[] {
  const isBuyer = isBusiness(buyer[1]) || buyer[1] === CONSUMER_IDENTIFIER;
  return [...unless(isBusiness(seller[1]), seller[0]), ...unless(isBuyer, buyer[0])];
}

/** For messages with party blocks. */
export const partyIdentifiers: Rule<{ readonly Main: { Seller: Party; Buyer: Party } }> = {
  id: 'GATEWAY-02',
  text: IDENTIFIER_TEXT,
  source: GATEWAY,
  find: ({ Main }) =>
    findIdentifiers(
      ['Main/Seller/Identifier', Main.Seller.Identifier],
      ['Main/Buyer/Identifier', Main.Buyer.Identifier],
    ),
};

/** For exchange messages: both are businesses. */
export const exchangeBuyer: Rule<{ readonly Main: { Buyer: Party } }> = {
  id: 'KAILI-12',
  text: '交換訊息之買方須為營業人（8 位數字之統一編號）。請改以存證方式開立。',
  source: 'MIG 4.1, exchange messages',
  find: ({ Main: { Buyer } }) => unless(isBusiness(Buyer.Identifier), 'Main/Buyer/Identifier'),
};

/** For the flat messages. */
export const flatIdentifiers: Rule<{ readonly SellerId: string; readonly BuyerId: string }> = {
  id: 'GATEWAY-02',
  text: IDENTIFIER_TEXT,
  source: GATEWAY,
  find: (value) => findIdentifiers(['SellerId', value.SellerId], ['BuyerId', value.BuyerId]),
};

export const consumerName: Rule<{ readonly Main: { Buyer: Party } }> = {
  id: 'GATEWAY-03',
  text: `一般消費者之名稱不得為 0、00、000 或 0000。請改為買受人姓名或「${CONSUMER_NAME}」。`,
  source: GATEWAY,
  find: ({ Main: { Buyer } }) => {
    const isRefused = CONSUMER_NAMES_REFUSED.includes(Buyer.Name.trim());
    return unless(!isRefused || isBusiness(Buyer.Identifier), 'Main/Buyer/Name', Buyer.Name);
  },
};

export const PARTY_RULES: readonly Rule<F0401Value>[] = [
  sellerAddress,
  partyIdentifiers,
  consumerName,
];
