/** GetAllowanceInvalid: how an allowance was voided, in exchange mode also while the buyer has not agreed (ECPay B2B API). */
import {
  B2B_GET_ALLOWANCE_INVALID,
  B2B_GET_ALLOWANCE_INVALID_REQUEST,
} from '#wire/ecpay-b2b/get-allowance-invalid.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { findAllowanceTrade } from './find-document.ts';
import { notFound, withFilings } from './query-invoice.ts';
import { dayText, filingOf, partiesOf, uploadOf, VOID_MESSAGES } from './trade-view.ts';
import { voidFactsOf } from './void-facts.ts';

export const getAllowanceInvalid: Endpoint = {
  action: 'B2B/GetAllowanceInvalid',
  wire: B2B_GET_ALLOWANCE_INVALID,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_GET_ALLOWANCE_INVALID_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const found = await findAllowanceTrade(call, context, reading.members.AllowanceNo);
  if (found === null) return notFound('AllowanceNo');
  const { trade, filings } = await withFilings(context, found);
  const facts = await voidFactsOf(context, trade, filings);
  if (facts === null) return notFound('AllowanceNo');
  const { sellerId, buyerId } = partiesOf(trade);
  return done(
    writeMessage(B2B_GET_ALLOWANCE_INVALID.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
      RtnData: {
        MerchantID: merchantIdValue(call.account.localId),
        AllowanceNo: trade.number,
        AllowanceNumber: trade.number,
        SellerId: sellerId,
        BuyerId: buyerId,
        CancelDate: dayText(facts.at),
        CancelReason: facts.reason,
        ...uploadOf(filingOf(filings, trade, ...VOID_MESSAGES.allowance)),
        ExchangeStatus: facts.confirmedAt === null ? 0 : 1,
        Remark: facts.remark,
      },
    }),
  );
}
