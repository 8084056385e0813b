/**
 * The e首發票 dialect over a real ledger with its outbox and the simulated Ministry, without HTTP: routes get
 * raw bytes and answer raw bytes. Requests are signed here by code that shares nothing with Kaili. Clock and
 * randomness are simulated; nothing ticks by itself.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { DialectSettings, Route, WireRequest } from '../../src/dialects/dialect.ts';
import { systemlead } from '../../src/dialects/systemlead/index.ts';
import { parseTrack } from '../../src/domain/invoice-number.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import type { Seller } from '../../src/domain/seller.ts';
import type { Accounts } from '../../src/ledger/ports.ts';
import { sandboxRegistry } from '../../src/mof/registry/sandbox-registry.ts';
import { accepted, SELLER_A, SELLER_B } from './demo.ts';
import { testDocuments } from './documents.ts';
import type { OpenedStore } from './engines.ts';
import { MofHouse } from './mof-house.ts';

export type Members = Readonly<Record<string, unknown>>;

export interface Party {
  readonly companyId: string;
  readonly salt: string;
}
export const A: Party = { companyId: '12345675', salt: '0123456789ABCDEF0123456789ABCDEF' };
export const B: Party = { companyId: '22222229', salt: 'FEDCBA9876543210FEDCBA9876543210' };

/** First numbers of seller A's segments in the track `SL` of November and December 2026. */
export const U1_FIRST = 20_000_000;
export const U2_FIRST = 20_005_000;
export const MERCHANT_FIRST = 20_010_000;
export const MERCHANT_LAST = 20_014_999;

/** A number of the segment whose numbers the client takes. */
export function merchantNumber(index: number): string {
  return `SL${MERCHANT_FIRST + index}`;
}

export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** The body, parsed. */
  readonly body: unknown;
  readonly notes: Members;
}

export interface SignOptions {
  readonly party?: Party;
  readonly timestamp?: number | string;
  readonly signature?: string;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'ascii').digest('hex').toUpperCase();
}

export class SystemleadHouse {
  readonly mof: MofHouse;
  readonly #routes: ReadonlyMap<string, Route>;

  private constructor(mof: MofHouse, routes: ReadonlyMap<string, Route>) {
    this.mof = mof;
    this.#routes = routes;
  }

  static async open(
    open: () => Promise<OpenedStore>,
    settings: Members = { holdHoursB: 0, holdHoursC: 0 },
    sellerA: Partial<Seller> = {},
  ): Promise<SystemleadHouse> {
    const mof = await MofHouse.open(open);
    mof.sellers[0] = { ...SELLER_A, ...sellerA };
    await mof.opened.store.directory.saveSellers(mof.sellers);
    await importBooks(mof);
    const dialectSettings: DialectSettings = { systemlead: settings };
    const parts = {
      ledger: mof.ledger,
      accounts: accountsOf(mof.sellers),
      clock: mof.clock,
    };
    const routes = systemlead.routes({
      ...parts,
      clientClocks: [mof.clock],
      documents: testDocuments(parts),
      registry: sandboxRegistry,
      publicUrl: 'http://127.0.0.1:8787',
      settings: dialectSettings,
    });
    return new SystemleadHouse(mof, new Map(routes.map((route) => [route.path, route])));
  }

  get clock() {
    return this.mof.clock;
  }

  /** Seconds of the house's clock. */
  now(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** An envelope around `Data`, signed by formula F1. */
  envelope(data: unknown, options: SignOptions = {}): Members {
    const { companyId, salt } = options.party ?? A;
    const timestamp = String(options.timestamp ?? this.now());
    const signature = options.signature ?? sha256(timestamp + salt);
    return { CompanyID: companyId, Timestamp: timestamp, Signature: signature, Data: data };
  }

  /** Sends a body, whatever it is. */
  async send(path: string, body: string | Uint8Array): Promise<Reply> {
    const route = this.#routes.get(`/terpapi${path}`);
    assert(route !== undefined, `no route for ${path}`);
    const notes: Record<string, unknown> = {};
    const request: WireRequest = {
      method: 'POST',
      path: route.path,
      query: '',
      headers: {},
      body: typeof body === 'string' ? Buffer.from(body) : body,
      ip: '203.0.113.6',
      requestId: 'r-1',
      note: (facts) => void Object.assign(notes, facts),
    };
    const { status, contentType, body: reply } = await route.handle(request);
    const text = String(reply);
    return { status, contentType, text, body: JSON.parse(text), notes };
  }

  /** Shape S: one envelope. Answers the one result. */
  async single(path: string, data: Members, options: SignOptions = {}): Promise<Members> {
    const { body } = await this.send(path, JSON.stringify(this.envelope(data, options)));
    const [only] = Array.isArray(body) ? body : [body];
    assert(typeof only === 'object' && only !== null);
    return only;
  }

  /** Shape A: an array of envelopes with one time stamp. Answers the results. */
  async batch(
    path: string,
    all: readonly Members[],
    options: SignOptions = {},
  ): Promise<readonly Members[]> {
    const body = all.map((data) => this.envelope(data, options));
    const { status, body: results } = await this.send(path, JSON.stringify(body));
    assert.equal(status, 200);
    assert(Array.isArray(results));
    return results;
  }

  /** Time passes, so that the next request bears another time stamp. */
  later(seconds = 1): void {
    this.clock.advanceMs(seconds * 1000);
  }

  async close(): Promise<void> {
    await this.mof.close();
  }
}

function accountsOf(sellers: readonly Seller[]): Accounts {
  return {
    find(dialect, localId) {
      const party = [A, B].find(({ companyId }) => companyId === localId);
      const seller = sellers.find(({ ubn }) => ubn === localId);
      if (dialect !== 'systemlead' || party === undefined || seller === undefined) return undefined;
      return {
        id: `systemlead:${localId}`,
        dialect,
        localId,
        kind: 'merchant',
        seller,
        secrets: { salt: party.salt },
        boundAccounts: [],
      };
    },
    seller: (ubn) => sellers.find((seller) => seller.ubn === ubn),
    sellers: () => sellers,
  };
}

async function importBooks({ ledger }: MofHouse): Promise<void> {
  const [period, track] = [parsePeriod('11512'), parseTrack('SL')];
  assert(period !== undefined && track !== undefined);
  const cut = (first: number, code: string, allotter: 'center' | 'merchant') =>
    ({ first, last: first + 4_999, code, category: 'systemlead', allotter }) as const;
  const base = { account: 'system', ip: '', period, track, invoiceType: '07' } as const;
  const book = { ...base, first: U1_FIRST, last: MERCHANT_LAST, source: 'manual' } as const;
  const segments = [
    cut(U1_FIRST, 'U1', 'center'),
    cut(U2_FIRST, 'U2', 'center'),
    cut(MERCHANT_FIRST, '', 'merchant'),
  ];
  for (const { ubn: seller } of [SELLER_A, SELLER_B]) {
    accepted((await ledger.importBook([{ ...book, seller, segments }]))[0]);
  }
}
