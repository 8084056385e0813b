/**
 * VoidWithReIssue 註銷重開: annuls a stored invoice and issues it again under its number and time, with
 * other content and a new random code (ECPay B2B API, VoidWithReIssue). Its rules of CustomerEmail are its
 * own; RelateNumber is not compared, and the original's stays.
 */
import {
  B2B_REISSUE_MODEL,
  B2B_VOID_MODEL,
  B2B_VOID_WITH_REISSUE,
} from '#wire/ecpay-b2b/void-with-re-issue.ts';
import {
  isJsonObject,
  JsonError,
  type JsonObject,
  type JsonValue,
  readJson,
} from '#wire/exact-json.ts';
import type { WireTable } from '#wire/field.ts';
import { pickMembers } from '#wire/members.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { taipeiDateOf } from '../../../domain/taipei.ts';
import type { DialectContext } from '../../dialect.ts';
import { invoiceNumberOf } from '../b2c/numbers.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isAbsent, readMembers, scalarText } from '../parse.ts';
import { lengthOf, wireFault } from '../wire-fault.ts';
import { findInvoiceTrade } from './find-document.ts';
import { composeIssue } from './issue-draft.ts';
import { isReissueAddress } from './re-issue-email.ts';
import { onB2bWire, timeOf, ubnOf } from './values.ts';

export const voidWithReIssue: Endpoint = {
  action: 'B2B/VoidWithReIssue',
  wire: B2B_VOID_WITH_REISSUE,
  answer,
};

const MODELS = {
  VoidModel: { kind: 'text', need: 'required', lengthMax: 0 },
  IssueModel: { kind: 'text', need: 'required', lengthMax: 0 },
} as const satisfies WireTable;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const { VoidModel, IssueModel } = pickMembers(MODELS, call.data);
  const voided = readMembers(B2B_VOID_MODEL, modelOf(VoidModel));
  const reading = readMembers(B2B_REISSUE_MODEL, modelOf(IssueModel));
  const number = voided.members.InvoiceNo ?? voided.members.InvoiceNumber;
  const faults: Fault[] = [
    ...voided.faults,
    ...accountFaults(call, modelOf(VoidModel), modelOf(IssueModel)),
    ...contactFaults(reading.members, reading.bad),
  ];
  if (number === undefined && voided.faults.every(({ path }) => !path.startsWith('Invoice'))) {
    const hint = 'name the invoice to be issued again';
    faults.push(wireFault('FIELD_REQUIRED', 'InvoiceNo', 'a number', 'nothing', hint));
  }
  const buyer = ubnOf(reading.members.CustomerIdentifier ?? '');
  const seller = call.seller.ubn;
  const partner =
    buyer === undefined ? null : await context.ledger.reads.findPartner({ seller, partner: buyer });
  const found = composeIssue(reading, partner, call.seller);
  const time = timeOf(reading.members.InvoiceTime ?? '');
  if (reading.members.InvoiceTime !== undefined && time === undefined) {
    const hint = 'yyyy-MM-dd HH:mm:ss of a real day';
    faults.push(wireFault('FIELD_FORMAT', 'InvoiceTime', hint, 'no such day', hint));
  }
  if (!found.ok) faults.push(...found.faults);
  if (buyer !== undefined && partner === null) {
    faults.push(fault('PARTNER_UNKNOWN', 'CustomerIdentifier', 'add the buyer as a partner first'));
  }
  if (!found.ok || number === undefined || time === undefined || faults.length > 0) {
    return refused(...faults);
  }
  const day = taipeiDateOf(time);
  const trade = await findInvoiceTrade(call, context, number, day, 'sales');
  if (trade === null) {
    const hint = 'no business invoice of this merchant has this number and day';
    return refused(fault('INVOICE_NOT_FOUND', 'InvoiceNo', hint));
  }
  const [outcome] = await context.ledger.reissue([
    {
      ...originOf(call),
      number: invoiceNumberOf(number),
      issuedOn: day,
      reason: voided.members.VoidReason ?? '',
      composed: found.value.composed,
      channelPartner: '',
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no reissue');
  if (!outcome.ok) return onB2bWire(outcome.faults);
  const { number: InvoiceNo, randomNumber: RandomNumber } = outcome.value;
  const members = { InvoiceNo, InvoiceNumber: InvoiceNo, RandomNumber };
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: 'Success', ...members }));
}

/** A model as an object; one that is missing, or no object, has no members. */
function modelOf(value: JsonValue | undefined): JsonObject {
  if (isJsonObject(value)) return value;
  if (typeof value !== 'string') return {};
  try {
    const read = readJson(value);
    return isJsonObject(read) ? read : {};
  } catch (error) {
    if (error instanceof JsonError) return {};
    throw error;
  }
}

/** MerchantID may stand inside the models instead of beside them (the official PHP sample). */
function accountFaults(call: Call, ...models: readonly JsonObject[]): readonly Fault[] {
  return models.flatMap((model) => {
    const { MerchantID } = pickMembers({ MerchantID: B2B_VOID_MODEL.MerchantID }, model);
    if (isAbsent(MerchantID) || scalarText(MerchantID) === call.account.localId) return [];
    const hint = 'MerchantID inside a model must equal the envelope’s';
    return [fault('ACCOUNT_MISMATCH', 'MerchantID', hint)];
  });
}

interface Contacts {
  readonly CustomerEmail?: string | undefined;
  readonly CustomerTelephoneNumber?: string | undefined;
  readonly CustomerTel?: string | undefined;
}

function contactFaults(request: Contacts, bad: ReadonlySet<string>): readonly Fault[] {
  const { CustomerEmail: email, CustomerTelephoneNumber, CustomerTel } = request;
  const phone = CustomerTelephoneNumber ?? CustomerTel;
  if (email === undefined) {
    const isBad = bad.has('CustomerEmail') || bad.has('CustomerTelephoneNumber');
    if (phone !== undefined || isBad) return [];
    const hint = 'send CustomerEmail, CustomerTelephoneNumber or both';
    return [fault('BUYER_CONTACT_MISSING', 'CustomerEmail', hint)];
  }
  if (isReissueAddress(email)) return [];
  const hint = 'one address of the form that this call demands';
  return [wireFault('FIELD_FORMAT', 'CustomerEmail', hint, lengthOf(email), hint)];
}
