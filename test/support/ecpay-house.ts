/**
 * The ECPay dialect over a real ledger and a real store, without HTTP: routes are called with
 * raw bytes and answer raw bytes, as the server would pass them. Clock and randomness are simulated, so
 * that every run is the same.
 */
import assert from 'node:assert/strict';
import type { AddressLimit, Route, WireReply, WireRequest } from '../../src/dialects/dialect.ts';
import { ecpay } from '../../src/dialects/ecpay/index.ts';
import { parseTrack } from '../../src/domain/invoice-number.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import type { Seller } from '../../src/domain/seller.ts';
import { createLedger, type LedgerHandle } from '../../src/ledger/create.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Account, Accounts, Store } from '../../src/ledger/ports.ts';
import type { Registry } from '../../src/ledger/registry-ports.ts';
import type { SegmentCategory } from '../../src/ledger/rows.ts';
import { sandboxRegistry } from '../../src/mof/registry/sandbox-registry.ts';
import { createAddressLimit, DOWNLOADS } from '../../src/server/address-limit.ts';
import { accepted, SELLER_A, SELLER_B } from './demo.ts';
import { testDocuments } from './documents.ts';
import {
  decrypt,
  encrypt,
  envelope,
  MERCHANT_A,
  MERCHANT_B,
  type Members,
  type Merchant,
  openReply,
  STYLES,
  type Style,
} from './ecpay-bytes.ts';
import { ENGINES, type OpenedStore, seededRandom, TestClock } from './engines.ts';

export const POS_MERCHANT: Merchant = {
  id: '3085340',
  hashKey: 'HwiqPsywG1hLQNuN',
  hashIv: 'YqITWD4TyKacYXpn',
};
export const PLATFORM: Merchant = {
  id: '3002607',
  hashKey: 'kailiPlatformKey',
  hashIv: 'kailiPlatform_IV',
};

export const PERIOD = present(parsePeriod('11512'));
export const TRACK = present(parseTrack('KA'));

function present<T>(value: T | undefined): T {
  assert(value !== undefined);
  return value;
}

export interface HouseReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly envelope: Members;
  /** Decrypted and parsed; null where the envelope was refused. */
  readonly data: Members;
  /** The decrypted `Data` to the letter; the plain object's JSON where it is none. */
  readonly dataText: string;
  /** The URL-encoded text inside the ciphertext; '' for a plain or refused reply. */
  readonly encoded: string;
  /** What the handler told the request log. */
  readonly notes: Members;
}

export interface HouseOptions {
  readonly merchant?: Merchant;
  /** Encrypts, and names itself, instead of the merchant. */
  readonly platform?: Merchant;
  readonly style?: Style;
  /** Stands where the ciphertext should. */
  readonly sealed?: string;
  readonly header?: Members;
  readonly timestamp?: unknown;
  readonly ip?: string;
}

export interface EcpayHouse {
  readonly clock: TestClock;
  readonly store: Store;
  readonly ledger: LedgerHandle;
  readonly accounts: Accounts;
  /** One whole call of an action by a client that shares no code with Kaili; `B2B/…` for the B2B API. */
  call(action: string, data: Members | string, options?: HouseOptions): Promise<HouseReply>;
  /** The bytes of a body to an action, whatever they are. */
  send(
    action: string,
    body: string | Uint8Array,
    ip?: string,
  ): Promise<WireReply & { notes: Members }>;
  /** The Ministry confirms everything that is filed, and what that lets go, until nothing is open. */
  confirmAll(): Promise<void>;
  /** A whole request body around `Data`. */
  body(data: Members | string, options?: HouseOptions): string;
  close(): Promise<void>;
}

function account(merchant: Merchant, kind: Account['kind'], seller: Seller | null): Account {
  return {
    id: `ecpay:${merchant.id}`,
    dialect: 'ecpay',
    localId: merchant.id,
    kind,
    seller,
    secrets: { hashKey: merchant.hashKey, hashIv: merchant.hashIv },
    boundAccounts: kind === 'platform' ? [MERCHANT_A.id] : [],
  };
}

export interface HouseParts {
  readonly sellerA?: Partial<Seller>;
  /** Center-allotted segments cut from the book `KA10000000…`; by default one of 1,000 numbers. */
  readonly segments?: readonly { code: string; category: SegmentCategory; count: number }[];
  /** What the dialect gets instead of the ledger, made over it. */
  readonly ledger?: (ledger: LedgerHandle) => Ledger;
  readonly registry?: Registry;
  /** False: the sellers have no QR key. */
  readonly hasQrKey?: boolean;
  /** Who may download; as the server has it where not given. */
  readonly downloadLimit?: AddressLimit;
  /** An empty store to live in, which stays open; otherwise a SQLite file of its own. */
  readonly opened?: OpenedStore;
}

export async function openEcpayHouse(parts: HouseParts = {}): Promise<EcpayHouse> {
  const opened = parts.opened ?? (await ENGINES.sqlite());
  const { store } = opened;
  const clock = new TestClock('2026-11-21 10:20:30');
  const sellerA: Seller = { ...SELLER_A, ...parts.sellerA };
  await store.directory.saveSellers([sellerA, SELLER_B]);
  const ledger = createLedger({ store, clock, random: seededRandom(20261121) });
  await importBooks(ledger, parts.segments ?? [{ code: '', category: 'b2c', count: 1000 }]);
  const accounts = accountsOf(sellerA);
  const context = {
    ledger: parts.ledger?.(ledger) ?? ledger,
    accounts,
    clock,
    clientClocks: [clock],
    downloadLimit: parts.downloadLimit ?? createAddressLimit(DOWNLOADS, clock),
    registry: parts.registry ?? sandboxRegistry,
    documents: testDocuments({ ledger, accounts, clock }, parts.hasQrKey),
    publicUrl: 'http://127.0.0.1:8787',
  };
  const send = senderTo(new Map(ecpay.routes(context).map((route) => [route.path, route])));
  const body: EcpayHouse['body'] = (data, options = {}) =>
    bodyOf(data, options, Math.floor(clock.now() / 1000));
  return {
    clock,
    store,
    ledger,
    accounts,
    send,
    body,
    call: async (action, data, options = {}) =>
      openedReply(await send(action, body(data, options), options.ip), options),
    confirmAll: () => confirmAll(ledger),
    async close() {
      await ledger.drain();
      if (parts.opened === undefined) await opened.remove();
    },
  };
}

async function confirmAll(ledger: LedgerHandle): Promise<void> {
  for (;;) {
    const { items } = await ledger.reads.listFilings({ states: ['ready'] }, 0, 100);
    if (items.length === 0) return;
    for (const to of ['handed', 'sent', 'confirmed'] as const) {
      const base = { account: 'system', ip: '', code: '', text: '' } as const;
      const file = to === 'handed' ? { fileName: 'case.xml', isWritten: true } : {};
      const steps = items.map(({ seller, sequence }) => ({
        ...base,
        ...file,
        seller,
        sequence,
        to,
      }));
      for (const outcome of await ledger.recordResult(steps)) accepted(outcome);
    }
  }
}

/** The path of an action: B2C, or B2B where it says so. */
export function pathOf(action: string): string {
  return action.startsWith('B2B/')
    ? `/B2BInvoice/${action.slice('B2B/'.length)}`
    : `/B2CInvoice/${action}`;
}

function senderTo(routes: ReadonlyMap<string, Route>): EcpayHouse['send'] {
  return async (action, body, ip = '203.0.113.6') => {
    const route = routes.get(pathOf(action));
    assert(route !== undefined, `no route for ${action}`);
    const notes: Record<string, unknown> = {};
    const request: WireRequest = {
      method: 'POST',
      path: route.path,
      query: '',
      headers: {},
      body: typeof body === 'string' ? Buffer.from(body) : body,
      ip,
      requestId: '11111111-2222-4333-8444-555555555555',
      note: (facts) => void Object.assign(notes, facts),
    };
    return { ...(await route.handle(request)), notes };
  };
}

/** A whole request body, encrypted by the merchant, or by the platform that calls for it. */
function bodyOf(data: Members | string, options: HouseOptions, now: number): string {
  const merchant = options.merchant ?? MERCHANT_A;
  const keys = options.platform ?? merchant;
  const text =
    typeof data === 'string' ? data : JSON.stringify({ MerchantID: merchant.id, ...data });
  const outer = envelope({
    merchant,
    data: options.sealed ?? encrypt((options.style ?? STYLES.php)(text), keys),
    timestamp: options.timestamp ?? now,
    ...(options.header === undefined ? {} : { header: options.header }),
  });
  if (options.platform === undefined) return outer;
  return JSON.stringify({ PlatformID: options.platform.id, ...JSON.parse(outer) });
}

function openedReply(raw: WireReply & { notes: Members }, options: HouseOptions): HouseReply {
  const keys = options.platform ?? options.merchant ?? MERCHANT_A;
  const reply = { status: raw.status, contentType: raw.contentType, body: String(raw.body) };
  const answer = openReply(reply, keys);
  const { Data: inner } = answer.envelope;
  const encoded = typeof inner === 'string' ? decrypt(inner, keys) : '';
  const dataText =
    encoded === '' ? JSON.stringify(inner) : decodeURIComponent(encoded.replaceAll('+', ' '));
  return { ...reply, ...answer, data: answer.data ?? {}, dataText, encoded, notes: raw.notes };
}

function accountsOf(sellerA: Seller): Accounts {
  const accounts = [
    account(MERCHANT_A, 'merchant', sellerA),
    account(MERCHANT_B, 'merchant', SELLER_B),
    account(POS_MERCHANT, 'pos', sellerA),
    account(PLATFORM, 'platform', null),
  ];
  const sellers = [sellerA, SELLER_B];
  return {
    find: (dialect, localId) =>
      accounts.find((one) => one.dialect === dialect && one.localId === localId),
    seller: (ubn) => sellers.find((seller) => seller.ubn === ubn),
    sellers: () => sellers,
  };
}

const FIRST = 10_000_000;

async function importBooks(
  ledger: LedgerHandle,
  cuts: readonly { code: string; category: SegmentCategory; count: number }[],
): Promise<void> {
  let next = FIRST;
  const segments = cuts.map(({ code, category, count }) => {
    const first = next;
    next += count;
    return { first, last: next - 1, code, category, allotter: 'center' as const };
  });
  const base = {
    seller: SELLER_A.ubn,
    account: 'system',
    ip: '',
    period: PERIOD,
    source: 'manual',
  } as const;
  const book07 = {
    ...base,
    track: TRACK,
    first: FIRST,
    last: roundUp(next) - 1,
    invoiceType: '07',
    segments,
  } as const;
  const special = {
    ...base,
    track: present(parseTrack('KS')),
    first: FIRST,
    last: FIRST + 49,
    invoiceType: '08',
    segments: [],
  } as const;
  const later = {
    ...base,
    period: present(parsePeriod('11602')),
    track: present(parseTrack('LA')),
    first: FIRST,
    last: FIRST + 49,
    invoiceType: '07',
    segments: [],
  } as const;
  for (const outcome of await ledger.importBook([book07, special, later])) accepted(outcome);
}

/** Books come in fifties. */
function roundUp(position: number): number {
  return Math.ceil(position / 50) * 50;
}
