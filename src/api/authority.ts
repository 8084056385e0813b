/**
 * Who asks, and which sellers they may see. A bearer token is an account of the dialect `api`: its id
 * and the SHA-256 of its secret part are kept, never the token. A token belongs to one seller, or, as
 * a platform account bound to `*`, to whoever runs this Kaili.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Ubn } from '../domain/ubn.ts';
import type { Accounts, Random } from '../ledger/ports.ts';

export const API_DIALECT = 'api';
/** Bound account of a token that may see every seller. */
export const EVERY_SELLER = '*';

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const TOKEN_SHAPE = /^kaili_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export interface Authority {
  maySee(seller: Ubn): boolean;
}

export const SEES_ALL: Authority = { maySee: () => true };

export interface NewToken {
  /** Shown once, to be kept by whoever uses it. */
  readonly token: string;
  readonly id: string;
  readonly secrets: { readonly secretHash: string };
}

/** Makes a token of 256 random bits. */
export function makeToken(random: Random): NewToken {
  const id = Buffer.from(random.bytes(ID_BYTES)).toString('hex');
  const secret = Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url');
  return { token: `kaili_${id}_${secret}`, id, secrets: { secretHash: hashOf(secret) } };
}

/** The authority of an `Authorization` header; null when it gives none. */
export function authorityOf(header: string | undefined, accounts: Accounts): Authority | null {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  const [, id = '', secret = ''] = TOKEN_SHAPE.exec(token ?? '') ?? [];
  if (id === '') return null;
  const account = accounts.find(API_DIALECT, id);
  const expected = account?.secrets.secretHash;
  if (account === undefined || expected === undefined || !isSame(hashOf(secret), expected))
    return null;
  if (account.kind === 'platform') {
    return account.boundAccounts.includes(EVERY_SELLER) ? SEES_ALL : null;
  }
  const own = account.seller?.ubn;
  return own === undefined ? null : { maySee: (seller) => seller === own };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
