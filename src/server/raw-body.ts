/**
 * Reads a request's body as bytes whatever its Content-Type: provider clients send JSON under any or
 * no type (ECPay, section Hosts and HTTP). Over the limit the rest is read and thrown away, so that the
 * client gets to read the 413 instead of a broken connection, but only so much of it.
 */
import type { Readable } from 'node:stream';

/** 999 items with full names and remarks make 9.9 MiB once URL-encoded, encrypted and in Base64. */
export const BODY_BYTES_MAX = 10 * 1024 * 1024;
/** Beyond this the connection is cut: nobody's invoice is that large by mistake. */
const DISCARDED_BYTES_MAX = 32 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly statusCode = 413;
}

export class BodyAborted extends Error {
  override readonly name = 'BodyAborted';
  readonly statusCode = 400;
}

/** Resolves with the whole body. Rejects with `BodyTooLarge` or `BodyAborted`. */
export function readRawBody(source: Readable, bytesMax = BODY_BYTES_MAX): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    source.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      if (bytes > bytesMax + DISCARDED_BYTES_MAX) {
        source.removeAllListeners('data');
        source.pause();
        reject(new BodyTooLarge('the body is over the limit'));
      }
    });
    source.on('end', () => {
      if (bytes > bytesMax) reject(new BodyTooLarge('the body is over the limit'));
      else
        resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    source.on('error', (cause) => reject(new BodyAborted('the body broke off', { cause })));
    source.on('aborted', () => reject(new BodyAborted('the body broke off')));
  });
}
