/**
 * TriggerIssue 觸發開立: releases a delayed invoice (ECPay B2C API, TriggerIssue). Its successes are 4000004,
 * issued now, and 4000003, issued on its day; never 1 (observed 2026-07, stage).
 */
import {
  RTN_CODE_DELAYED,
  RTN_CODE_ISSUED,
  TRIGGER_ISSUE,
  TRIGGER_ISSUE_REQUEST,
} from '#wire/ecpay-b2c/trigger-issue.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { TOTAL } from './compose-request.ts';
import { onWire } from './fields.ts';

export const triggerIssue: Endpoint = { action: 'TriggerIssue', wire: TRIGGER_ISSUE, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(TRIGGER_ISSUE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { Tsr } = reading.members;
  const [outcome] = await context.ledger.trigger([{ ...originOf(call), key: Tsr }]);
  if (outcome === undefined) throw new Error('the ledger answered no trigger');
  if (!outcome.ok) return onWire(outcome.faults, TOTAL);
  const success = outcome.value.isIssued
    ? { RtnCode: RTN_CODE_ISSUED, RtnMsg: '開立發票成功' }
    : { RtnCode: RTN_CODE_DELAYED, RtnMsg: '延後開立成功' };
  return done(JSON.stringify({ ...success, Tsr }));
}
