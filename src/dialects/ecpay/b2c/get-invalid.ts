/**
 * GetInvalid: how and when an invoice was voided (ECPay B2C API, GetInvalid). All three members must
 * belong together; a mismatch, and an invoice that is not voided, is RtnCode 2.
 */
import {
  GET_INVALID,
  GET_INVALID_REPLY,
  GET_INVALID_REQUEST,
} from '#wire/ecpay-b2c/get-invalid.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { identifierOf, referenceKeyOf } from './fields.ts';
import { invoiceNumberOf } from './numbers.ts';
import { uploadDateOf, uploadStatusOf } from './upload-state.ts';

export const getInvalid: Endpoint = { action: 'GetInvalid', wire: GET_INVALID, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_INVALID_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { RelateNumber, InvoiceNo, InvoiceDate } = reading.members;
  const seller = call.seller.ubn;
  const record = await context.ledger.reads.findInvoice({
    by: 'number',
    seller,
    number: invoiceNumberOf(InvoiceNo),
    issuedOn: dayOf(InvoiceDate),
  });
  const isSame =
    record !== null && referenceKeyOf(record.row.reference) === referenceKeyOf(RelateNumber);
  if (record === null || !isSame || record.row.voidedAt === null) {
    const hint = 'no voided invoice of this seller has this reference, number and day';
    return refused(fault('INVOICE_NOT_FOUND', 'InvoiceNo', hint));
  }
  const { row, voidFiling } = record;
  return done(
    writeMessage(GET_INVALID_REPLY, {
      IIS_Mer_ID: merchantIdValue(call.account.localId),
      ChannelPartner: row.channelPartner,
      II_Invoice_No: row.number,
      II_Date: record.row.voidedAt,
      II_Upload_Status: uploadStatusOf(voidFiling),
      II_Upload_Date: uploadDateOf(voidFiling),
      Reason: row.voidReason,
      II_Seller_Identifier: seller,
      II_Buyer_Identifier: identifierOf(row.buyerUbn),
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
    }),
  );
}
