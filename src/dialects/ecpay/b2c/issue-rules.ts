/**
 * ECPay's own rules across the members of an Issue request (ECPay B2C API, Issue; print, tax ID,
 * carrier and donation matrix), each with the answer that refuses it. What holds for every invoice
 * whatever the provider (tax types, sums, line numbers) is judged by the domain; its answers are in
 * `issue-content-rules.ts`. All broken rules are told, not the first.
 */
import { isCitizenCertificate, isMobileBarcode } from '../../../domain/carrier.ts';
import { parseDonationCode } from '../../../domain/donation-code.ts';
import { type FaultCode, fault } from '../../../domain/fault.ts';
import { parseUbn } from '../../../domain/ubn.ts';
import type { Answer } from '../fault-fields.ts';
import { lengthOf, type WireFault, wireFault } from '../wire-fault.ts';
import { hasIdentifier, type IssueItem, type PartialIssueRequest } from './issue-request.ts';

type Member = keyof PartialIssueRequest & string;

/** One rule: what it is about, when it is broken, and what answers it. */
interface IssueRule {
  readonly code: FaultCode;
  /** RtnCode and RtnMsg; a field rule (`FIELD_…`) has the number of its member instead. */
  readonly answer?: Answer;
  /** The member that the fault names. */
  readonly member: Member;
  /** Members that must be well-formed for the rule to mean anything, beside `member`. */
  readonly reads: readonly Member[];
  readonly isBroken: (request: PartialIssueRequest) => boolean;
  /** What the rule asks for: the log's hint, and the words of the reference page. */
  readonly hint: string;
}

/** One rule of each line. */
interface ItemRule {
  readonly code: FaultCode;
  readonly member: keyof IssueItem & string;
  /** Members of the invoice that must be well-formed for the rule to mean anything. */
  readonly reads: readonly Member[];
  readonly isBroken: (item: Partial<IssueItem>, request: PartialIssueRequest) => boolean;
  readonly hint: string;
}

/** One address: no blanks, no list of several. */
const EMAIL_SHAPE = /^[^\s@;,]+@[^\s@;,]+$/;
/** Hidden and visible id of a card: half-width, no blanks. */
const CARD_ID_SHAPE = /^[\x21-\x7e]+$/;
const CARRIER_MOBILE = '3';

function hasCarrier(request: PartialIssueRequest): boolean {
  return request.CarrierType !== undefined;
}

function isCard(request: PartialIssueRequest): boolean {
  return request.CarrierType === '4' || request.CarrierType === '5';
}

/** Whether the carrier type wants an id from the client: all but none and ECPay's own. */
function wantsCarrierNum(request: PartialIssueRequest): boolean {
  return hasCarrier(request) && request.CarrierType !== '1';
}

function isCarrierNumBad({ CarrierType: type, CarrierNum: id }: PartialIssueRequest): boolean {
  if (id === undefined) return false;
  switch (type) {
    case '2':
      return !isCitizenCertificate(id);
    case CARRIER_MOBILE:
      return !isMobileBarcode(id);
    case '4':
    case '5':
      return !CARD_ID_SHAPE.test(id);
    default:
      return false;
  }
}

const NO_CARRIER_ID: Answer = { rtnCode: 8910706, text: '載具編號須為空值' };

const FIELD_RULES: readonly IssueRule[] = [
  {
    code: 'FIELD_REQUIRED',
    member: 'CustomerName',
    reads: ['Print'],
    isBroken: (request) => request.Print === '1' && request.CustomerName === undefined,
    hint: 'the buyer’s name on a printed invoice (Print 1)',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'CustomerAddr',
    reads: ['Print'],
    isBroken: (request) => request.Print === '1' && request.CustomerAddr === undefined,
    hint: 'the buyer’s address on a printed invoice (Print 1)',
  },
  {
    code: 'FIELD_FORMAT',
    member: 'CustomerEmail',
    reads: [],
    isBroken: ({ CustomerEmail: email }) => email !== undefined && !EMAIL_SHAPE.test(email),
    hint: 'one e-mail address',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'LoveCode',
    reads: ['Donation'],
    isBroken: (request) => request.Donation === '1' && request.LoveCode === undefined,
    hint: 'the organisation’s code for a donated invoice (Donation 1)',
  },
  {
    code: 'FIELD_FORMAT',
    member: 'LoveCode',
    reads: ['Donation'],
    isBroken: ({ Donation, LoveCode }) =>
      Donation === '1' && LoveCode !== undefined && parseDonationCode(LoveCode) === undefined,
    hint: '3 to 7 digits for a donated invoice (MIG 4.1 NPOBAN)',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'CarrierNum',
    reads: ['CarrierType'],
    isBroken: (request) => wantsCarrierNum(request) && request.CarrierNum === undefined,
    hint: 'the carrier’s id for CarrierType 2 to 5',
  },
  {
    code: 'FIELD_FORMAT',
    member: 'CarrierNum',
    reads: ['CarrierType'],
    isBroken: isCarrierNumBad,
    hint: 'type 2: two capitals and 14 digits; type 3: / and seven of 0-9 A-Z + - . ; half-width only',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'CarrierNum2',
    reads: ['CarrierType'],
    isBroken: (request) => isCard(request) && request.CarrierNum2 === undefined,
    hint: 'the card’s visible id for CarrierType 4 and 5',
  },
  {
    code: 'FIELD_FORMAT',
    member: 'CarrierNum2',
    reads: ['CarrierType'],
    isBroken: (request) =>
      isCard(request) &&
      request.CarrierNum2 !== undefined &&
      !CARD_ID_SHAPE.test(request.CarrierNum2),
    hint: 'half-width characters without blanks',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'SpecialTaxType',
    reads: ['TaxType'],
    isBroken: (request) => request.TaxType === '4' && request.SpecialTaxType === undefined,
    hint: 'the kind of special tax (TaxType 4), 1 to 7',
  },
];

const CROSS_RULES: readonly IssueRule[] = [
  {
    code: 'BUYER_CONTACT_MISSING',
    answer: { rtnCode: 8910701, text: '客戶電子信箱與客戶手機號碼請至少填寫一項' },
    member: 'CustomerEmail',
    reads: ['CustomerPhone'],
    isBroken: (request) =>
      request.CustomerEmail === undefined && request.CustomerPhone === undefined,
    hint: 'CustomerEmail, CustomerPhone or both',
  },
  {
    code: 'UBN_CHECK_DIGIT',
    answer: { rtnCode: 8910702, text: '統一編號檢查碼驗證失敗，請再確認' },
    member: 'CustomerIdentifier',
    reads: [],
    isBroken: (request) =>
      hasIdentifier(request) && parseUbn(request.CustomerIdentifier ?? '') === 'check-digit',
    hint: 'a check digit that fits the other seven digits: mistyped?',
  },
  {
    code: 'DONATION_WITH_UBN',
    answer: { rtnCode: 8910703, text: '有統一編號時，不可捐贈發票' },
    member: 'Donation',
    reads: ['CustomerIdentifier'],
    isBroken: (request) => request.Donation === '1' && hasIdentifier(request),
    hint: 'Donation 0, or no CustomerIdentifier',
  },
  {
    code: 'DONATION_WITH_PRINT',
    answer: { rtnCode: 8910704, text: '捐贈發票不可列印' },
    member: 'Donation',
    reads: ['Print'],
    isBroken: (request) => request.Donation === '1' && request.Print === '1',
    hint: 'Print 0 for a donated invoice',
  },
  {
    code: 'CARRIER_WITH_PRINT',
    answer: { rtnCode: 5000015, text: '使用載具時，不可列印發票' },
    member: 'Print',
    reads: ['CarrierType', 'CustomerIdentifier'],
    isBroken: (request) => request.Print === '1' && hasCarrier(request) && !hasIdentifier(request),
    hint: 'Print 0 for an invoice on a carrier',
  },
  {
    code: 'CARRIER_WITH_PRINT_BUSINESS',
    answer: { rtnCode: 8910705, text: '使用載具時，不可列印發票' },
    member: 'Print',
    reads: ['CarrierType', 'CustomerIdentifier'],
    // The gateway takes a printed invoice with a carrier for the mobile barcode only.
    isBroken: (request) =>
      request.Print === '1' &&
      hasCarrier(request) &&
      request.CarrierType !== CARRIER_MOBILE &&
      hasIdentifier(request),
    hint: 'with a tax ID only the mobile barcode (CarrierType 3) may be printed as well',
  },
  {
    code: 'UBN_NEITHER_PRINTED_NOR_CARRIER',
    answer: { rtnCode: 5000028, text: '有統一編號且無載具時，須列印發票' },
    member: 'Print',
    reads: ['CarrierType', 'CustomerIdentifier'],
    isBroken: (request) => request.Print === '0' && !hasCarrier(request) && hasIdentifier(request),
    hint: 'with a tax ID Print 1, or a carrier',
  },
  {
    code: 'CARRIER_ID_NOT_ALLOWED',
    answer: NO_CARRIER_ID,
    member: 'CarrierNum',
    reads: ['CarrierType'],
    isBroken: (request) => request.CarrierNum !== undefined && !wantsCarrierNum(request),
    hint: 'empty without a carrier, and for ECPay’s own (CarrierType 1)',
  },
  {
    code: 'CARRIER_ID_NOT_ALLOWED',
    answer: NO_CARRIER_ID,
    member: 'CarrierNum2',
    reads: ['CarrierType'],
    isBroken: (request) => request.CarrierNum2 !== undefined && !isCard(request),
    hint: 'empty but for cards (CarrierType 4 and 5)',
  },
];

/** Every rule across members. */
export const MEMBER_RULES: readonly IssueRule[] = [...FIELD_RULES, ...CROSS_RULES];

/** Every rule of a line that its form alone does not tell. */
export const ITEM_RULES: readonly ItemRule[] = [
  {
    code: 'FIELD_FORMAT',
    member: 'ItemCount',
    reads: [],
    isBroken: ({ ItemCount: count }) =>
      count !== undefined && (count === '0' || count.startsWith('-')),
    hint: 'above 0: a line has a quantity',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'ItemTaxType',
    reads: ['TaxType'],
    isBroken: (item, request) => request.TaxType === '9' && item.ItemTaxType === undefined,
    hint: 'its own tax type on every line of a mixed invoice (TaxType 9)',
  },
];

/** Every broken rule. `bad` names the members that were refused already, at their path's start. */
export function checkIssue(
  request: PartialIssueRequest,
  bad: ReadonlySet<string>,
): readonly WireFault[] {
  const faults: WireFault[] = [];
  for (const rule of MEMBER_RULES) {
    if (!rule.isBroken(request)) continue;
    if (bad.has(rule.member) || rule.reads.some((member) => bad.has(member))) continue;
    faults.push(faultOf(rule, request));
  }
  const items = request.Items ?? [];
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (item !== undefined) checkItem(item, `Items[${index}].`, request, bad, faults);
  }
  return faults;
}

function faultOf(rule: IssueRule, request: PartialIssueRequest): WireFault {
  if (rule.code === 'FIELD_REQUIRED') {
    return wireFault(rule.code, rule.member, 'a value', 'nothing', rule.hint);
  }
  const value = request[rule.member];
  const got = typeof value === 'string' ? lengthOf(value) : typeof value;
  if (rule.code === 'FIELD_FORMAT') {
    return wireFault(rule.code, rule.member, rule.hint, got, rule.hint);
  }
  return fault(rule.code, rule.member, rule.hint);
}

function checkItem(
  item: Partial<IssueItem>,
  path: string,
  request: PartialIssueRequest,
  bad: ReadonlySet<string>,
  faults: WireFault[],
): void {
  for (const rule of ITEM_RULES) {
    if (!rule.isBroken(item, request)) continue;
    const member = path + rule.member;
    if (bad.has(member) || rule.reads.some((name) => bad.has(name))) continue;
    const got = item[rule.member];
    const told = got === undefined ? 'nothing' : String(got);
    faults.push(wireFault(rule.code, member, rule.hint, told, rule.hint));
  }
}
