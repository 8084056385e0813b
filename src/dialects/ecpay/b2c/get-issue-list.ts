/**
 * GetIssueList: the invoices of some days, filtered and paged, as JSON or CSV (ECPay B2C API,
 * GetIssueList). Its `Data` is a plain object (observed 2026-08). Newest first; a page past the end is
 * empty and still tells the total.
 */
import {
  GET_ISSUE_LIST,
  GET_ISSUE_LIST_CSV_REPLY,
  GET_ISSUE_LIST_REPLY,
  GET_ISSUE_LIST_REQUEST,
} from '#wire/ecpay-b2c/get-issue-list.ts';
import type { Wire } from '#wire/field.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { FilingState } from '../../../domain/filing.ts';
import type { TaxType } from '../../../domain/invoice.ts';
import type { TaipeiDate } from '../../../domain/taipei.ts';
import type { InvoiceFilter, Page } from '../../../ledger/ports.ts';
import type { InvoiceRecord, InvoiceRow } from '../../../ledger/rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayAfter, dayOf, startOf } from '../dates.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { channelPartnerOf } from './fields.ts';
import { issueListCsv } from './issue-list-csv.ts';
import { listRow } from './render-invoice.ts';

export const getIssueList: Endpoint = { action: 'GetIssueList', wire: GET_ISSUE_LIST, answer };

type Request = Wire<typeof GET_ISSUE_LIST_REQUEST>;

const DATA_TYPE_CSV = 2;
const NOTHING: Page<InvoiceRecord> = { total: 0, items: [] };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_ISSUE_LIST_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const request = reading.members;
  const from = dayOf(request.BeginDate);
  const to = dayOf(request.EndDate);
  if (to < from) {
    return refused(fault('DATE_RANGE_REVERSED', 'EndDate', 'EndDate is before BeginDate'));
  }
  const page = isEmptyByNature(request)
    ? NOTHING
    : await context.ledger.reads.listInvoices(
        filterOf(call, request, from, to),
        (request.ShowingPage - 1) * request.NumPerPage,
        request.NumPerPage,
      );
  return done(replyJson(request, page));
}

function replyJson(request: Request, page: Page<InvoiceRecord>): string {
  const rows = page.items.map(listRow);
  const head = {
    ShowingPage: request.ShowingPage,
    RtnMsg: '成功',
    TotalCount: page.total,
    RtnCode: SUCCESS,
  };
  if (request.DataType !== DATA_TYPE_CSV) {
    return writeMessage(GET_ISSUE_LIST_REPLY, { ...head, InvoiceData: rows });
  }
  const InvoiceData = issueListCsv(head, rows);
  return writeMessage(GET_ISSUE_LIST_CSV_REPLY, { ...head, InvoiceData });
}

/**
 * Whether the filters ask for what cannot be: a won invoice before any draw, and a print in process
 * 3, a state of ECPay's print centre that no invoice here is ever in.
 */
function isEmptyByNature(request: Request): boolean {
  return request.Query_Award === '1' || request.Query_Print === '3';
}

/** Query_Upload: 1 uploaded, 2 not yet, 3 failed. */
const UPLOAD_STATES: Readonly<Record<string, readonly FilingState[]>> = {
  '1': ['confirmed'],
  '2': ['held', 'ready', 'handed', 'sent'],
  '3': ['refused'],
};

/** Query_Category: 1 by this API, 2 POS, 3 offline. */
const CHANNELS: Readonly<Record<string, InvoiceRow['channel']>> = {
  '1': 'api',
  '2': 'pos',
  '3': 'offline',
};

/** 1 yes, 2 no; 0 and nothing do not filter. */
function yesOrNo(value: string | undefined): boolean | undefined {
  if (value === '1') return true;
  return value === '2' ? false : undefined;
}

function filterOf(call: Call, request: Request, from: TaipeiDate, to: TaipeiDate): InvoiceFilter {
  const channelPartner = channelPartnerOf(request.ChannelPartner);
  const filingStates = UPLOAD_STATES[request.Query_Upload ?? ''];
  const channel = CHANNELS[request.Query_Category ?? ''];
  const taxType = request.Query_TaxType ?? '0';
  const isVoided = yesOrNo(request.Query_Invalid);
  const isPrinted = yesOrNo(request.Query_Print);
  const hasBuyerUbn = yesOrNo(request.Query_Identifier);
  const { Query_Customer_Name: buyerName, Query_Customer_Phone: buyerPhone } = request;
  return {
    seller: call.seller.ubn,
    issuedFrom: startOf(from),
    issuedBefore: startOf(dayAfter(to)),
    ...(channelPartner !== '' && { channelPartner }),
    ...(filingStates !== undefined && { filingStates }),
    ...(channel !== undefined && { channel }),
    // One of the closed list but 0, which means all.
    ...(taxType !== '0' && { taxType: taxType as TaxType }),
    ...(isVoided !== undefined && { isVoided }),
    ...(isPrinted !== undefined && { isPrinted }),
    ...(hasBuyerUbn !== undefined && { hasBuyerUbn }),
    ...(buyerName !== undefined && { buyerName }),
    ...(buyerPhone !== undefined && { buyerPhone }),
  };
}
