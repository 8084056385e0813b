/**
 * Invalid 作廢: voids an invoice by its number and its own day (ECPay B2C API, Invalid). Another day is
 * answered as an unknown number (observed 2026-08, stage).
 */
import { INVALID, INVALID_REQUEST } from '#wire/ecpay-b2c/invalid.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import type { Answer } from '../fault-fields.ts';
import { isWhole, readMembers } from '../parse.ts';
import { onWire } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';

export const invalid: Endpoint = {
  action: 'Invalid',
  wire: INVALID,
  answer,
  refusedMembers: repeatedNumber,
};

/**
 * Refusals about the invoice itself repeat its number. Observed: 5070450 and 5070453 (2026-08, stage);
 * the reissue that waits and the deadline are answered alike.
 */
const NUMBER_REPEATED: ReadonlySet<number> = new Set([5070450, 5070451, 5070453, 8930701]);

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(INVALID_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNo, InvoiceDate, Reason } = reading.members;
  const [outcome] = await context.ledger.void([
    {
      ...originOf(call),
      number: invoiceNumberOf(InvoiceNo),
      issuedOn: dayOf(InvoiceDate),
      reason: Reason,
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no void');
  if (!outcome.ok) return onWire(outcome.faults, '');
  const { number } = outcome.value;
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '作廢發票成功', InvoiceNo: number }));
}

/** The number again, where the refusal is about the invoice itself. */
export function repeatedNumber(call: Call, { rtnCode }: Answer): Readonly<Record<string, string>> {
  if (!NUMBER_REPEATED.has(rtnCode)) return {};
  const { InvoiceNo } = readMembers(INVALID_REQUEST, call.data).members;
  return { InvoiceNo: InvoiceNo ?? '' };
}
