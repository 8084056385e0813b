/**
 * `/i/consent/…`: where a buyer agrees to an online allowance. Whoever holds the link is the buyer: it has
 * 128 random bits. Looking (GET) never agrees, since mail programs look at links by themselves; agreeing
 * (POST) needs a key that only the page itself shows, and no other site can send it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Accounts, Clock } from '../ledger/ports.ts';
import type { ConsentRow } from '../ledger/rows.ts';
import { consentPage, unknownConsentPage } from '../notify/consent-page.ts';
import { clientAddress } from './peer.ts';
import { readRawBody } from './raw-body.ts';

export const CONSENT_PATH = '/i/consent';
const TOKEN_SHAPE = /^[0-9a-f]{32}$/;
/** The form has one field of this many characters. */
const FORM_KEY_CHARACTERS = 32;
/** Larger than the form. */
const FORM_BYTES_MAX = 1_024;

export interface ConsentParts {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly clock: Clock;
}

/** Headers of every page here: nothing keeps it, frames it or tells other sites its address. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

/** What the page's form sends back: made from the token, so that only who has the link can know it. */
export function formKeyOf(token: string): string {
  return createHash('sha256')
    .update(`consent form ${token}`)
    .digest('hex')
    .slice(0, FORM_KEY_CHARACTERS);
}

export function addConsentRoutes(http: FastifyInstance, parts: ConsentParts): void {
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) =>
      readRawBody(payload, FORM_BYTES_MAX),
    );
    // Mail programs and link checkers ask for the head alone.
    scope.get(`${CONSENT_PATH}/:token`, { exposeHeadRoute: true }, async (request, reply) => {
      const consent = await consentOf(parts, request);
      return show(parts, consent, reply);
    });
    scope.post(`${CONSENT_PATH}/:token`, async (request, reply) => {
      const consent = await consentOf(parts, request);
      if (consent === null) return show(parts, null, reply);
      if (!isOwnForm(request, consent.token)) return show(parts, consent, reply, 403);
      await agree(parts, consent, request);
      return show(parts, await parts.ledger.reads.findConsentOfToken(consent.token), reply);
    });
  });
}

async function consentOf(
  { ledger }: ConsentParts,
  request: FastifyRequest,
): Promise<ConsentRow | null> {
  const { token } = request.params as { token: string }; // the route's own parameter
  return TOKEN_SHAPE.test(token) ? ledger.reads.findConsentOfToken(token) : null;
}

/** Whether the page's own form sent this: its key, and no word of another site. */
function isOwnForm(request: FastifyRequest, token: string): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site === 'cross-site' || site === 'same-site') return false;
  // `null` is what a browser sends for a page that hides its address, as this one does.
  const isSame = origin === undefined || origin === 'null' || hostOf(origin) === request.host;
  if (!isSame) return false;
  const body = request.body instanceof Uint8Array ? Buffer.from(request.body).toString() : '';
  const given = Buffer.from(new URLSearchParams(body).get('key') ?? '');
  const expected = Buffer.from(formKeyOf(token));
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : '';
}

/** A second click, or one too late, changes nothing: the page shows how it stands. */
async function agree(
  { ledger }: ConsentParts,
  consent: ConsentRow,
  request: FastifyRequest,
): Promise<void> {
  await ledger.consentAllowance([
    {
      seller: consent.seller,
      account: 'buyer',
      ip: clientAddress(request.ip),
      allowanceNumber: consent.number,
    },
  ]);
}

async function show(
  { ledger, accounts, clock }: ConsentParts,
  consent: ConsentRow | null,
  reply: FastifyReply,
  status?: number,
): Promise<FastifyReply> {
  const seller = consent === null ? undefined : accounts.seller(consent.seller);
  const [allowance] =
    consent === null
      ? []
      : await ledger.reads.findAllowances({
          by: 'allowance',
          seller: consent.seller,
          number: consent.number,
        });
  if (consent === null || seller === undefined || allowance === undefined) {
    return reply.code(404).headers(HEADERS).send(unknownConsentPage());
  }
  const isOpen = consent.state === 'waiting' && taipeiDateTime(clock.now()) <= consent.expiresAt;
  const { content } = allowance;
  const page = consentPage({
    seller,
    content,
    consent,
    formKey: formKeyOf(consent.token),
    isOpen,
  });
  const isOver = !isOpen && consent.state !== 'given';
  return reply
    .code(status ?? (isOver ? 410 : 200))
    .headers(HEADERS)
    .send(page);
}
