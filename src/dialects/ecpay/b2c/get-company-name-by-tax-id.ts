/**
 * GetCompanyNameByTaxID: the name of a business (ECPay B2C API, GetCompanyNameByTaxID). 00000000 is
 * nobody's number and answers as one that no business has (observed 2026-08, stage).
 */
import {
  GET_COMPANY_NAME,
  GET_COMPANY_NAME_REPLY,
  GET_COMPANY_NAME_REQUEST,
} from '#wire/ecpay-b2c/get-company-name-by-tax-id.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { parseUbn } from '../../../domain/ubn.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';

export const getCompanyName: Endpoint = {
  action: 'GetCompanyNameByTaxID',
  wire: GET_COMPANY_NAME,
  answer,
};

const MEMBER = 'UnifiedBusinessNo';
const NOBODYS_NUMBER = '00000000';
/** CompanyName is String(60). */
const NAME_CHARACTERS_MAX = 60;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_COMPANY_NAME_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const text = reading.members.UnifiedBusinessNo;
  if (text === NOBODYS_NUMBER) return unknown();
  const ubn = parseUbn(text);
  if (ubn === 'shape' || ubn === 'check-digit') {
    const hint = 'the check digit does not fit the other seven digits: mistyped?';
    return refused(fault('UBN_CHECK_DIGIT', MEMBER, hint));
  }
  const found = await context.registry.findCompanyName(ubn);
  if (!found.ok) return found;
  if (found.value === null) return unknown();
  const CompanyName = found.value.slice(0, NAME_CHARACTERS_MAX);
  return done(
    writeMessage(GET_COMPANY_NAME_REPLY, { CompanyName, RtnCode: SUCCESS, RtnMsg: '成功' }),
  );
}

function unknown(): Outcome<never> {
  return refused(fault('COMPANY_NOT_FOUND', MEMBER, 'the register has no such tax ID'));
}
