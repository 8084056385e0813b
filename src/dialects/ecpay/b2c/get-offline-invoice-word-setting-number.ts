/**
 * GetOfflineInvoiceWordSettingNumber: the numbers of a machine's track, each with the random code and the
 * check field that its certificate prints (ECPay offline API). The same call gives the same answer: a
 * machine that lost it may ask again.
 */
import { GET_OFFLINE_INVOICE_WORD_SETTING_NUMBER } from '#wire/ecpay-b2c/offline.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { invoiceNumberAt } from '../../../domain/invoice-number.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { findMachineTrack } from './machine-track.ts';

export const getOfflineInvoiceWordSettingNumber: Endpoint = {
  action: 'GetOfflineInvoiceWordSettingNumber',
  wire: GET_OFFLINE_INVOICE_WORD_SETTING_NUMBER,
  answer,
};

/** Numbers of one answer; a machine's track is far smaller. The rest of a larger one is not told. */
const NUMBERS_MAX = 10_000;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_OFFLINE_INVOICE_WORD_SETTING_NUMBER.request, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const found = await findMachineTrack(call, context, reading.members);
  if (!found.ok) return found;
  const { segment, times } = found.value;
  const { track, first, last, period } = segment;
  const count = Math.min(last - first + 1, NUMBERS_MAX);
  const numbers = Array.from({ length: count }, (_, index) =>
    invoiceNumberAt(track, first + index),
  );
  const codes = context.documents.machineCodes(call.seller.ubn, period, numbers);
  if (codes === null) {
    const hint = 'the check field needs the seller’s QR key (kaili qr-key add)';
    return refused(fault('PRINT_QR_KEY_MISSING', '', hint));
  }
  return done(
    writeMessage(GET_OFFLINE_INVOICE_WORD_SETTING_NUMBER.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '成功',
      InvoiceInfo: codes.map(({ number, randomNumber, checkField }) => ({
        InvoiceNo: number,
        RandomNumber: randomNumber,
        EncryptData: checkField,
      })),
      Times: times,
    }),
  );
}
