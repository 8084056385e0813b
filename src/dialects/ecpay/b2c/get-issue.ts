/**
 * GetIssue: one invoice by RelateNumber, or by number and day (ECPay B2C API, GetIssue). Given members
 * choose the way; with both ways given nothing is found. Not found is RtnCode 2 and a text, no more.
 */
import { GET_ISSUE, GET_ISSUE_REPLY, GET_ISSUE_REQUEST } from '#wire/ecpay-b2c/get-issue.ts';
import type { Wire } from '#wire/field.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { InvoiceLookup } from '../../../ledger/ports.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { accountIdOf, type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { type WireFault, wireFault } from '../wire-fault.ts';
import { referenceKeyOf } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';
import { invoiceMembers } from './render-invoice.ts';

export const getIssue: Endpoint = { action: 'GetIssue', wire: GET_ISSUE, answer };

type Request = Wire<typeof GET_ISSUE_REQUEST>;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_ISSUE_REQUEST, call.data);
  if (reading.faults.length > 0) return refused(...reading.faults);
  const lookup = lookupOf(call, reading.members);
  if ('code' in lookup) return refused(lookup);
  const record = await context.ledger.reads.findInvoice(lookup);
  if (record === null) {
    return refused(fault('INVOICE_NOT_FOUND', 'RelateNumber', 'no invoice of this seller matches'));
  }
  return done(
    writeMessage(GET_ISSUE_REPLY, {
      ...invoiceMembers(record, merchantIdValue(call.account.localId), context.documents),
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
    }),
  );
}

/**
 * How the invoice is looked up, or what is missing. ECPay chooses by which members are present, even
 * empty ones; null and "" count as absent here because real clients send them (Kaili's rule).
 */
function lookupOf(call: Call, request: Request): InvoiceLookup | WireFault {
  const { RelateNumber: relate, InvoiceNo: number, InvoiceDate: day } = request;
  const isByNumber = number !== undefined || (day !== undefined && day !== null);
  if (relate !== undefined && isByNumber) {
    const hint = 'send RelateNumber, or InvoiceNo with InvoiceDate, not both';
    return fault('INVOICE_NOT_FOUND', 'RelateNumber', hint);
  }
  const seller = call.seller.ubn;
  if (relate !== undefined) {
    const key = referenceKeyOf(relate);
    return { by: 'reference', key: { seller, account: accountIdOf(call), kind: 'relate', key } };
  }
  if (!isByNumber) return missing('RelateNumber');
  if (number === undefined) return missing('InvoiceNo');
  if (day === undefined || day === null) return missing('InvoiceDate');
  return { by: 'number', seller, number: invoiceNumberOf(number), issuedOn: dayOf(day) };
}

function missing(member: string): WireFault {
  const hint = 'send RelateNumber, or InvoiceNo with InvoiceDate';
  return wireFault('FIELD_REQUIRED', member, 'a value', 'nothing', hint);
}
