/**
 * ECPay's envelope as other people's clients write and read it, made here from the description alone and
 * sharing no code with Kaili: what passes between this and the server is what a client that only
 * changes its base URL would see. (ECPay e-invoice API, data encryption page, doc 7958.)
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Agent, request } from 'node:http';

export interface Merchant {
  readonly id: string;
  readonly hashKey: string;
  readonly hashIv: string;
}

/** The sandbox's merchants; the first has the public keys of ECPay's stage. */
export const MERCHANT_A: Merchant = {
  id: '2000132',
  hashKey: 'ejCk326UnaZWKisg',
  hashIv: 'q9jcZX8Ib9LM8wYk',
};
export const MERCHANT_B: Merchant = {
  id: '2000933',
  hashKey: 'kailiSandboxKeyB',
  hashIv: 'kailiSandboxIv_B',
};

/** How a family of clients URL-encodes a text before it is encrypted. */
export type Style = (text: string) => string;

function encodeUtf8(text: string, raw: RegExp, space: string, isUpper: boolean): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (byte === 0x20) return space;
    if (byte < 0x80 && raw.test(character)) return character;
    const hex = byte.toString(16).padStart(2, '0');
    return `%${isUpper ? hex.toUpperCase() : hex}`;
  }).join('');
}

function asciiJson(text: string): string {
  return text.replace(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The client families that public code shows (official SDKs and others). */
export const STYLES = {
  php: (text) => encodeUtf8(asciiJson(text).replaceAll('/', '\\/'), /[A-Za-z0-9\-_.]/, '+', true),
  dotnet: (text) => encodeUtf8(text, /[A-Za-z0-9\-_.!*()]/, '+', false),
  javascript: (text) => encodeURIComponent(text),
  python: (text) => encodeUtf8(asciiJson(text), /[A-Za-z0-9\-_.~/]/, '%20', true),
  java: (text) => encodeUtf8(text, /[A-Za-z0-9\-_.*]/, '+', true),
} as const satisfies Readonly<Record<string, Style>>;

/** AES-128-CBC with PKCS#7, in Base64. */
export function encrypt(encoded: string, merchant: Merchant): string {
  const cipher = createCipheriv('aes-128-cbc', merchant.hashKey, merchant.hashIv);
  return cipher.update(encoded, 'utf8', 'base64') + cipher.final('base64');
}

/** The URL-encoded text inside a ciphertext. */
export function decrypt(data: string, merchant: Merchant): string {
  const decipher = createDecipheriv('aes-128-cbc', merchant.hashKey, merchant.hashIv);
  return decipher.update(data, 'base64', 'utf8') + decipher.final('utf8');
}

export interface EnvelopeParts {
  readonly merchant: Merchant;
  /** Already encrypted, or whatever a test wants to stand there. */
  readonly data: unknown;
  readonly timestamp?: unknown;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** The envelope's JSON. The time is the machine's unless a test says another. */
export function envelope({ merchant, data, timestamp, header }: EnvelopeParts): string {
  return JSON.stringify({
    MerchantID: merchant.id,
    RqHeader: { Timestamp: timestamp ?? Math.floor(Date.now() / 1000), ...header },
    Data: data,
  });
}

export interface RawReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** Sends bytes and reads bytes, over connections that are kept. */
export function post(
  url: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): Promise<RawReply> {
  const { promise, resolve, reject } = Promise.withResolvers<RawReply>();
  const outgoing = request(url, { method: 'POST', agent, headers }, (incoming) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', reject);
    incoming.on('end', () =>
      resolve({
        status: incoming.statusCode ?? 0,
        contentType: incoming.headers['content-type'] ?? '',
        body: Buffer.concat(chunks).toString('utf8'),
      }),
    );
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

/** Parsed JSON of an object, as a test reads it. */
export type Members = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly envelope: Members;
  /** Decrypted and parsed; null where the envelope was refused. */
  readonly data: Members | null;
}

export interface CallOptions {
  readonly merchant?: Merchant;
  readonly style?: Style;
  readonly timestamp?: unknown;
}

/** One whole call: encrypts, posts, decrypts. */
export async function call(
  baseUrl: string,
  action: string,
  data: Members | string,
  options: CallOptions = {},
): Promise<Answer> {
  const merchant = options.merchant ?? MERCHANT_A;
  const style = options.style ?? STYLES.php;
  const text =
    typeof data === 'string' ? data : JSON.stringify({ MerchantID: merchant.id, ...data });
  const body = envelope({
    merchant,
    data: encrypt(style(text), merchant),
    timestamp: options.timestamp,
  });
  return openReply(await post(`${baseUrl}/B2CInvoice/${action}`, body), merchant);
}

/** Reads a reply: `Data` is ciphertext, a plain object (GetIssueList) or null. */
export function openReply(reply: RawReply, merchant: Merchant): Answer {
  const outer: Members = JSON.parse(reply.body);
  const { Data: inner } = outer;
  const isCipher = typeof inner === 'string';
  const data = isCipher
    ? JSON.parse(decodeURIComponent(decrypt(inner, merchant).replaceAll('+', ' ')))
    : (inner ?? null);
  return { status: reply.status, envelope: outer, data };
}
