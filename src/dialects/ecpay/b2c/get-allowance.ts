/**
 * GetAllowance: one allowance by its number and its invoice's (an older call of ECPay's without a page
 * of its own; observed 2026-09, stage). The reply is one row of GetAllowanceList, flat.
 */
import {
  GET_ALLOWANCE,
  GET_ALLOWANCE_REPLY,
  GET_ALLOWANCE_REQUEST,
} from '#wire/ecpay-b2c/get-allowance.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { findAllowances } from './find-allowances.ts';
import { allowanceInfo } from './render-allowance.ts';

export const getAllowance: Endpoint = { action: 'GetAllowance', wire: GET_ALLOWANCE, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_ALLOWANCE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNo, AllowanceNo } = reading.members;
  const lookup = { by: 'allowance', seller: call.seller.ubn, number: AllowanceNo } as const;
  const [found] = await findAllowances(context, lookup);
  if (found === undefined || found.record.content.invoice.number !== InvoiceNo) {
    const hint = 'no allowance of this number belongs to this invoice';
    return refused(fault('ALLOWANCE_NOT_FOUND', 'AllowanceNo', hint));
  }
  return done(
    writeMessage(GET_ALLOWANCE_REPLY, {
      ...allowanceInfo(found.record, found.invoice, merchantIdValue(call.account.localId)),
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
    }),
  );
}
