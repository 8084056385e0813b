/**
 * GetInvoiceWordSetting: the tracks of a year with what became of them (ECPay B2C API,
 * GetInvoiceWordSetting). InvoiceCategory 1 and, for machines, 4; any other has no data.
 */
import { B2B_GET_TRACKS } from '#wire/ecpay-b2b/tracks.ts';
import { GET_INVOICE_WORD_SETTING } from '#wire/ecpay-b2c/tracks.ts';
import type { Wire } from '#wire/field.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { periodParts } from '../../../domain/period.ts';
import type { SegmentRow } from '../../../ledger/rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import {
  digitsOf,
  isOfCategory,
  periodsOfYear,
  type TrackCategory,
  trackIdOf,
  useStatusOf,
} from '../tracks.ts';

export const getInvoiceWordSetting: Endpoint = {
  action: 'GetInvoiceWordSetting',
  wire: GET_INVOICE_WORD_SETTING,
  answer: (call, context) => {
    const reading = readMembers(GET_INVOICE_WORD_SETTING.request, call.data);
    if (!isWhole(reading)) return Promise.resolve(refused(...reading.faults));
    const { InvoiceCategory: value } = reading.members;
    const category = value === 1 ? '1' : value === 4 ? '4' : null;
    return listTracks(call, context, reading.members, category);
  },
};

type Request = Wire<typeof GET_INVOICE_WORD_SETTING.request>;
type Row = Wire<typeof GET_INVOICE_WORD_SETTING.reply>['InvoiceInfo'][number];

/** Answers both APIs; null: a category that the API has no tracks of. */
export async function listTracks(
  call: Call,
  context: DialectContext,
  request: Request,
  category: TrackCategory | null,
): Promise<Outcome<string>> {
  const segments: SegmentRow[] = [];
  for (const period of periodsOfYear(Number(request.InvoiceYear), request.InvoiceTerm)) {
    segments.push(...(await context.ledger.reads.listSegments(call.seller.ubn, period)));
  }
  const tracks = segments.filter(
    (segment) => category !== null && isOfCategory(segment, category) && isAsked(segment, request),
  );
  if (category === null || tracks.length === 0) {
    return refused(fault('TRACK_NOT_FOUND', 'InvoiceYear', 'no track of this seller matches'));
  }
  return done(
    writeMessage(category === '2' ? B2B_GET_TRACKS.reply : GET_INVOICE_WORD_SETTING.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
      InvoiceInfo: tracks.map((segment) => rowOf(segment, category)),
    }),
  );
}

function isAsked(segment: SegmentRow, request: Request): boolean {
  const { UseStatus: status = 0, InvType, InvoiceHeader, ProductServiceId } = request;
  return (
    (status === 0 || useStatusOf(segment) === status) &&
    (InvType === undefined || segment.invoiceType === InvType) &&
    (InvoiceHeader === undefined || segment.track === InvoiceHeader) &&
    (ProductServiceId === undefined || segment.code === ProductServiceId)
  );
}

/** `InvoiceLastDate` is the B2B API's alone: its table writes it, the other does not. */
function rowOf(
  segment: SegmentRow,
  category: TrackCategory,
): Row & { readonly InvoiceLastDate: string } {
  const { period, track, first, last, next, code } = segment;
  const { rocYear, term } = periodParts(period);
  const isMachines = category === '4';
  const hasIssued = segment.allotter === 'center' && next > first;
  return {
    TrackID: trackIdOf(segment),
    InvoiceYear: String(rocYear).padStart(3, '0'),
    InvoiceTerm: term,
    InvoiceCategory: Number(category),
    InvType: segment.invoiceType,
    ProductServiceId: isMachines ? '' : code,
    InvoiceHeader: track,
    InvoiceStart: digitsOf(track, first),
    InvoiceEnd: digitsOf(track, last),
    InvoiceNo: hasIssued ? digitsOf(track, next - 1) : '',
    UseStatus: useStatusOf(segment),
    MachineID: isMachines ? code : '',
    InvoiceLastDate: segment.lastIssuedAt ?? '',
  };
}
