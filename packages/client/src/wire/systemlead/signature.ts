/**
 * SystemLead e首發票: the signature. It covers time stamp and salt only, neither path nor payload: it tells
 * who asks, and TLS has to protect the rest.
 */
import { createHash } from 'node:crypto';

/** Hexadecimal digits of a SHA-256. */
export const SIGNATURE_LENGTH = 64;

/** F1: SHA-256 of time stamp and salt, in capitals (GitBook, Signature; its vector and a client agree). */
export function signatureF1(timestamp: string, salt: string): string {
  return digest(timestamp + salt);
}

/**
 * F2: SHA-256 of GUI, salt and time stamp. The literal order of words in the OpenAPI description of 2025-03;
 * no vector or client is known.
 */
export function signatureF2(companyId: string, timestamp: string, salt: string): string {
  return digest(companyId + salt + timestamp);
}

function digest(text: string): string {
  // ASCII by the document; for ASCII salts UTF-8 is the same.
  return createHash('sha256').update(text, 'utf8').digest('hex').toUpperCase();
}
