/** The two inquiries about one invoice: whether it was uploaded, and how far its latest operation is. */
import type { JsonObject } from '#wire/exact-json.ts';
import {
  GET_INVOICES_APPEND_STATUS,
  GET_INVOICES_STATUS,
  STATUS_REQUEST,
} from '#wire/systemlead/inquiry.ts';
import { parseInvoiceNumber } from '../../domain/invoice-number.ts';
import type { InvoiceRecord } from '../../ledger/rows.ts';
import type { DialectContext } from '../dialect.ts';
import { type Endpoint, failure, type Item, type Result } from './endpoint.ts';
import { appendStatus, processState } from './process-state.ts';
import { MemberReader } from './read-members.ts';
import { type Refusal, refusal } from './refusal.ts';

const REQUEST = { ...STATUS_REQUEST, InvoiceNumber: STATUS_REQUEST.InvoiceID } as const;
const NOT_FOUND = refusal('E-INV-030', '查無發票');

export const getInvoicesAppendStatus: Endpoint = {
  wire: GET_INVOICES_APPEND_STATUS,
  refused: (data, why) => ({ ...echo(data), ...failure(why) }),
  answer: (items, context) =>
    Promise.all(
      items.map(async (item): Promise<Result> => {
        const found = await find(item, context);
        if (found !== null && 'text' in found) {
          return getInvoicesAppendStatus.refused(item.data, found);
        }
        return { ...echo(item.data), AppendStatus: found === null ? 'N' : appendStatus(found) };
      }),
    ),
};

export const getInvoicesStatus: Endpoint = {
  wire: GET_INVOICES_STATUS,
  refused: (data, why) => ({
    InvoiceID: data === null ? undefined : echo(data).InvoiceID,
    ProcessStatus: '',
    ProcessStatusMessage: why.text,
    ...failure(why),
  }),
  answer: (items, context) =>
    Promise.all(
      items.map(async (item): Promise<Result> => {
        const found = await find(item, context);
        if (found === null) return getInvoicesStatus.refused(item.data, NOT_FOUND);
        if ('text' in found) return getInvoicesStatus.refused(item.data, found);
        const { seller, number } = found.row;
        const allowances = await context.ledger.reads.findAllowances({
          by: 'invoice',
          seller,
          number,
        });
        const { code, text } = processState(found, allowances);
        return {
          InvoiceID: echo(item.data).InvoiceID,
          ProcessStatus: code,
          ProcessStatusMessage: text,
        };
      }),
    ),
};

function echo(data: JsonObject | null): Result {
  if (data === null) return {};
  const reader = new MemberReader(REQUEST, data);
  return {
    CompanyID: reader.sent('CompanyID'),
    InvoiceID: reader.sent('InvoiceID', 'InvoiceNumber'),
  };
}

/** The invoice; null where it is not here, or another seller's: nobody learns which. */
async function find(
  { caller, data }: Item,
  { ledger }: DialectContext,
): Promise<InvoiceRecord | Refusal | null> {
  const reader = new MemberReader(REQUEST, data);
  const text = reader.neededIdentifier('InvoiceID', 'InvoiceNumber').toUpperCase();
  const company = reader.text('CompanyID');
  if (reader.refusal !== null) return reader.refusal;
  const number = parseInvoiceNumber(text);
  if (number === undefined || (company !== '' && company !== caller.account.localId)) return null;
  return ledger.reads.findInvoice({ by: 'number', seller: caller.seller.ubn, number });
}
