/** Update/CancelInvoices 作廢: voids issued invoices, within their own period unless a setting says more. */
import { CANCEL_INVOICES } from '#wire/systemlead/cancel.ts';
import type { VoidCommand } from '../../ledger/ledger.ts';
import { cancelEcho, cancelRefused, readCancelRequest } from './cancel-request.ts';
import {
  answerAll,
  type Endpoint,
  type Item,
  originOf,
  type Prepared,
  SUCCESS,
} from './endpoint.ts';
import { refusalOf } from './faults.ts';

export const cancelInvoices: Endpoint = {
  wire: CANCEL_INVOICES,
  refused: cancelRefused,
  answer: (items, { ledger }) =>
    answerAll(items.map(prepare), ledger.void, {
      done: (_row, index) => ({ ...cancelEcho(items[index]?.data ?? null), ...SUCCESS }),
      refused: (why, index) => cancelRefused(items[index]?.data ?? null, why),
      refusalOf: (fault) => refusalOf('void', fault),
    }),
};

function prepare(item: Item): Prepared<VoidCommand> {
  const request = readCancelRequest(item);
  if ('code' in request) return { command: null, refusal: request };
  const graceDay = item.caller.settings.voidGraceDay;
  return { refusal: null, command: { ...originOf(item), ...request, graceDay } };
}
