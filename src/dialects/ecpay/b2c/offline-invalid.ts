/**
 * OfflineInvalid: takes in a void that a machine did, with the time at which it did so (ECPay offline API,
 * OfflineInvalid). Otherwise the rules of Invalid hold, its deadline by the time of the upload.
 */
import { OFFLINE_INVALID, OFFLINE_INVALID_REQUEST } from '#wire/ecpay-b2c/offline.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf, timeOf } from '../dates.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { wireFault } from '../wire-fault.ts';
import { onWire } from './fields.ts';
import { repeatedNumber } from './invalid.ts';
import { invoiceNumberOf } from './numbers.ts';

export const offlineInvalid: Endpoint = {
  action: 'OfflineInvalid',
  wire: OFFLINE_INVALID,
  answer,
  refusedMembers: repeatedNumber,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(OFFLINE_INVALID_REQUEST, call.data);
  const { InvoiceNo, InvoiceDate, Reason, CancelDate, InvoiceCancelDate } = reading.members;
  const voidedAt = CancelDate ?? InvoiceCancelDate;
  const isTimeBad = reading.bad.has('CancelDate') || reading.bad.has('InvoiceCancelDate');
  const faults = [...reading.faults];
  if (voidedAt === undefined && !isTimeBad) {
    const hint = 'send CancelDate, the time at which the machine voided it';
    faults.push(wireFault('FIELD_REQUIRED', 'CancelDate', 'a time', 'nothing', hint));
  }
  if (
    faults.length > 0 ||
    InvoiceNo === undefined ||
    InvoiceDate === undefined ||
    Reason === undefined ||
    voidedAt === undefined
  ) {
    return refused(...faults);
  }
  const [outcome] = await context.ledger.void([
    {
      ...originOf(call),
      number: invoiceNumberOf(InvoiceNo),
      issuedOn: dayOf(InvoiceDate),
      reason: Reason,
      at: timeOf(voidedAt),
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no void');
  if (!outcome.ok) return onWire(outcome.faults, '');
  const { number } = outcome.value;
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '作廢發票成功', InvoiceNo: number }));
}
