/**
 * GetAllowanceInvalid: how and when an allowance was voided (ECPay B2C API, GetAllowanceInvalid). One
 * that is unknown, of another invoice or not voided is RtnCode 7: ECPay's own number is not known.
 */
import {
  GET_ALLOWANCE_INVALID,
  GET_ALLOWANCE_INVALID_REPLY,
  GET_ALLOWANCE_INVALID_REQUEST,
} from '#wire/ecpay-b2c/get-allowance-invalid.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { identifierOf } from './fields.ts';
import { uploadDateOf, uploadStatusOf } from './upload-state.ts';

export const getAllowanceInvalid: Endpoint = {
  action: 'GetAllowanceInvalid',
  wire: GET_ALLOWANCE_INVALID,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_ALLOWANCE_INVALID_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceNo, AllowanceNo } = reading.members;
  const seller = call.seller.ubn;
  const lookup = { by: 'allowance', seller, number: AllowanceNo } as const;
  const [record] = await context.ledger.reads.findAllowances(lookup);
  const voidedAt = record?.row.voidedAt ?? null;
  if (record === undefined || voidedAt === null || record.row.invoiceNumber !== InvoiceNo) {
    const hint = 'no voided allowance of this number belongs to this invoice';
    return refused(fault('ALLOWANCE_NOT_FOUND', 'AllowanceNo', hint));
  }
  const { row, content, voidFiling } = record;
  return done(
    writeMessage(GET_ALLOWANCE_INVALID_REPLY, {
      AI_Allow_Date: content.allowedAt,
      AI_Allow_No: row.number,
      AI_Buyer_Identifier: identifierOf(content.invoice.buyerUbn),
      AI_Date: voidedAt,
      AI_Invoice_No: row.invoiceNumber,
      AI_Mer_ID: merchantIdValue(call.account.localId),
      Reason: row.voidReason,
      AI_Seller_Identifier: seller,
      AI_Upload_Date: uploadDateOf(voidFiling),
      AI_Upload_Status: uploadStatusOf(voidFiling),
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
    }),
  );
}
