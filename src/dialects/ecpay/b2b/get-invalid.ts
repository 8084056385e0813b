/** GetInvalid: how an invoice was voided, in exchange mode also while the buyer has not agreed (ECPay B2B API). */
import { B2B_GET_INVALID, B2B_GET_INVALID_REQUEST } from '#wire/ecpay-b2b/get-invalid.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { notFound, queryInvoice } from './query-invoice.ts';
import { clockText, dayText, filingOf, partiesOf, uploadOf, VOID_MESSAGES } from './trade-view.ts';
import { voidFactsOf } from './void-facts.ts';

export const getInvalid: Endpoint = { action: 'B2B/GetInvalid', wire: B2B_GET_INVALID, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_GET_INVALID_REQUEST, call.data);
  if (reading.faults.length > 0) return refused(...reading.faults);
  const found = await queryInvoice(call, context, reading.members);
  if (!found.ok) return found;
  const { trade, filings } = found.value;
  const facts = await voidFactsOf(context, trade, filings);
  if (facts === null) return notFound('InvoiceNumber');
  const { sellerId, buyerId } = partiesOf(trade);
  return done(
    writeMessage(B2B_GET_INVALID.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
      RtnData: {
        MerchantID: merchantIdValue(call.account.localId),
        InvoiceNumber: trade.number,
        BuyerId: buyerId,
        SellerId: sellerId,
        CancelDate: dayText(facts.at),
        CancelTime: clockText(facts.at),
        CancelReason: facts.reason,
        ...uploadOf(filingOf(filings, trade, ...VOID_MESSAGES.invoice)),
        ConfirmDate: facts.confirmedAt,
        ExchangeStatus: facts.confirmedAt === null ? 0 : 1,
        Remark: facts.remark,
      },
    }),
  );
}
