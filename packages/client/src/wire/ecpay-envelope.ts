/**
 * The cipher of ECPay's `Data`: JSON text, URL-encoded, AES-128-CBC with PKCS #7, Base64 (ECPay doc
 * 7958). Writes as the real server does (.NET style, byte for byte) and reads what every public client
 * family sends. Uses node:crypto and nothing else; server and client share it.
 *
 * Leaves to others: the outer envelope, the JSON inside, and which refusal a failure becomes. On the
 * hot path of every call, hence one pass over bytes with look-up tables.
 */

import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv } from 'node:crypto';

/** AES-128: keys, initial vectors and blocks are sixteen bytes. */
const BLOCK_BYTES = 16;
const ALGORITHM = 'aes-128-cbc';

/** A merchant's HashKey and HashIV as bytes; made by `ecpayKeys`. */
export interface EcpayKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** What of a `Data` could not be read, in the order of the steps. */
export type DataFault = 'base64' | 'length' | 'padding' | 'utf8';

/**
 * `Data` that does not decode: wrong keys or no ciphertext. To the caller of an API all reasons are
 * one answer (TransCode 110), so that a reply tells nobody how near a forged text came.
 */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly fault: DataFault;

  constructor(fault: DataFault) {
    super(`Data does not decode: ${fault}`);
    this.fault = fault;
  }
}

/**
 * The bytes of a HashKey and a HashIV. Blanks around one that is too long are cut: keys configured
 * with a trailing blank occur (observed 2026-11). Throws a RangeError, which names no key, unless each is 16 ASCII bytes.
 */
export function ecpayKeys(hashKey: string, hashIv: string): EcpayKeys {
  return { key: keyBytes('HashKey', hashKey), iv: keyBytes('HashIV', hashIv) };
}

function keyBytes(what: string, text: string): Uint8Array {
  const trimmed = text.length > BLOCK_BYTES ? text.trim() : text;
  if (!/^[\x20-\x7e]{16}$/.test(trimmed))
    throw new RangeError(`${what} is not 16 ASCII characters`);
  return Buffer.from(trimmed, 'latin1');
}

/**
 * Encrypts JSON text for `Data`. A lone surrogate in the text becomes U+FFFD, as UTF-8 has no form for
 * it (JSON.stringify and `writeJson` escape it, so their output has none).
 */
export function encodeData(json: string, keys: EcpayKeys): string {
  return encrypt(percentEncode(Buffer.from(json, 'utf8')), keys).toString('base64');
}

/** Decrypts `Data` to its JSON text. Throws `DataError` and nothing else, whatever the text. */
export function decodeData(data: string, keys: EcpayKeys): string {
  const bytes = base64Bytes(data, keys.iv);
  if (bytes.length === BLOCK_BYTES || bytes.length % BLOCK_BYTES !== 0)
    throw new DataError('length');
  const padded = decrypt(bytes, keys);
  const length = percentDecode(padded, padded.length - paddingLength(padded));
  try {
    return UTF8.decode(padded.subarray(0, length));
  } catch {
    throw new DataError('utf8');
  }
}

/**
 * What is kept of a pair of keys: making a cipher costs more than encrypting a message. In CBC a block is
 * chained to the one before it, the first one to the initial vector (NIST SP 800-38A, section 6.2); so a
 * text reads as if it came first where the block before it is the vector, or is made to look like it.
 */
interface KeptCiphers {
  readonly cipher: Cipheriv;
  readonly decipher: Decipheriv;
  /** The last block that `cipher` put out; the initial vector before the first. */
  readonly last: Buffer;
}

const ciphersByKeys = new WeakMap<EcpayKeys, KeptCiphers>();

function ciphersOf(keys: EcpayKeys): KeptCiphers {
  const kept = ciphersByKeys.get(keys);
  if (kept !== undefined) return kept;
  // Padding is added and checked here, so that one update yields a whole text.
  const made: KeptCiphers = {
    cipher: createCipheriv(ALGORITHM, keys.key, keys.iv).setAutoPadding(false),
    decipher: createDecipheriv(ALGORITHM, keys.key, keys.iv).setAutoPadding(false),
    last: Buffer.from(keys.iv),
  };
  ciphersByKeys.set(keys, made);
  return made;
}

/** Encrypts whole blocks; the first is changed in place, so that the vector takes the last one's part. */
function encrypt(blocks: Buffer, keys: EcpayKeys): Buffer {
  const { cipher, last } = ciphersOf(keys);
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    blocks[at] = (blocks[at] ?? 0) ^ (last[at] ?? 0) ^ (keys.iv[at] ?? 0);
  }
  const encrypted = updated(cipher, blocks, keys);
  encrypted.copy(last, 0, encrypted.length - BLOCK_BYTES);
  return encrypted;
}

/** Decrypts whole blocks that stand behind the vector. */
function decrypt(blocks: Buffer, keys: EcpayKeys): Buffer {
  return updated(ciphersOf(keys).decipher, blocks, keys).subarray(BLOCK_BYTES);
}

function updated(cipher: Cipheriv | Decipheriv, blocks: Buffer, keys: EcpayKeys): Buffer {
  try {
    return cipher.update(blocks);
  } catch (error) {
    // Out of memory, say: nobody knows what it has taken, and the next text needs a fresh one.
    ciphersByKeys.delete(keys);
    throw error;
  }
}

/** URL-encodes text in the .NET style (ECPay doc 38406); also what CheckMacValue is made over. */
export function urlEncode(text: string): string {
  const encoded = percentEncode(Buffer.from(text, 'utf8'));
  return encoded.toString('latin1', 0, encoded.length - (encoded.at(-1) ?? 0));
}

/** Strict, so that a wrong key is noticed; a byte order mark is dropped. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/** Bytes that stand for themselves (and the blank's `+`); 0 for those that become `%hh`. */
const PLAIN = new Uint8Array(256);
for (const unreserved of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!*()') {
  PLAIN[unreserved.charCodeAt(0)] = unreserved.charCodeAt(0);
}
PLAIN[SPACE] = PLUS;

/** Lower-case hex digit of a value 0 to 15. */
const HEX_DIGIT = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** Value of a hex digit of either case; 255 for any other byte. */
const HEX_VALUE = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  HEX_VALUE[digit.charCodeAt(0)] = value;
  HEX_VALUE[digit.toUpperCase().charCodeAt(0)] = value;
}

/**
 * The encoded bytes with their PKCS #7 padding; the last byte says how long that is. Tables over bytes
 * instead of encodeURIComponent and a replacement: 5 times faster on a small message, 30 times on the
 * largest, where a string of three characters a byte would be built.
 */
function percentEncode(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(bytes.length * 3 + BLOCK_BYTES);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const plain = PLAIN[byte] ?? 0;
    if (plain !== 0) {
      out[length] = plain;
      length += 1;
    } else {
      out[length] = PERCENT;
      out[length + 1] = HEX_DIGIT[byte >> 4] ?? 0;
      out[length + 2] = HEX_DIGIT[byte & 15] ?? 0;
      length += 3;
    }
  }
  const padding = BLOCK_BYTES - (length % BLOCK_BYTES);
  out.fill(padding, length, length + padding);
  return out.subarray(0, length + padding);
}

/**
 * Decodes in place and returns the new length: `+` is a blank, `%hh` of either case a byte, and every
 * other byte stays as it is, a `%` without two hex digits too (as .NET's UrlDecode does).
 */
function percentDecode(bytes: Uint8Array, end: number): number {
  let length = 0;
  for (let at = 0; at < end; at += 1) {
    let byte = bytes[at] ?? 0;
    if (byte === PLUS) {
      byte = SPACE;
    } else if (byte === PERCENT && at + 2 < end) {
      const high = HEX_VALUE[bytes[at + 1] ?? 0] ?? 255;
      const low = HEX_VALUE[bytes[at + 2] ?? 0] ?? 255;
      if (high < 16 && low < 16) {
        byte = (high << 4) | low;
        at += 2;
      }
    }
    bytes[length] = byte;
    length += 1;
  }
  return length;
}

function paddingLength(bytes: Uint8Array): number {
  const padding = bytes[bytes.length - 1] ?? 0;
  if (padding < 1 || padding > BLOCK_BYTES) throw new DataError('padding');
  for (let at = bytes.length - padding; at < bytes.length; at += 1) {
    if (bytes[at] !== padding) throw new DataError('padding');
  }
  return padding;
}

/**
 * Base64 to bytes, behind those of `before`. Node's decoder skips what it does not know, so the length
 * tells whether it skipped anything. Line breaks are allowed: MIME-style encoders insert them.
 */
function base64Bytes(text: string, before: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(before.length + Math.ceil(text.length / 4) * 3);
  bytes.set(before);
  const length = bytes.write(text, before.length, 'base64');
  if (length !== base64Length(text)) {
    const compact = text.replace(/[ \t\r\n]+/g, '');
    if (length !== base64Length(compact)) throw new DataError('base64');
  }
  return bytes.subarray(0, before.length + length);
}

/** Bytes that a correct Base64 text of this length holds; -1 where no text of that length is one. */
function base64Length(text: string): number {
  if (text.length % 4 !== 0) return -1;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}
