/** GET /sellers, /sellers/{ubn}: the sellers that the caller may see. */
import { z } from 'zod';
import type { Seller } from '../domain/seller.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Authority } from './authority.ts';
import { ApiError } from './error.ts';
import { ubnParameter } from './parameters.ts';
import { type ApiContext, type ApiRoute, defineRoute } from './route.ts';
import { sellerView } from './views.ts';

/** The seller, if it exists and the caller may see it; both failures read the same. */
export function seenSeller(ubn: Ubn, context: ApiContext, authority: Authority): Seller {
  const seller = authority.maySee(ubn) ? context.accounts.seller(ubn) : undefined;
  if (seller === undefined) {
    throw new ApiError('NOT_FOUND', 'params.ubn', 'no such seller among those this token may see');
  }
  return seller;
}

function show(seller: Seller): z.input<typeof sellerView> {
  const { ubn, name, address, personInCharge, phone, fax, email } = seller;
  const { zeroTaxRateReasonDefault, memberCarrierCode, branches = [] } = seller;
  return {
    ubn,
    name,
    address,
    personInCharge,
    phone,
    fax,
    email,
    zeroTaxRateReasonDefault,
    memberCarrierCode,
    branches: branches.map(({ ubn: branch, name: of }) => ({ ubn: branch, name: of })),
  };
}

export const sellerRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/sellers',
    operationId: 'listSellers',
    summary: 'Sellers 營業人 that the caller may see',
    params: z.strictObject({}),
    query: z.strictObject({}),
    response: z.object({ items: z.array(sellerView) }),
    async handle(_input, { accounts }, authority) {
      return {
        items: accounts
          .sellers()
          .filter(({ ubn }) => authority.maySee(ubn))
          .map(show),
      };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}',
    operationId: 'getSeller',
    summary: 'One seller',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({}),
    response: sellerView,
    handle: async ({ params }, context, authority) =>
      show(seenSeller(params.ubn, context, authority)),
  }),
];
