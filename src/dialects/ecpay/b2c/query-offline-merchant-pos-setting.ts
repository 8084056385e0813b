/** QueryOfflineMerchantPosSetting: the registered machines (ECPay offline API). */
import { QUERY_OFFLINE_MERCHANT_POS_SETTING } from '#wire/ecpay-b2c/offline.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';

export const queryOfflineMerchantPosSetting: Endpoint = {
  action: 'QueryOfflineMerchantPosSetting',
  wire: QUERY_OFFLINE_MERCHANT_POS_SETTING,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const machines = await context.ledger.reads.listMachines(call.seller.ubn);
  if (machines.length === 0) {
    return refused(fault('MACHINE_NOT_FOUND', '', 'this seller has no machine'));
  }
  return done(
    writeMessage(QUERY_OFFLINE_MERCHANT_POS_SETTING.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '成功',
      MachineIDList: machines.map(({ id, createdAt, remark }) => ({
        MachineID: id,
        CreateTime: createdAt,
        Remark: remark,
      })),
    }),
  );
}
