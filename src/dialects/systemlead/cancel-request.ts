/** The payload that CancelInvoices and BlankCancel share: which number, when, why. */
import type { JsonObject } from '#wire/exact-json.ts';
import type { WireTable } from '#wire/field.ts';
import { CANCEL } from '#wire/systemlead/cancel.ts';
import { type InvoiceNumber, parseInvoiceNumber } from '../../domain/invoice-number.ts';
import type { TaipeiDateTime } from '../../domain/taipei.ts';
import { failure, type Item, type Result } from './endpoint.ts';
import { MemberReader } from './read-members.ts';
import { malformed, type Refusal, refusal } from './refusal.ts';
import { readDateTime } from './times.ts';

/** `InvoiceID` is another name of `InvoiceNumber`. */
const CANCEL_WITH_ALIAS = { ...CANCEL, InvoiceID: CANCEL.InvoiceNumber } as const;

export interface CancelRequest {
  readonly number: InvoiceNumber;
  readonly at: TaipeiDateTime;
  readonly reason: string;
}

/** Members that every payload of a void has. */
export interface CancelMembers {
  readonly at: TaipeiDateTime | undefined;
  readonly reason: string;
}

/** Seller, time and reason of a void; what is wrong is with the reader. */
export function readCancel<T extends WireTable>(
  reader: MemberReader<T>,
  { caller }: Item,
): CancelMembers {
  const seller = reader.needed('SellerID');
  if (seller !== '' && seller !== caller.account.localId) {
    reader.refuse(refusal('E-INV-903', '賣方統編與授權公司不符'));
  }
  const text = reader.needed('CancelDate');
  const at = text === '' ? undefined : readDateTime(text, caller.settings.naiveDateTimeZone);
  if (text !== '' && at === undefined) reader.refuse(malformed('CancelDate'));
  return { at, reason: reader.neededIdentifier('CancelReason') };
}

/** The request, or the first thing that is wrong with its members. */
export function readCancelRequest(item: Item): CancelRequest | Refusal {
  const reader = new MemberReader(CANCEL_WITH_ALIAS, item.data);
  const text = reader.neededIdentifier('InvoiceNumber', 'InvoiceID').toUpperCase();
  const number = parseInvoiceNumber(text);
  const { at, reason } = readCancel(reader, item);
  if (reader.refusal !== null) return reader.refusal;
  if (number === undefined) return malformed('InvoiceNumber');
  return at === undefined ? malformed('CancelDate') : { number, at, reason };
}

export function cancelEcho(data: JsonObject | null): Result {
  if (data === null) return {};
  const reader = new MemberReader(CANCEL_WITH_ALIAS, data);
  return {
    SellerID: reader.sent('SellerID'),
    InvoiceNumber: reader.sent('InvoiceNumber', 'InvoiceID'),
  };
}

export function cancelRefused(data: JsonObject | null, why: Refusal): Result {
  return { ...cancelEcho(data), ...failure(why) };
}
