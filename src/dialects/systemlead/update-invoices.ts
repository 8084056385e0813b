/**
 * Update/Invoices 更正: replaces an invoice that was not uploaded yet, as a whole; what is absent is cleared,
 * but for its four digits. Number and time are its key and stay.
 */
import { UPDATE_INVOICES } from '#wire/systemlead/invoice.ts';
import type { AmendCommand } from '../../ledger/ledger.ts';
import { issuedResult, keyEcho } from './append-invoices.ts';
import {
  answerAll,
  type Endpoint,
  failure,
  type Item,
  originOf,
  type Prepared,
} from './endpoint.ts';
import { refusalOf } from './faults.ts';
import { BILLING, claimsOf, composeRequest } from './invoice-draft.ts';
import { readInvoice } from './invoice-request.ts';
import { checkInvoice } from './invoice-rules.ts';
import { missing } from './refusal.ts';

export const updateInvoices: Endpoint = {
  wire: UPDATE_INVOICES,
  refused: (data, why) => ({ ...(data === null ? {} : keyEcho(data, 'amend')), ...failure(why) }),
  answer: (items, { ledger }) =>
    answerAll(items.map(prepare), ledger.amend, {
      done: (content, index) => issuedResult(items[index], content, 'amend'),
      refused: (why, index) => updateInvoices.refused(items[index]?.data ?? null, why),
      refusalOf: (fault) => refusalOf('amend', fault),
    }),
};

function prepare(item: Item): Prepared<AmendCommand> {
  const request = readInvoice(item, 'amend');
  if ('code' in request && 'text' in request) return { command: null, refusal: request };
  const broken = checkInvoice(request, 'amend');
  if (broken !== null) return { command: null, refusal: broken };
  if (request.number === null) return { command: null, refusal: missing('InvoiceID') };
  const composed = composeRequest(request, item.caller.seller);
  if ('text' in composed) return { command: null, refusal: composed };
  const { settings } = item.caller;
  return {
    refusal: null,
    command: {
      ...originOf(item),
      number: request.number,
      ...(request.issuedAt !== null && { issuedAt: request.issuedAt }),
      composed,
      reference: request.relateNumber,
      billingReference: request.billingNo,
      references: claimsOf(request, false),
      // The order number of an invoice of order mode stays taken.
      replacedKinds: [BILLING],
      randomNumber: request.code,
      editHours: request.isBusiness ? settings.holdHoursB : settings.holdHoursC,
    },
  };
}
