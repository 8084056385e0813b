/**
 * VoidWithReIssue 註銷重開: other content under the same number, day and time (ECPay B2C API, VoidWithReIssue).
 * Its two models are objects or JSON texts, and MerchantID may stand in them, beside them, or both
 * (observed: the official PHP SDK and other clients). The RelateNumber sent has no effect.
 */

import {
  ISSUE_MODEL,
  VOID_MODEL,
  VOID_WITH_RE_ISSUE,
  VOID_WITH_RE_ISSUE_REQUEST,
} from '#wire/ecpay-b2c/void-with-re-issue.ts';
import {
  isJsonObject,
  JsonError,
  type JsonObject,
  type JsonValue,
  readJson,
} from '#wire/exact-json.ts';
import type { Wire } from '#wire/field.ts';
import { pickMembers } from '#wire/members.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, originOf } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isAbsent, isWhole, readMembers, scalarText } from '../parse.ts';
import { wireFault } from '../wire-fault.ts';
import { composeRequest, TOTAL } from './compose-request.ts';
import { channelPartnerOf, onWire } from './fields.ts';
import { issuedJson } from './issue.ts';
import type { IssueRequest } from './issue-request.ts';
import { invoiceNumberOf } from './numbers.ts';

export const voidWithReIssue: Endpoint = {
  action: 'VoidWithReIssue',
  wire: VOID_WITH_RE_ISSUE,
  answer,
};

type IssueModel = IssueRequest & Pick<Wire<typeof ISSUE_MODEL>, 'InvoiceDate'>;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const models = pickMembers(VOID_WITH_RE_ISSUE_REQUEST, call.data);
  const voidModel = modelOf(models.VoidModel, 'VoidModel');
  const issueModel = modelOf(models.IssueModel, 'IssueModel');
  if (!voidModel.ok || !issueModel.ok) return refused(...faultsOf(voidModel, issueModel));
  const annulled = readMembers(VOID_MODEL, voidModel.value);
  const composed = composeRequest<IssueModel>(ISSUE_MODEL, issueModel.value, call.seller);
  const faults = [
    ...merchantFaults(call, voidModel.value, issueModel.value),
    ...inside('VoidModel', annulled.faults),
    ...(composed.ok ? [] : inside('IssueModel', composed.faults)),
  ];
  if (faults.length > 0 || !isWhole(annulled) || !composed.ok) return refused(...faults);
  const { request, invoice } = composed.value;
  const [outcome] = await context.ledger.reissue([
    {
      ...originOf(call),
      number: invoiceNumberOf(annulled.members.InvoiceNo),
      issuedOn: dayOf(request.InvoiceDate),
      reason: annulled.members.VoidReason,
      composed: invoice,
      channelPartner: channelPartnerOf(request.ChannelPartner),
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no reissue');
  return outcome.ok ? done(issuedJson(outcome.value)) : onWire(outcome.faults, TOTAL);
}

/** A model's members, whether it came as an object or as the text of one. */
function modelOf(value: JsonValue | undefined, name: string): Outcome<JsonObject> {
  if (isAbsent(value)) {
    return refused(wireFault('FIELD_REQUIRED', name, 'an object', 'nothing', `send ${name}`));
  }
  const model = typeof value === 'string' ? parsed(value) : value;
  if (isJsonObject(model)) return done(model);
  const hint = 'send an object, or the JSON text of one';
  return refused(wireFault('FIELD_FORMAT', name, 'an object', typeof model, hint));
}

function parsed(text: string): JsonValue | undefined {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

function faultsOf(...outcomes: readonly Outcome<unknown>[]): readonly Fault[] {
  return outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.faults));
}

/** A MerchantID inside a model must be the envelope's, as the one beside the models must. */
function merchantFaults(call: Call, ...models: readonly JsonObject[]): readonly Fault[] {
  return models.flatMap((model) => {
    const { MerchantID: id } = pickMembers(VOID_MODEL, model);
    if (isAbsent(id) || scalarText(id) === call.account.localId) return [];
    const hint = 'MerchantID inside a model must equal the envelope’s';
    return [fault('ACCOUNT_MISMATCH', 'MerchantID', hint)];
  });
}

/** Faults of a model's members, by their paths from the outside. */
function inside(model: string, faults: readonly Fault[]): readonly Fault[] {
  return faults.map((found) => ({ ...found, path: `${model}.${found.path}` }));
}
