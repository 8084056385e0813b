/**
 * Reads an invoice payload: members of both generations of client into one request, each of its own form.
 * What the members mean together is `invoice-rules.ts`.
 */
import type { JsonObject } from '#wire/exact-json.ts';
import { INVOICE, INVOICE_DETAIL } from '#wire/systemlead/invoice.ts';
import {
  type Carrier,
  isCitizenCertificate,
  isMobileBarcode,
  NO_CARRIER,
} from '../../domain/carrier.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { InvoiceNumber } from '../../domain/invoice-number.ts';
import { parseInvoiceNumber } from '../../domain/invoice-number.ts';
import type { TaipeiDateTime } from '../../domain/taipei.ts';
import { TWD_ZERO, type Twd } from '../../domain/twd.ts';
import { parseUbn, parseUbnShape, type Ubn } from '../../domain/ubn.ts';
import type { Item } from './endpoint.ts';
import { cutTo, MemberReader } from './read-members.ts';
import { malformed, missing, type Refusal, refusal } from './refusal.ts';
import { readDateTime } from './times.ts';

/** Who gives the number; `amend` names one that was issued. */
export type Mode = 'number' | 'print' | 'order' | 'amend';

/** The Ministry's remark is shorter than the client's note. */
const REMARK_LENGTH_MAX = 200;
/** No part of it can end where the next may begin, so that it is judged in one pass. */
const EMAIL_SHAPE = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
/** `cc*mail*cc` inside a note names a second recipient (OpenAPI 2025-03). */
const COPY_SHAPE = /\s*cc\*([^*]*)\*cc\s*/;

export interface RequestLine {
  readonly sequence: number;
  readonly description: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  readonly amount: Decimal;
  readonly taxType: '' | '1' | '2' | '3';
  readonly remark: string;
}

export interface InvoiceRequest {
  /** Null in order mode. */
  readonly number: InvoiceNumber | null;
  readonly issuedAt: TaipeiDateTime | null;
  readonly isBusiness: boolean;
  readonly buyerUbn: Ubn | null;
  readonly buyerName: string;
  readonly phone: string;
  readonly email: string;
  readonly copyEmail: string;
  readonly address: string;
  readonly carrier: Carrier;
  /** The four digits as sent; '' for Kaili to make. */
  readonly code: string;
  readonly relateNumber: string;
  readonly billingNo: string;
  readonly isPrinted: boolean;
  /** '' not donated. */
  readonly donationCode: string;
  readonly isDonated: boolean;
  readonly taxType: '1' | '2' | '3' | '9';
  readonly sales: Twd;
  readonly exempt: Twd;
  readonly zeroRated: Twd;
  readonly tax: Twd;
  readonly total: Twd;
  readonly clearanceMark: '' | '1' | '2';
  readonly bondedArea: string;
  readonly buyerRemark: string;
  readonly zeroTaxRateReason: string;
  readonly remark: string;
  readonly useFor: string;
  readonly lines: readonly RequestLine[];
}

type Reader = MemberReader<typeof INVOICE>;

/** The request, or the first thing that is wrong with its members. */
export function readInvoice(item: Item, mode: Mode): InvoiceRequest | Refusal {
  const reader = new MemberReader(INVOICE, item.data);
  checkSeller(reader, item);
  const request: InvoiceRequest = {
    ...readKey(reader, item, mode),
    ...readBuyer(reader, item),
    ...readHolding(reader, item, mode),
    ...readAmounts(reader),
    ...readMarks(reader),
    lines: readLines(reader),
  };
  return reader.refusal ?? request;
}

/** A seller named inside the payload is the envelope's. */
function checkSeller(reader: Reader, { caller }: Item): void {
  const sellerId = reader.text('CompanyID', 'SellerID');
  if (sellerId !== '' && sellerId !== caller.account.localId) {
    reader.refuse(refusal('E-INV-903', '賣方統編與授權公司不符'));
  }
}

function readKey(reader: Reader, { caller }: Item, mode: Mode) {
  if (mode === 'order') {
    const relateNumber = reader.neededIdentifier('RelateNumber');
    const useFor = reader.identifier('UseFor') || caller.settings.defaultUseFor;
    return { number: null, issuedAt: null, relateNumber, useFor };
  }
  const text = reader.neededIdentifier('InvoiceID', 'InvoiceNumber').toUpperCase();
  const number = parseInvoiceNumber(text) ?? null;
  const time = mode === 'amend' ? reader.text('InvoiceDateTime') : reader.needed('InvoiceDateTime');
  const issuedAt =
    time === '' ? null : (readDateTime(time, caller.settings.naiveDateTimeZone) ?? null);
  if (time !== '' && issuedAt === null) reader.refuse(malformed('InvoiceDateTime'));
  return { number, issuedAt, relateNumber: reader.identifier('RelateNumber'), useFor: '' };
}

function readBuyer(reader: Reader, item: Item) {
  const isBusiness = reader.neededCode('InvoiceFor') === 'B';
  const buyerUbn = readBuyerUbn(reader, item, isBusiness);
  const title = reader.cut('BuyerInvoiceTitle');
  const name = reader.cut('BuyerName');
  if (isBusiness && title === '' && name === '') reader.refuse(missing('BuyerInvoiceTitle'));
  const email = reader.text('BuyerEmail', 'BuyerEmailAddress');
  // A malformed address never rejects; it is cleared (OpenAPI 2025-03).
  const isEmail = isEmailAddress(email);
  return {
    isBusiness,
    buyerUbn,
    buyerName: title === '' ? name : title,
    phone: reader.cut('BuyerTelNo'),
    email: isEmail ? email : '',
    address: reader.cut('BuyerAddress'),
  };
}

/** Its length first: a member may be as long as a whole request. */
function isEmailAddress(text: string): boolean {
  return text.length <= INVOICE.BuyerEmail.lengthMax && EMAIL_SHAPE.test(text);
}

/** A tax ID; for C none, as zeros or nothing, or that of an organisation. */
function readBuyerUbn(reader: Reader, item: Item, isBusiness: boolean): Ubn | null {
  const text = reader.text('BuyerID');
  if (text === '' && isBusiness) reader.refuse(missing('BuyerID'));
  if (!isBusiness && (text === '' || /^0{8,10}$/.test(text))) return null;
  const ubn = parseUbnShape(text);
  const isChecked = ubn !== undefined && parseUbn(text) === ubn;
  if (ubn !== undefined && !isChecked) item.flag('buyer-gui-checksum');
  const isRefused =
    ubn === undefined || (!isChecked && item.caller.settings.buyerGuiChecksum === 'reject');
  if (isRefused) reader.refuse(refusal('E-INV-010', '買受人統編錯誤'));
  return ubn ?? null;
}

/** Carrier, print, donation and the four digits. */
function readHolding(reader: Reader, item: Item, mode: Mode) {
  const carrier = readCarrier(reader, item);
  const isPrintMarked = reader.flag('PrintMark');
  const isDonateMarked = reader.flag('DonateMark');
  const donation = reader.identifier('NPOBAN');
  const isDonated = isDonateMarked ?? donation !== '';
  const isHeld = carrier.kind !== 'none' || isDonated;
  return {
    carrier,
    isPrinted: isPrintMarked ?? (mode === 'print' && !isHeld),
    isDonated,
    donationCode: isDonated ? donation : '',
    ...readCode(reader),
    billingNo: reader.identifier('BillingNo'),
  };
}

function readCarrier(reader: Reader, item: Item): Carrier {
  const type = reader.text('CarrierType').toUpperCase();
  const id = reader.text('CarrierId');
  if (type === '' && id === '') return NO_CARRIER;
  if (type === '3J0002' && isMobileBarcode(id)) {
    return { kind: 'mobile-barcode', visibleId: id, hiddenId: id };
  }
  if (type === 'CQ0001' && isCitizenCertificate(id)) {
    return { kind: 'citizen-certificate', visibleId: id, hiddenId: id };
  }
  if (item.caller.settings.invalidCarrier === 'clear') item.flag('carrier-cleared');
  else reader.refuse(refusal('E-INV-022', '載具格式錯誤'));
  return NO_CARRIER;
}

/** B's check number and C's random code are one thing to the Ministry; either name will do. */
function readCode(reader: Reader): { readonly code: string } {
  const [check, random] = [reader.fourDigits('CheckNumber'), reader.fourDigits('RandomNumber')];
  const isBusiness = reader.text('InvoiceFor').toUpperCase() === 'B';
  return { code: isBusiness ? check || random : random || check };
}

function readAmounts(reader: Reader) {
  // The table lets nothing else through.
  const taxType = reader.neededCode('TaxType') as InvoiceRequest['taxType'];
  return {
    taxType,
    sales: reader.dollars('SalesAmount') ?? TWD_ZERO,
    exempt: reader.dollars('FreeTaxSalesAmount') ?? TWD_ZERO,
    zeroRated: reader.dollars('ZeroTaxSalesAmount') ?? TWD_ZERO,
    tax: reader.dollars('TaxAmount') ?? TWD_ZERO,
    total: reader.neededDollars('TotalAmount') ?? TWD_ZERO,
  };
}

function readMarks(reader: Reader) {
  const note = reader.cut('MainRemark', 'Note');
  const copy = COPY_SHAPE.exec(note)?.[1]?.trim() ?? '';
  // PrintInvoices' own members are judged wherever they are sent.
  reader.identifier('PrinterNo');
  reader.code('PrintWithDetail');
  reader.flag('CutDetail');
  return {
    // The table lets nothing else through.
    clearanceMark: reader.code('CustomsClearanceMark') as InvoiceRequest['clearanceMark'],
    bondedArea: reader.code('BondedArea'),
    buyerRemark: reader.code('BuyerRemark'),
    zeroTaxRateReason: reader.code('ZeroTaxRateReason'),
    remark: cutTo(note.replace(COPY_SHAPE, ' ').trim(), REMARK_LENGTH_MAX),
    copyEmail: isEmailAddress(copy) ? copy : '',
  };
}

function readLines(reader: Reader): readonly RequestLine[] {
  const lines: RequestLine[] = [];
  for (const object of reader.rows('Details')) {
    const line = readLine(object);
    if ('code' in line) {
      reader.refuse(line);
      return [];
    }
    if (lines.some(({ sequence }) => sequence === line.sequence)) {
      reader.refuse(malformed('DetailID'));
      return [];
    }
    lines.push(line);
  }
  return lines;
}

function readLine(object: JsonObject): RequestLine | Refusal {
  const reader = new MemberReader(INVOICE_DETAIL, object);
  const sequence = Number(reader.neededIdentifier('DetailID'));
  const description = cutTo(reader.needed('ProductName'), INVOICE_DETAIL.ProductName.lengthMax);
  const quantity = reader.decimal('Quantity');
  const unitPrice = reader.decimal('UnitPrice');
  const amount = reader.decimal('SubTotal');
  if (quantity === '0') reader.refuse(malformed('Quantity'));
  const line = {
    sequence,
    description,
    // The table lets nothing else through.
    taxType: reader.code('ItemTaxType') as RequestLine['taxType'],
    remark: reader.cut('Remark'),
  };
  if (reader.refusal !== null) return reader.refusal;
  if (quantity === null || unitPrice === null || amount === null) return missing('Details');
  return { ...line, quantity, unitPrice, amount };
}
