/**
 * Allowance 折讓: gives back part of an invoice, agreed with the buyer on paper (ECPay B2C API,
 * Allowance). InvoiceDate is required but not compared with the invoice (observed 2026-08, stage).
 */
import { ALLOWANCE, ALLOWANCE_REQUEST } from '#wire/ecpay-b2c/allowance.ts';
import type { Wire } from '#wire/field.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { Allowed } from '../../../ledger/ledger.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { type WireFault, wireFault } from '../wire-fault.ts';
import { allowanceDraftOf, onWire } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';

export const allowance: Endpoint = { action: 'Allowance', wire: ALLOWANCE, answer };

type PartialRequest = Partial<Wire<typeof ALLOWANCE_REQUEST>>;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(ALLOWANCE_REQUEST, call.data);
  const broken = checkAllowance(reading.members, reading.bad);
  if (!isWhole(reading) || broken.length > 0) return refused(...reading.faults, ...broken);
  const request = reading.members;
  const [outcome] = await context.ledger.allow([
    {
      ...originOf(call),
      number: invoiceNumberOf(request.InvoiceNo),
      draft: allowanceDraftOf(request),
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no allowance');
  return outcome.ok ? done(allowedJson(outcome.value)) : onWire(outcome.faults, 'AllowanceAmount');
}

/** Rules across members: where a notice goes, and that a line has a quantity. */
export function checkAllowance(
  request: PartialRequest,
  bad: ReadonlySet<string>,
): readonly WireFault[] {
  const faults: WireFault[] = [];
  const { AllowanceNotify: notify, NotifyMail: mail, NotifyPhone: phone } = request;
  const isMailWanted = notify === 'E' || (notify === 'A' && phone === undefined);
  if (isMailWanted && mail === undefined && !bad.has('NotifyMail') && !bad.has('NotifyPhone')) {
    const hint = 'AllowanceNotify E needs an address, A an address or a phone number';
    faults.push(wireFault('FIELD_REQUIRED', 'NotifyMail', 'a value', 'nothing', hint));
  }
  if (notify === 'S' && phone === undefined && !bad.has('NotifyPhone')) {
    const hint = 'AllowanceNotify S needs a phone number';
    faults.push(wireFault('FIELD_REQUIRED', 'NotifyPhone', 'a value', 'nothing', hint));
  }
  for (const [index, { ItemCount: count }] of (request.Items ?? []).entries()) {
    if (count !== '0' && !count?.startsWith('-')) continue;
    const path = `Items[${index}].ItemCount`;
    faults.push(wireFault('FIELD_FORMAT', path, 'above 0', count, 'a line has a quantity'));
  }
  return faults;
}

function allowedJson({ content, remaining }: Allowed): string {
  return JSON.stringify({
    RtnCode: SUCCESS,
    RtnMsg: '折讓單資料新增成功',
    IA_Allow_No: content.number,
    IA_Invoice_No: content.invoice.number,
    IA_Date: content.allowedAt,
    IA_Remain_Allowance_Amt: remaining,
  });
}
