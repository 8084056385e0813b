/**
 * ECPay's own rules across the members of an Issue request (ECPay B2C API, Issue; print, tax ID,
 * carrier and donation matrix). What holds for every invoice whatever the provider (tax types, sums,
 * line numbers) is judged by the domain. All broken rules are told, not the first.
 */
import { isCitizenCertificate, isMobileBarcode } from '../../../domain/carrier.ts';
import { parseDonationCode } from '../../../domain/donation-code.ts';
import { type FaultCode, fault } from '../../../domain/fault.ts';
import { parseUbn } from '../../../domain/ubn.ts';
import { lengthOf, type WireFault, wireFault } from '../wire-fault.ts';
import { hasIdentifier, type IssueItem, type PartialIssueRequest } from './issue-request.ts';

type Member = keyof PartialIssueRequest & string;

/** One rule: what it is about, and when it is broken. */
interface IssueRule {
  readonly code: FaultCode;
  /** The member that the fault names. */
  readonly member: Member;
  /** Members that must be well-formed for the rule to mean anything, beside `member`. */
  readonly reads: readonly Member[];
  readonly isBroken: (request: PartialIssueRequest) => boolean;
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

const FIELD_RULES: readonly IssueRule[] = [
  {
    code: 'FIELD_REQUIRED',
    member: 'CustomerName',
    reads: ['Print'],
    isBroken: (request) => request.Print === '1' && request.CustomerName === undefined,
    hint: 'a printed invoice (Print 1) names its buyer',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'CustomerAddr',
    reads: ['Print'],
    isBroken: (request) => request.Print === '1' && request.CustomerAddr === undefined,
    hint: 'a printed invoice (Print 1) has its buyer’s address',
  },
  {
    code: 'FIELD_FORMAT',
    member: 'CustomerEmail',
    reads: [],
    isBroken: ({ CustomerEmail: email }) => email !== undefined && !EMAIL_SHAPE.test(email),
    hint: 'send one e-mail address',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'LoveCode',
    reads: ['Donation'],
    isBroken: (request) => request.Donation === '1' && request.LoveCode === undefined,
    hint: 'a donated invoice (Donation 1) names the organisation’s code',
  },
  {
    code: 'FIELD_FORMAT',
    member: 'LoveCode',
    reads: ['Donation'],
    isBroken: ({ Donation, LoveCode }) =>
      Donation === '1' && LoveCode !== undefined && parseDonationCode(LoveCode) === undefined,
    hint: 'a donation code has 3 to 7 digits (MIG 4.1 NPOBAN)',
  },
  {
    code: 'FIELD_REQUIRED',
    member: 'CarrierNum',
    reads: ['CarrierType'],
    isBroken: (request) => wantsCarrierNum(request) && request.CarrierNum === undefined,
    hint: 'carrier types 2 to 5 need the carrier’s id',
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
    hint: 'carrier types 4 and 5 need the card’s visible id',
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
    hint: 'special tax (TaxType 4) names its kind, 1 to 7',
  },
];

const CROSS_RULES: readonly IssueRule[] = [
  {
    code: 'BUYER_CONTACT_MISSING',
    member: 'CustomerEmail',
    reads: ['CustomerPhone'],
    isBroken: (request) =>
      request.CustomerEmail === undefined && request.CustomerPhone === undefined,
    hint: 'send CustomerEmail, CustomerPhone or both',
  },
  {
    code: 'UBN_CHECK_DIGIT',
    member: 'CustomerIdentifier',
    reads: [],
    isBroken: (request) =>
      hasIdentifier(request) && parseUbn(request.CustomerIdentifier ?? '') === 'check-digit',
    hint: 'the check digit does not fit the other seven digits: mistyped?',
  },
  {
    code: 'DONATION_WITH_UBN',
    member: 'Donation',
    reads: ['CustomerIdentifier'],
    isBroken: (request) => request.Donation === '1' && hasIdentifier(request),
    hint: 'send Donation 0, or no CustomerIdentifier',
  },
  {
    code: 'DONATION_WITH_PRINT',
    member: 'Donation',
    reads: ['Print'],
    isBroken: (request) => request.Donation === '1' && request.Print === '1',
    hint: 'send Print 0 for a donated invoice',
  },
  {
    code: 'CARRIER_WITH_PRINT',
    member: 'Print',
    reads: ['CarrierType', 'CustomerIdentifier'],
    isBroken: (request) => request.Print === '1' && hasCarrier(request) && !hasIdentifier(request),
    hint: 'send Print 0 for an invoice on a carrier',
  },
  {
    code: 'CARRIER_WITH_PRINT_BUSINESS',
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
    member: 'Print',
    reads: ['CarrierType', 'CustomerIdentifier'],
    isBroken: (request) => request.Print === '0' && !hasCarrier(request) && hasIdentifier(request),
    hint: 'send Print 1, or a carrier',
  },
  {
    code: 'CARRIER_ID_NOT_ALLOWED',
    member: 'CarrierNum',
    reads: ['CarrierType'],
    isBroken: (request) => request.CarrierNum !== undefined && !wantsCarrierNum(request),
    hint: 'without a carrier, and for ECPay’s own (CarrierType 1), the id stays empty',
  },
  {
    code: 'CARRIER_ID_NOT_ALLOWED',
    member: 'CarrierNum2',
    reads: ['CarrierType'],
    isBroken: (request) => request.CarrierNum2 !== undefined && !isCard(request),
    hint: 'only cards (CarrierType 4 and 5) have a second id',
  },
];

const RULES: readonly IssueRule[] = [...FIELD_RULES, ...CROSS_RULES];

/** Every broken rule. `bad` names the members that were refused already, at their path's start. */
export function checkIssue(
  request: PartialIssueRequest,
  bad: ReadonlySet<string>,
): readonly WireFault[] {
  const faults: WireFault[] = [];
  for (const rule of RULES) {
    if (!rule.isBroken(request)) continue;
    if (bad.has(rule.member) || rule.reads.some((member) => bad.has(member))) continue;
    faults.push(faultOf(rule, request));
  }
  const items = request.Items ?? [];
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (item !== undefined) checkItem(item, index, request.TaxType === '9', bad, faults);
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
  index: number,
  isMixed: boolean,
  bad: ReadonlySet<string>,
  faults: WireFault[],
): void {
  const count = item.ItemCount;
  if (count !== undefined && (count === '0' || count.startsWith('-'))) {
    const path = `Items[${index}].ItemCount`;
    faults.push(wireFault('FIELD_FORMAT', path, 'above 0', count, 'a line has a quantity'));
  }
  if (!isMixed || item.ItemTaxType !== undefined) return;
  const path = `Items[${index}].ItemTaxType`;
  if (bad.has(path) || bad.has('TaxType')) return;
  const hint = 'every line of a mixed invoice (TaxType 9) names its own tax type';
  faults.push(wireFault('FIELD_REQUIRED', path, '1, 2 or 3', 'nothing', hint));
}
