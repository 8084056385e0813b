/**
 * The seller's QR key and the check field that it makes: the last part of a certificate's left QR code,
 * by which the Ministry's own app knows a certificate that the seller made. A seller registers either a
 * pass-phrase 種子密碼, from which the key follows, or has the key itself from the Ministry's tool.
 */
import { createCipheriv, createHash } from 'node:crypto';

declare const keyBrand: unique symbol;
/** 16 bytes, AES-128. A secret: never logged, never shown. */
export type QrKey = Uint8Array & { readonly [keyBrand]: true };

const KEY_BYTES = 16;
const KEY_SHAPE = /^[0-9A-Fa-f]{32}$/;
/** Fixed for everyone (MOF barcode specification 1.9, encryption, reference code). */
const INITIAL_VECTOR = Buffer.from('Dt8lyToo17X/XkXaQvihuA==', 'base64');
/** Salt of the Ministry's tool `genKey`. */
const SALT = Buffer.from('Nd8NUYIxHIBxlzExqGM9gA==', 'base64');

/** Reads a key as the Ministry's tool prints it: 32 hex digits. */
export function parseQrKey(hex: string): QrKey | undefined {
  // Checked to be the hex of 16 bytes.
  return KEY_SHAPE.test(hex) ? (new Uint8Array(Buffer.from(hex, 'hex')) as QrKey) : undefined;
}

/**
 * The key of a pass-phrase, as the Ministry's tool derives it: the first 16 bytes that Java's SHA1PRNG
 * gives from the seed SHA-1(pass-phrase, salt), which is SHA-1(SHA-1(seed)).
 */
export function deriveQrKey(passPhrase: string): QrKey {
  const seed = sha1(Buffer.concat([Buffer.from(passPhrase, 'utf8'), SALT]));
  // The first bytes of a 20-byte digest: 16 of them.
  return new Uint8Array(sha1(sha1(seed)).subarray(0, KEY_BYTES)) as QrKey;
}

/**
 * The check field: AES-128-CBC with PKCS#7 over number and random code, in Base64, always 24 characters
 * (MOF barcode specification 1.9, encryption).
 */
export function checkField(key: QrKey, number: string, randomCode: string): string {
  const cipher = createCipheriv('aes-128-cbc', key, INITIAL_VECTOR);
  const head = cipher.update(`${number}${randomCode}`, 'ascii');
  return Buffer.concat([head, cipher.final()]).toString('base64');
}

function sha1(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest();
}
