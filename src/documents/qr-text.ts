/**
 * What the two QR codes of a certificate say: a header of 77 characters, then items, cut after a whole
 * item where space runs out (MOF barcode specification 1.9, two-dimensional codes). Two forms: the
 * Ministry's on paper, which fills both codes, and a provider's own, handed in as `QrForm`.
 */
import type { InvoiceContent } from '../domain/invoice.ts';
import { ROC_YEAR_OFFSET } from '../domain/period.ts';
import { taxWithin } from '../domain/tax.ts';
import type { QrForm, QrTexts } from '../ledger/document-ports.ts';
import { checkField, type QrKey } from './qr-key.ts';
import { QR_BYTES_MAX, QR_VERSION_MAX, QR_VERSION_MIN } from './qr-symbol.ts';

/** The two amounts have eight hexadecimal digits. */
export const QR_AMOUNT_MAX = 0xff_ff_ff_ff;
/** Characters before the items. */
export const QR_HEADER_CHARACTERS = 77;
/** The seller's own area, unused. */
const OWN_AREA = '**********';
const NO_BUYER = '00000000';
const RIGHT_BEGIN = '**';
const RANDOM_CODE_DIGITS = 4;

type ItemEncoding = 'utf-8' | 'base64';
/** Flags of the item part; 0, Big5, is not made. */
const ENCODING_FLAGS: Readonly<Record<ItemEncoding, string>> = { 'utf-8': '1', base64: '2' };

/** Both texts, and the QR version that both codes are drawn in, so that they have one size. */
export interface CertificateQr extends QrTexts {
  readonly version: number;
}

/** Whether the two amounts fit: above, no certificate is drawn, because its codes could not state it. */
export function fitsQr({ amounts }: InvoiceContent): boolean {
  return amounts.total <= QR_AMOUNT_MAX;
}

/**
 * The Ministry's form: sales without tax, as many items as fit into both codes of one version. The
 * smallest version from 6 that takes all items, else the largest, filled to the last whole item.
 */
export function certificateQr(
  content: InvoiceContent,
  key: QrKey,
  encoding: ItemEncoding = 'utf-8',
): CertificateQr {
  const header = headerOf(content, key, salesWithoutTax(content));
  const items = content.lines.map(itemText);
  for (let version = QR_VERSION_MIN; ; version += 1) {
    const texts = fill(header, items, version, encoding);
    if (texts.recorded === items.length || version === QR_VERSION_MAX) {
      return { left: texts.left, right: texts.right, version };
    }
  }
}

/** A provider's form, for a client that prints by itself; no capacity is looked at. */
export function formQr(content: InvoiceContent, key: QrKey, form: QrForm): QrTexts {
  const isHidden = form.isSalesHiddenForConsumers && content.buyer.ubn === null;
  const header = headerOf(content, key, isHidden ? 0 : salesWithoutTax(content));
  const items = content.lines.slice(0, form.itemsMax).map(itemText);
  const [first = '', ...others] = items;
  const counts = `${items.length}:${content.lines.length}:${ENCODING_FLAGS['utf-8']}`;
  return {
    left: `${header}:${OWN_AREA}:${counts}:${first}:`,
    right: `${RIGHT_BEGIN}${others.join(':')}`,
  };
}

function headerOf(content: InvoiceContent, key: QrKey, sales: number): string {
  const { number, issuedAt, amounts, buyer, seller } = content;
  // An invoice of B2B exchange has no random code: four blanks.
  const randomCode = content.randomNumber.padEnd(RANDOM_CODE_DIGITS, ' ');
  return [
    number,
    rocDate(issuedAt),
    randomCode,
    hexAmount(sales),
    hexAmount(amounts.total),
    buyer.ubn ?? NO_BUYER,
    seller,
    checkField(key, number, randomCode),
  ].join('');
}

/**
 * Sales without tax. A consumer's amounts include it: general tax is taken out, special tax cannot be
 * told apart and is written as nothing ("00000000 when the tax cannot be separated").
 */
function salesWithoutTax({ amounts, taxType, buyer }: InvoiceContent): number {
  if (buyer.ubn !== null || amounts.tax > 0) return amounts.total - amounts.tax;
  if (taxType === '4') return 0;
  if (taxType === '2' || taxType === '3') return amounts.total;
  return amounts.total - taxWithin(amounts.sales);
}

function hexAmount(amount: number): string {
  return amount.toString(16).padStart(8, '0');
}

/** `yyyMMdd` of a time. */
function rocDate(at: string): string {
  const year = Number(at.slice(0, 4)) - ROC_YEAR_OFFSET;
  return `${String(year).padStart(3, '0')}${at.slice(5, 7)}${at.slice(8, 10)}`;
}

/** Name, quantity and price. A colon in a name would end it: the full-width one takes its place. */
function itemText({ description, quantity, unitPrice }: InvoiceContent['lines'][number]): string {
  return `${description.replaceAll(':', '：')}:${quantity}:${unitPrice}`;
}

interface Filled extends QrTexts {
  readonly recorded: number;
}

/** Fills both codes of a version: the left one first, the right one from where it stopped. */
function fill(
  header: string,
  items: readonly string[],
  version: number,
  encoding: ItemEncoding,
): Filled {
  const room = QR_BYTES_MAX[version - QR_VERSION_MIN] ?? 0;
  const encode = encoding === 'utf-8' ? (text: string) => text : base64;
  // The counts stand before the items: their digits are reserved as if all items were recorded.
  const counts = (recorded: number) =>
    `${header}:${OWN_AREA}:${recorded}:${items.length}:${ENCODING_FLAGS[encoding]}:`;
  const leftCount = countThatFit(items, room - byteCount(counts(items.length)), (text) =>
    byteCount(encode(`${text}:`)),
  );
  const rest = items.slice(leftCount);
  const rightRoom = room - RIGHT_BEGIN.length;
  const rightCount = countThatFit(rest, rightRoom, (text) => byteCount(encode(text)));
  const recorded = leftCount + rightCount;
  const leftItems = items.slice(0, leftCount).join(':');
  const isGoingOn = rightCount > 0 && leftCount > 0;
  return {
    left: counts(recorded) + encode(isGoingOn ? `${leftItems}:` : leftItems),
    right: RIGHT_BEGIN + encode(rest.slice(0, rightCount).join(':')),
    recorded,
  };
}

/** How many of the first items together take no more than the room. */
function countThatFit(
  items: readonly string[],
  room: number,
  bytesOf: (text: string) => number,
): number {
  let text = '';
  for (const [index, item] of items.entries()) {
    text = index === 0 ? item : `${text}:${item}`;
    if (bytesOf(text) > room) return index;
  }
  return items.length;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function byteCount(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
