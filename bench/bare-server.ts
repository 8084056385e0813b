/**
 * The yardstick: a Fastify handler that opens the envelope, parses the order and seals a reply of the
 * size that Issue answers with, and does nothing else. What is left of its pace is what a center of any
 * make could have on this machine. Prints the port that it listens on.
 */
import { createCipheriv, createDecipheriv, randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { MERCHANT_A } from '../test/support/ecpay-bytes.ts';

interface Envelope {
  readonly MerchantID: string;
  readonly RqHeader: { readonly Timestamp: number; readonly Revision?: string };
  readonly Data: string;
}

const REPLY = {
  RtnCode: 1,
  RtnMsg: '開立發票成功',
  InvoiceNo: 'AB12345678',
  InvoiceDate: '2026-11-21 10:00:00',
  RandomNumber: '0417',
};

function open(data: string): unknown {
  const decipher = createDecipheriv('aes-128-cbc', MERCHANT_A.hashKey, MERCHANT_A.hashIv);
  const text = decipher.update(data, 'base64', 'utf8') + decipher.final('utf8');
  return JSON.parse(decodeURIComponent(text.replaceAll('+', ' ')));
}

/** URL-encoded as ECPay's server does it, then encrypted. */
function seal(value: unknown): string {
  const text = encodeURIComponent(JSON.stringify(value))
    .replaceAll('%20', '+')
    .replaceAll("'", '%27')
    .replaceAll('~', '%7e')
    .replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
  const cipher = createCipheriv('aes-128-cbc', MERCHANT_A.hashKey, MERCHANT_A.hashIv);
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}

const http = fastify({ logger: false });
http.post<{ Body: Envelope }>('/B2CInvoice/Issue', async ({ body }) => {
  const order = open(body.Data);
  if (typeof order !== 'object' || order === null) throw new Error('no order');
  return {
    PlatformID: 0,
    MerchantID: Number(body.MerchantID),
    RpHeader: {
      Timestamp: Math.floor(Date.now() / 1000),
      RqID: randomUUID(),
      Revision: body.RqHeader.Revision ?? null,
    },
    TransCode: 1,
    TransMsg: 'Success',
    Data: seal(REPLY),
  };
});
console.log(await http.listen({ host: '127.0.0.1', port: 0 }));
