/** Update/CancelAllowances 折讓作廢: takes an allowance back; its amount may be given back again. */
import type { JsonObject } from '#wire/exact-json.ts';
import { CANCEL_ALLOWANCE_REQUEST, CANCEL_ALLOWANCES } from '#wire/systemlead/allowance.ts';
import type { VoidAllowanceCommand } from '../../ledger/ledger.ts';
import { readCancel } from './cancel-request.ts';
import {
  answerAll,
  type Endpoint,
  failure,
  type Item,
  originOf,
  type Prepared,
  type Result,
  SUCCESS,
} from './endpoint.ts';
import { refusalOf } from './faults.ts';
import { MemberReader } from './read-members.ts';
import { malformed } from './refusal.ts';

export const cancelAllowances: Endpoint = {
  wire: CANCEL_ALLOWANCES,
  refused: (data, why) => ({ ...echo(data), ...failure(why) }),
  answer: (items, { ledger }) =>
    answerAll(items.map(prepare), ledger.voidAllowance, {
      done: (_value, index) => ({ ...echo(items[index]?.data ?? null), ...SUCCESS }),
      refused: (why, index) => cancelAllowances.refused(items[index]?.data ?? null, why),
      refusalOf: (fault) => refusalOf('void-allowance', fault),
    }),
};

function echo(data: JsonObject | null): Result {
  if (data === null) return {};
  const reader = new MemberReader(CANCEL_ALLOWANCE_REQUEST, data);
  return {
    SellerID: reader.sent('SellerID'),
    AllowanceNumber: reader.sent('AllowanceNumber'),
  };
}

function prepare(item: Item): Prepared<VoidAllowanceCommand> {
  const reader = new MemberReader(CANCEL_ALLOWANCE_REQUEST, item.data);
  const allowanceNumber = reader.neededIdentifier('AllowanceNumber');
  const { at, reason } = readCancel(reader, item);
  const remark = reader.cut('Remark');
  if (reader.refusal !== null) return { command: null, refusal: reader.refusal };
  if (at === undefined) return { command: null, refusal: malformed('CancelDate') };
  // No document speaks of a last day for it.
  const until = null;
  return {
    refusal: null,
    command: { ...originOf(item), allowanceNumber, at, reason, remark, until },
  };
}
