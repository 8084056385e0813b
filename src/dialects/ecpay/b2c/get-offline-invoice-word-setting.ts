/** GetOfflineInvoiceWordSetting: a machine's track, the one in use or the spare one (ECPay offline API). */
import { GET_OFFLINE_INVOICE_WORD_SETTING } from '#wire/ecpay-b2c/offline.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { digitsOf } from '../tracks.ts';
import { findMachineTrack } from './machine-track.ts';

export const getOfflineInvoiceWordSetting: Endpoint = {
  action: 'GetOfflineInvoiceWordSetting',
  wire: GET_OFFLINE_INVOICE_WORD_SETTING,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_OFFLINE_INVOICE_WORD_SETTING.request, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const found = await findMachineTrack(call, context, reading.members);
  if (!found.ok) return found;
  const { segment, times } = found.value;
  return done(
    writeMessage(GET_OFFLINE_INVOICE_WORD_SETTING.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '成功',
      InvoiceHeader: segment.track,
      InvoiceStart: digitsOf(segment.track, segment.first),
      InvoiceEnd: digitsOf(segment.track, segment.last),
      InvoiceStatus: reading.members.InvoiceStatus,
      Times: times,
    }),
  );
}
