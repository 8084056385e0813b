/** GetAllowanceInvalidConfirm: how the void of an exchanged allowance was confirmed (ECPay B2B API). */
import {
  B2B_GET_ALLOWANCE_INVALID_CONFIRM,
  B2B_GET_ALLOWANCE_INVALID_CONFIRM_REQUEST,
} from '#wire/ecpay-b2b/get-allowance-invalid-confirm.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import { stepOf } from '../../../domain/trade.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { findAllowanceTrade } from './find-document.ts';
import { notFound, withFilings } from './query-invoice.ts';
import { dayText, exchangeStatusOf, filingOf, partiesOf, uploadOf } from './trade-view.ts';

export const getAllowanceInvalidConfirm: Endpoint = {
  action: 'B2B/GetAllowanceInvalidConfirm',
  wire: B2B_GET_ALLOWANCE_INVALID_CONFIRM,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_GET_ALLOWANCE_INVALID_CONFIRM_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const found = await findAllowanceTrade(call, context, reading.members.AllowanceNo);
  if (found === null) return notFound('AllowanceNo');
  const { trade, filings } = await withFilings(context, found);
  const step = stepOf(trade, 'void');
  if (step?.confirmedAt == null) return notFound('AllowanceNo');
  const { sellerId, buyerId } = partiesOf(trade);
  return done(
    writeMessage(B2B_GET_ALLOWANCE_INVALID_CONFIRM.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
      RtnData: {
        MerchantID: merchantIdValue(call.account.localId),
        Seller_Identifier: sellerId,
        Buyer_Identifier: buyerId,
        SellerId: sellerId,
        BuyerId: buyerId,
        AllowanceNo: trade.number,
        AllowanceNumber: trade.number,
        CancelDate: dayText(step.at),
        CancelReason: step.reason,
        ...uploadOf(filingOf(filings, trade, 'B0202')),
        ExchangeStatus: exchangeStatusOf(step),
        ConfirmRemark: step.confirmRemark,
      },
    }),
  );
}
