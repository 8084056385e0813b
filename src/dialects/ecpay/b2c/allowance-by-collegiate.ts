/**
 * AllowanceByCollegiate 線上折讓: an allowance that the buyer agrees to by a link in a mail, within 72 hours
 * (ECPay B2C API, AllowanceByCollegiate). Its success means that the amount is reserved and the mail owed.
 */
import {
  ALLOWANCE_BY_COLLEGIATE,
  ALLOWANCE_BY_COLLEGIATE_REQUEST,
} from '#wire/ecpay-b2c/allowance-by-collegiate.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { mailAddresses } from '../../../domain/notice.ts';
import type { Allowed } from '../../../ledger/ledger.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { lengthOf, wireFault } from '../wire-fault.ts';
import { checkAddress } from './address.ts';
import { checkAllowance } from './allowance.ts';
import { allowanceDraftOf, onWire } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';

export const allowanceByCollegiate: Endpoint = {
  action: 'AllowanceByCollegiate',
  wire: ALLOWANCE_BY_COLLEGIATE,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(ALLOWANCE_BY_COLLEGIATE_REQUEST, call.data);
  const { AllowanceNotify, NotifyMail, ReturnURL } = reading.members;
  const bad = new Set([...reading.bad, 'NotifyMail']);
  const broken = [
    ...checkAllowance(reading.members, bad),
    ...checkMail(NotifyMail),
    ...checkAddress('ReturnURL', ReturnURL),
    ...checkWay(AllowanceNotify),
  ];
  if (!isWhole(reading) || broken.length > 0) return refused(...reading.faults, ...broken);
  const request = reading.members;
  const [outcome] = await context.ledger.allow([
    {
      ...originOf(call),
      number: invoiceNumberOf(request.InvoiceNo),
      draft: allowanceDraftOf(request),
      consent: { callbackUrl: ReturnURL ?? '' },
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no allowance');
  return outcome.ok ? done(askedJson(outcome.value)) : onWire(outcome.faults, 'AllowanceAmount');
}

/** Without an address nobody could agree. */
function checkMail(mail: string | undefined): readonly Fault[] {
  if (mail === undefined || mailAddresses(mail).length > 0) return [];
  const hint = 'the link to agree goes by mail';
  return [wireFault('FIELD_FORMAT', 'NotifyMail', 'a mail address', lengthOf(mail), hint)];
}

function checkWay(way: string | undefined): readonly Fault[] {
  if (way === undefined || way === 'E') return [];
  return [fault('NOTIFY_WAY_MISMATCH', 'AllowanceNotify', 'the buyer is asked by mail: send E')];
}

function askedJson({ content, remaining, expiresAt }: Allowed): string {
  return JSON.stringify({
    RtnCode: SUCCESS,
    RtnMsg: '折讓單資料新增成功',
    IA_Allow_No: content.number,
    IA_Invoice_No: content.invoice.number,
    IA_TempDate: content.allowedAt,
    IA_TempExpireDate: expiresAt,
    IA_Remain_Allowance_Amt: remaining,
  });
}
