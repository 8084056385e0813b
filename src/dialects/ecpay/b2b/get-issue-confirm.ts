/** GetIssueConfirm: when and with which remark an exchanged invoice was confirmed (ECPay B2B API). */
import {
  B2B_GET_ISSUE_CONFIRM,
  B2B_GET_ISSUE_CONFIRM_REQUEST,
} from '#wire/ecpay-b2b/get-issue-confirm.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import { stepOf } from '../../../domain/trade.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { isFiltered } from './confirm-filters.ts';
import { notFound, queryInvoice } from './query-invoice.ts';
import { dayText, filingOf, partiesOf, uploadOf } from './trade-view.ts';

export const getIssueConfirm: Endpoint = {
  action: 'B2B/GetIssueConfirm',
  wire: B2B_GET_ISSUE_CONFIRM,
  answer,
};

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_GET_ISSUE_CONFIRM_REQUEST, call.data);
  if (reading.faults.length > 0) return refused(...reading.faults);
  const found = await queryInvoice(call, context, reading.members);
  if (!found.ok) return found;
  const { trade, filings } = found.value;
  const step = stepOf(trade, 'issue');
  if (step?.confirmedAt == null) return notFound('InvoiceNumber');
  const filing = filingOf(filings, trade, 'A0102');
  if (!isFiltered(trade, filing, reading.members)) return notFound('InvoiceNumber');
  const { sellerId, buyerId } = partiesOf(trade);
  return done(
    writeMessage(B2B_GET_ISSUE_CONFIRM.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
      RtnData: {
        MerchantID: merchantIdValue(call.account.localId),
        InvoiceNumber: trade.number,
        InvoiceDate: dayText(trade.at),
        Buyer_Identifier: buyerId,
        Seller_Identifier: sellerId,
        ConfirmDate: step.confirmedAt,
        ...uploadOf(filing),
        ConfirmRemark: step.confirmRemark,
      },
    }),
  );
}
