/** The optional filters of GetIssueConfirm (O'Pay's page): a confirmed invoice that does not fit is not found. */
import type { B2B_GET_ISSUE_CONFIRM_REQUEST } from '#wire/ecpay-b2b/get-issue-confirm.ts';
import type { Wire } from '#wire/field.ts';
import { isInForce } from '../../../domain/trade.ts';
import type { FilingRow } from '../../../ledger/rows.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import { readDate } from '../dates.ts';
import { dayText, partiesOf, uploadOf } from './trade-view.ts';

type Request = Wire<typeof B2B_GET_ISSUE_CONFIRM_REQUEST>;

/** Whether the invoice passes every filter that was given. */
export function isFiltered(
  trade: TradeRow,
  filing: FilingRow | undefined,
  request: Request,
): boolean {
  const { sellerId, buyerId } = partiesOf(trade);
  const day = dayText(trade.at);
  const digits = trade.number.slice(2);
  const status = uploadOf(filing).Upload_Status;
  const equals: readonly (readonly [string | undefined, string])[] = [
    [request.Seller_Identifier, sellerId],
    [request.Buyer_Identifier, buyerId],
    [request.Issue_Status, isInForce(trade, 'return') ? '0' : '1'],
    [request.Invalid_Status, isInForce(trade, 'void') ? '1' : '0'],
    [request.ExchangeMode, '1'],
    [request.ExchangeStatus, '1'],
    [request.Upload_Status, status === null ? '' : String(status)],
  ];
  const from = readDate(request.InvoiceDateBegin ?? request.InvoiceDateBeign ?? '');
  const to = readDate(request.InvoiceDateEnd ?? '');
  return (
    equals.every(([wanted, is]) => wanted === undefined || wanted === is) &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to) &&
    (request.InvoiceNumberBegin === undefined || digits >= request.InvoiceNumberBegin) &&
    (request.InvoiceNumberEnd === undefined || digits <= request.InvoiceNumberEnd)
  );
}
