/** GetReject: how an invoice was returned (ECPay B2B API). */
import { B2B_GET_REJECT, B2B_GET_REJECT_REQUEST } from '#wire/ecpay-b2b/get-reject.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import { stepOf } from '../../../domain/trade.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { notFound, queryInvoice } from './query-invoice.ts';
import {
  clockText,
  dayText,
  exchangeStatusOf,
  filingOf,
  partiesOf,
  uploadOf,
} from './trade-view.ts';

export const getReject: Endpoint = { action: 'B2B/GetReject', wire: B2B_GET_REJECT, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_GET_REJECT_REQUEST, call.data);
  if (reading.faults.length > 0) return refused(...reading.faults);
  const found = await queryInvoice(call, context, reading.members);
  if (!found.ok) return found;
  const { trade, filings } = found.value;
  const step = stepOf(trade, 'return');
  if (step === undefined) return notFound('InvoiceNumber');
  const { sellerId, buyerId } = partiesOf(trade);
  return done(
    writeMessage(B2B_GET_REJECT.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
      RtnData: {
        MerchantID: merchantIdValue(call.account.localId),
        InvoiceNumber: trade.number,
        Buyer_Identifier: buyerId,
        Seller_Identifier: sellerId,
        BuyerId: buyerId,
        SellerId: sellerId,
        RejectDate: dayText(step.at),
        RejectTime: clockText(step.at),
        RejectReason: step.reason,
        ...uploadOf(filingOf(filings, trade, 'A0301')),
        ConfirmDate: step.confirmedAt,
        ExchangeStatus: exchangeStatusOf(step),
        Remark: step.remark,
      },
    }),
  );
}
