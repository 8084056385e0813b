/**
 * OfflineMerchantPosSetting: registers a machine, changes its remark, or takes it away (ECPay offline API,
 * OfflineMerchantPosSetting). The last two are refused once the machine has tracks.
 */
import { OFFLINE_MERCHANT_POS_SETTING } from '#wire/ecpay-b2c/offline.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { onWire } from './fields.ts';

export const offlineMerchantPosSetting: Endpoint = {
  action: 'OfflineMerchantPosSetting',
  wire: OFFLINE_MERCHANT_POS_SETTING,
  answer,
};

/** By ActionType, from 1. */
const CHANGES = ['add', 'edit', 'remove'] as const;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(OFFLINE_MERCHANT_POS_SETTING.request, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { ActionType, MachineID: id, Remark: remark = '' } = reading.members;
  const change = CHANGES[ActionType - 1];
  if (change === undefined) throw new Error('the wire table let a bad action pass');
  const [outcome] = await context.ledger.setMachine([{ ...originOf(call), change, id, remark }]);
  if (outcome === undefined) throw new Error('the ledger answered no machine');
  if (!outcome.ok) return onWire(outcome.faults, '');
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '成功' }));
}
