/**
 * GetAllowanceList: allowances by number, by invoice and its day, or by invoice and the allowance's day
 * (ECPay B2C API, GetAllowanceList). None found is RtnCode 7. Oldest first.
 */
import {
  GET_ALLOWANCE_LIST,
  GET_ALLOWANCE_LIST_REPLY,
  GET_ALLOWANCE_LIST_REQUEST,
} from '#wire/ecpay-b2c/get-allowance-list.ts';
import type { Wire } from '#wire/field.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { Ubn } from '../../../domain/ubn.ts';
import type { AllowanceLookup } from '../../../ledger/ports.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { type WireFault, wireFault } from '../wire-fault.ts';
import { findAllowances } from './find-allowances.ts';
import { invoiceNumberOf } from './numbers.ts';
import { allowanceInfo } from './render-allowance.ts';

export const getAllowanceList: Endpoint = {
  action: 'GetAllowanceList',
  wire: GET_ALLOWANCE_LIST,
  answer,
};

type PartialRequest = Partial<Wire<typeof GET_ALLOWANCE_LIST_REQUEST>>;

/** Members that each SearchType looks at; the others are ignored, whatever they hold. */
const MEMBERS = {
  '0': ['AllowanceNo'],
  '1': ['InvoiceNo', 'Date'],
  '2': ['InvoiceNo', 'Date'],
} as const satisfies Readonly<Record<string, readonly (keyof PartialRequest)[]>>;

type SearchType = keyof typeof MEMBERS;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const { members, faults, bad } = readMembers(GET_ALLOWANCE_LIST_REQUEST, call.data);
  // One of the closed list of the wire table, unless missing or bad.
  const type = members.SearchType as SearchType | undefined;
  if (type === undefined) return refused(...faults.filter(({ path }) => path === 'SearchType'));
  const wanted: readonly string[] = MEMBERS[type];
  const problems = faults.filter((found) => wanted.includes(found.path));
  problems.push(...missingOf(type, members, bad));
  if (problems.length > 0) return refused(...problems);
  const found = await findAllowances(context, lookupOf(call.seller.ubn, type, members));
  if (found.length === 0) {
    return refused(fault('ALLOWANCE_NOT_FOUND', 'SearchType', 'no allowance matches'));
  }
  const merchantId = merchantIdValue(call.account.localId);
  return done(
    writeMessage(GET_ALLOWANCE_LIST_REPLY, {
      AllowanceInfo: found.map(({ record, invoice }) => allowanceInfo(record, invoice, merchantId)),
      RtnCode: SUCCESS,
      RtnMsg: '成功',
    }),
  );
}

function missingOf(
  type: SearchType,
  members: PartialRequest,
  bad: ReadonlySet<string>,
): readonly WireFault[] {
  const hint = `SearchType ${type} looks at ${MEMBERS[type].join(' and ')}`;
  return MEMBERS[type]
    .filter((member) => members[member] === undefined && !bad.has(member))
    .map((member) => wireFault('FIELD_REQUIRED', member, 'a value', 'nothing', hint));
}

function lookupOf(seller: Ubn, type: SearchType, members: PartialRequest): AllowanceLookup {
  const { AllowanceNo = '', InvoiceNo = '', Date: day = '' } = members;
  switch (type) {
    case '0':
      return { by: 'allowance', seller, number: AllowanceNo };
    case '1':
      return { by: 'invoice', seller, number: invoiceNumberOf(InvoiceNo), issuedOn: dayOf(day) };
    case '2': {
      const number = invoiceNumberOf(InvoiceNo);
      return { by: 'allowance-date', seller, number, allowedOn: dayOf(day) };
    }
  }
}
