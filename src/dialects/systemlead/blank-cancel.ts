/**
 * Append/BlankCancel 空白作廢: a number that was skipped and will never be issued. Its period is that of
 * the seller's track that holds it, else that of CancelDate.
 */
import { BLANK_CANCEL } from '#wire/systemlead/cancel.ts';
import { parseTrack } from '../../domain/invoice-number.ts';
import { isWithin } from '../../domain/number-book.ts';
import { periodOf } from '../../domain/period.ts';
import { taipeiDateOf } from '../../domain/taipei.ts';
import type { DeclareBlankCommand } from '../../ledger/ledger.ts';
import type { SegmentRow } from '../../ledger/rows.ts';
import type { DialectContext } from '../dialect.ts';
import {
  type CancelRequest,
  cancelEcho,
  cancelRefused,
  readCancelRequest,
} from './cancel-request.ts';
import {
  answerAll,
  type Endpoint,
  type Item,
  originOf,
  type Prepared,
  SUCCESS,
} from './endpoint.ts';
import { refusalOf } from './faults.ts';
import { malformed } from './refusal.ts';
import { segmentsOf } from './segments.ts';

export const blankCancel: Endpoint = {
  wire: BLANK_CANCEL,
  refused: cancelRefused,
  async answer(items, context) {
    const prepared = await prepareAll(items, context);
    return answerAll(prepared, context.ledger.declareBlank, {
      done: (_row, index) => ({ ...cancelEcho(items[index]?.data ?? null), ...SUCCESS }),
      refused: (why, index) => cancelRefused(items[index]?.data ?? null, why),
      refusalOf: (fault) => refusalOf('blank', fault),
    });
  },
};

async function prepareAll(
  items: readonly Item[],
  context: DialectContext,
): Promise<readonly Prepared<DeclareBlankCommand>[]> {
  const segments = await segmentsOf(items, context);
  return items.map((item): Prepared<DeclareBlankCommand> => {
    const request = readCancelRequest(item);
    if ('code' in request) return { command: null, refusal: request };
    const track = parseTrack(request.number.slice(0, 2));
    if (track === undefined) return { command: null, refusal: malformed('InvoiceNumber') };
    const position = Number(request.number.slice(2));
    const holding = holderOf(segments.get(item.caller.seller.ubn) ?? [], request, position);
    return {
      refusal: null,
      command: {
        ...originOf(item),
        period: holding?.period ?? periodOf(taipeiDateOf(request.at)),
        track,
        first: position,
        last: position,
        invoiceType: holding?.invoiceType ?? '07',
      },
    };
  });
}

/** The segment that holds the number: of the period of CancelDate where it can be, else the newest. */
function holderOf(
  segments: readonly SegmentRow[],
  { number, at }: CancelRequest,
  position: number,
): SegmentRow | undefined {
  const holding = segments
    .filter((row) => row.track === number.slice(0, 2) && isWithin(row, position))
    .toSorted((left, right) => (left.period < right.period ? 1 : -1));
  const period = periodOf(taipeiDateOf(at));
  return holding.find((row) => row.period === period) ?? holding[0];
}
