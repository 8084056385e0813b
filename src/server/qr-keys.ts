/**
 * The sellers' QR keys from their sealed secrets: the key itself, or the one that follows from the
 * pass-phrase. Derived once a secret, since every query of an invoice needs it.
 */
import type { QrKeys } from '../documents/create.ts';
import { deriveQrKey, parseQrKey, type QrKey } from '../documents/qr-key.ts';
import type { AccountDirectory, SellerSecrets } from './accounts.ts';

export function qrKeysOf(accounts: Pick<AccountDirectory, 'sellerSecrets'>): QrKeys {
  // A reload makes new secrets objects, so a changed key is seen at once and the old one let go.
  const derived = new WeakMap<SellerSecrets, QrKey>();
  return {
    keyOf(seller) {
      const secrets = accounts.sellerSecrets(seller);
      const known = derived.get(secrets);
      if (known !== undefined) return known;
      const key = keyFrom(secrets);
      if (key !== null) derived.set(secrets, key);
      return key;
    },
  };
}

function keyFrom({ qrKey, qrPassPhrase }: SellerSecrets): QrKey | null {
  if (qrKey !== undefined) return parseQrKey(qrKey) ?? null;
  return qrPassPhrase === undefined ? null : deriveQrKey(qrPassPhrase);
}
