/** Rows for the claims: plausible, complete, and each different from its neighbours. */
import { parseInvoiceNumber, parseTrack } from '../../domain/invoice-number.ts';
import { type Period, parsePeriod } from '../../domain/period.ts';
import type { Seller } from '../../domain/seller.ts';
import type { TaipeiDate, TaipeiDateTime } from '../../domain/taipei.ts';
import { twd } from '../../domain/twd.ts';
import { parseUbn, type Ubn } from '../../domain/ubn.ts';
import type { StoreTransaction } from '../../ledger/ports.ts';
import type {
  AllowanceRow,
  BlankRow,
  BookRow,
  ConsentRow,
  EntryRow,
  FilingRow,
  InvoiceKey,
  InvoiceRow,
  NoticeRow,
  PendingIssueRow,
  ReferenceRow,
  SegmentRow,
  VersionRow,
} from '../../ledger/rows.ts';

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a constant of the claims is malformed');
  return value;
}

export const PERIOD: Period = known(parsePeriod('11512'));
export const PERIOD_TWO_YEARS_ON: Period = known(parsePeriod('11712'));
export const TRACK = known(parseTrack('AB'));

/** The nth tax ID whose check digit holds. */
export function sellerAt(index: number): Ubn {
  let found = -1;
  for (let candidate = 10_000_000; candidate <= 99_999_999; candidate += 1) {
    const parsed = parseUbn(String(candidate));
    if (parsed === 'shape' || parsed === 'check-digit') continue;
    found += 1;
    if (found === index) return parsed;
  }
  throw new Error('there are not so many tax IDs');
}

export function sellerSettings(ubn: Ubn): Seller {
  return {
    ubn,
    name: '開立測試商店',
    address: '臺北市中正區重慶南路一段122號',
    personInCharge: '王小明',
    phone: '0223456789',
    fax: '',
    email: 'shop@example.tw',
    zeroTaxRateReasonDefault: '71',
    memberCarrierCode: 'EJ0113',
  };
}

/** A Taipei time at a second of 2026-11-21. */
export function timeAt(second: number): TaipeiDateTime {
  const part = (value: number) => String(value).padStart(2, '0');
  const clock = [second / 3600, (second / 60) % 60, second % 60].map((value) =>
    part(Math.floor(value)),
  );
  // Made of a valid day and a valid time.
  return `2026-11-21 ${clock.join(':')}` as TaipeiDateTime;
}

export function day(text: string): TaipeiDate {
  // The claims write days as days.
  return text as TaipeiDate;
}

export function amount(value: number) {
  return known(twd(value));
}

export function keyAt(seller: Ubn, position: number, period = PERIOD): InvoiceKey {
  const number = known(parseInvoiceNumber(`AB${String(position).padStart(8, '0')}`));
  return { seller, period, number };
}

export function invoiceAt(key: InvoiceKey, sequence: number): InvoiceRow {
  return {
    ...key,
    version: 1,
    state: 'issued',
    account: 'ecpay:2000132',
    channel: 'api',
    channelPartner: '',
    reference: `order-${sequence}`,
    invoiceType: '07',
    taxType: '1',
    buyerUbn: null,
    buyerName: '王小明',
    buyerPhone: '0912345678',
    isPrinted: false,
    total: amount(100 + sequence),
    issuedAt: timeAt(sequence),
    sequence,
    ip: '203.0.113.7',
    voidedAt: null,
    voidReason: '',
  };
}

export function versionOf({ seller, period, number }: InvoiceKey, version = 1): VersionRow {
  const content = JSON.stringify({ seller, period, number, version, remark: '備註 "引號" \\ 😀' });
  return { seller, period, number, version, content, hash: 'a'.repeat(64) };
}

export function referenceOf(key: InvoiceKey, text: string): ReferenceRow {
  return { ...key, account: 'ecpay:2000132', kind: 'relate', key: text, until: 'ever' };
}

export function filingOf(key: InvoiceKey, sequence: number): FilingRow {
  return {
    seller: key.seller,
    sequence,
    message: 'F0401',
    period: key.period,
    invoiceNumber: key.number,
    version: 1,
    allowanceNumber: '',
    partner: '',
    eventAt: timeAt(sequence),
    reason: '',
    remark: '',
    keyDate: day('2026-11-21'),
    state: 'ready',
    holds: [],
    releaseAt: null,
    attempts: 0,
    fileName: '',
    isWritten: false,
    createdAt: timeAt(sequence),
    dueAt: timeAt(80_000),
    handedAt: null,
    sentAt: null,
    settledAt: null,
    numbers: '',
    summarizedOn: null,
    resultCode: '',
    resultText: '',
  };
}

export function allowanceOf(key: InvoiceKey, number: string, sequence: number): AllowanceRow {
  return {
    seller: key.seller,
    number,
    state: 'live',
    account: 'ecpay:2000132',
    period: key.period,
    invoiceNumber: key.number,
    allowedAt: timeAt(sequence),
    net: amount(10),
    tax: amount(1),
    total: amount(11),
    content: JSON.stringify({ number }),
    hash: 'b'.repeat(64),
    sequence,
    ip: '',
    voidedAt: null,
    voidReason: '',
  };
}

export function entryAt(seller: Ubn, sequence: number): EntryRow {
  return {
    seller,
    sequence,
    at: timeAt(sequence),
    verb: 'issue',
    actor: 'ecpay:2000132',
    subject: `invoice/${PERIOD}/AB${String(sequence).padStart(8, '0')}/1`,
    contentHash: 'c'.repeat(64),
    previousHash: 'd'.repeat(64),
    hash: 'e'.repeat(64),
  };
}

export function bookAt(seller: Ubn, first: number): BookRow {
  return {
    seller,
    period: PERIOD,
    track: TRACK,
    first,
    last: first + 49,
    invoiceType: '07',
    source: 'sandbox',
    head: first === 50 ? sellerAt(9) : '',
    importedAt: timeAt(0),
  };
}

export function noticeAt(seller: Ubn, sequence: number): NoticeRow {
  return {
    seller,
    sequence,
    kind: 'mail',
    tag: 'issued',
    audience: 'buyer',
    recipient: 'buyer@example.com',
    subject: `invoice/${PERIOD}/AB00000001/1`,
    account: 'system',
    event: `issued ${sequence}`,
    state: 'due',
    attempts: 0,
    createdAt: timeAt(sequence),
    nextAt: timeAt(sequence),
    settledAt: null,
    result: '',
  };
}

export function pendingAt(seller: Ubn, sequence: number): PendingIssueRow {
  return {
    seller,
    account: 'ecpay:2000132',
    key: `TSR-${sequence}`,
    state: 'waiting',
    mode: 'date',
    delayDays: 1,
    dueAt: timeAt(sequence),
    triggeredAt: null,
    nextAt: timeAt(sequence),
    callbackUrl: 'https://shop.example/notify',
    referenceKey: `ORDER-${sequence}`,
    command: '{"reference":"訂單"}',
    hash: 'f'.repeat(64),
    sequence,
    scheduledAt: timeAt(0),
    period: '',
    number: '',
    settledAt: null,
    problem: '',
  };
}

export function consentAt(seller: Ubn, sequence: number): ConsentRow {
  return {
    seller,
    number: `20261121100${String(sequence).padStart(5, '0')}`,
    token: `${seller}-${sequence}`,
    requestedAt: timeAt(0),
    expiresAt: timeAt(sequence),
    callbackUrl: '',
    state: 'waiting',
    settledAt: null,
  };
}

export function blankAt(seller: Ubn, first: number): BlankRow {
  return {
    seller,
    period: PERIOD,
    track: TRACK,
    first,
    last: first + 9,
    invoiceType: '07',
    account: 'ecpay:2000132',
    report: '',
    declaredAt: timeAt(0),
  };
}

export function segmentAt(seller: Ubn, first: number): SegmentRow {
  return {
    seller,
    period: PERIOD,
    track: TRACK,
    first,
    last: first + 49,
    code: '',
    category: 'b2c',
    allotter: 'center',
    invoiceType: '07',
    status: 'active',
    next: first,
    lastIssuedAt: null,
  };
}

/** Writes whole invoices: row, version, reference, F0401, entry. */
export async function writeInvoices(
  transaction: StoreTransaction,
  rows: readonly InvoiceRow[],
): Promise<void> {
  await transaction.insertInvoices(rows);
  await transaction.insertVersions(rows.map((row) => versionOf(row, row.version)));
  await transaction.insertReferences(
    rows.map((row) => referenceOf(pick(row), row.reference.toUpperCase())),
  );
  await transaction.insertFilings(rows.map((row) => filingOf(row, row.sequence)));
  await transaction.insertEntries(rows.map((row) => entryAt(row.seller, row.sequence)));
}

export function pick({ seller, period, number }: InvoiceKey): InvoiceKey {
  return { seller, period, number };
}

/** `count` invoices of a seller, numbered and sequenced from `from`. */
export function invoicesOf(seller: Ubn, count: number, from = 1): InvoiceRow[] {
  return Array.from({ length: count }, (_, index) =>
    invoiceAt(keyAt(seller, from + index), from + index),
  );
}
