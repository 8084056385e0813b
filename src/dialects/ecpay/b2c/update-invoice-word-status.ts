/**
 * UpdateInvoiceWordStatus: enables, pauses or disables a track (ECPay B2C API, UpdateInvoiceWordStatus). A
 * disabled one is never enabled again. Tracks of other uses of the seller are unknown here.
 */
import { UPDATE_INVOICE_WORD_STATUS } from '#wire/ecpay-b2c/tracks.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { SetSegmentStatusCommand } from '../../../ledger/ledger.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { isOfCategory, placeOfTrackId, type TrackCategory } from '../tracks.ts';
import { onWire } from './fields.ts';

export const updateInvoiceWordStatus: Endpoint = {
  action: 'UpdateInvoiceWordStatus',
  wire: UPDATE_INVOICE_WORD_STATUS,
  answer: (call, context) => setTrackStatus(call, context, ['1', '4']),
};

const STATUSES = [
  'stopped',
  'paused',
  'active',
] as const satisfies readonly SetSegmentStatusCommand['status'][];

/** Answers both APIs, each for the categories of its tracks. */
export async function setTrackStatus(
  call: Call,
  context: DialectContext,
  categories: readonly TrackCategory[],
): Promise<Outcome<string>> {
  const reading = readMembers(UPDATE_INVOICE_WORD_STATUS.request, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { TrackID: id = '', InvoiceStatus } = reading.members;
  const status = STATUSES[InvoiceStatus];
  if (status === undefined) throw new Error('the wire table let a bad status pass');
  const place = placeOfTrackId(id);
  const isKnown = place !== undefined && (await isTrack(call, context, place, categories));
  if (!isKnown) {
    return refused(fault('SEGMENT_NOT_FOUND', 'TrackID', 'no track of this seller has this id'));
  }
  const [outcome] = await context.ledger.setSegmentStatus([
    { ...originOf(call), ...place, status },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no change of status');
  if (!outcome.ok) return onWire(outcome.faults, '');
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: '成功' }));
}

async function isTrack(
  call: Call,
  { ledger }: DialectContext,
  place: NonNullable<ReturnType<typeof placeOfTrackId>>,
  categories: readonly TrackCategory[],
): Promise<boolean> {
  const segments = await ledger.reads.listSegments(call.seller.ubn, place.period);
  const segment = segments.find((one) => one.track === place.track && one.first === place.first);
  return segment !== undefined && categories.some((one) => isOfCategory(segment, one));
}
