/**
 * Seals secrets (HashKey, HashIV, salt, token hashes) with the master key: AES-256-GCM, a fresh nonce
 * each, bound to the name of what they belong to, so that a sealed text moved to another row does not
 * open. Where the key comes from is left to `master-key.ts`.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { Random } from '../ledger/ports.ts';

export const MASTER_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First part of a sealed text; another way of sealing gets another one. */
const FORMAT = 'v1';

export interface SecretBox {
  /** `name` says whose secret it is, e.g. `ecpay:2000132`; opening needs the same name. */
  seal(name: string, secret: string): string;
  /** Throws `SecretUnreadable` when the text was changed, moved, or sealed with another key. */
  open(name: string, sealed: string): string;
  /** A key for another purpose than sealing, derived from the master key. */
  keyFor(purpose: string): Uint8Array;
  /** Tells keys apart without revealing one: kept beside the data, compared at start. */
  readonly keyCheck: string;
}

export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
}

/** Keys for sealing and for the check value are derived, so that neither tells about the other. */
export function createSecretBox(masterKey: Uint8Array, random: Random): SecretBox {
  if (masterKey.length !== MASTER_KEY_BYTES) throw new RangeError('a master key has 32 bytes');
  const sealingKey = derive(masterKey, 'kaili/seal/v1');
  const checkKey = derive(masterKey, 'kaili/key-check/v1');
  return {
    keyCheck: createHmac('sha256', checkKey).update('kaili').digest('hex').slice(0, 32),
    keyFor: (purpose) => derive(masterKey, `kaili/${purpose}/v1`),
    seal(name, secret) {
      const nonce = random.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
      cipher.setAAD(Buffer.from(name, 'utf8'));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `${FORMAT}.${Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64')}`;
    },
    open(name, sealed) {
      const bytes = Buffer.from(sealed.slice(FORMAT.length + 1), 'base64');
      if (!sealed.startsWith(`${FORMAT}.`) || bytes.length < NONCE_BYTES + TAG_BYTES) {
        throw new SecretUnreadable(`the sealed secret of ${name} is no sealed text`);
      }
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(name, 'utf8'));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      try {
        const text = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new SecretUnreadable(`the sealed secret of ${name} does not open with this key`, {
          cause,
        });
      }
    },
  };
}

function derive(masterKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(), purpose, MASTER_KEY_BYTES));
}
