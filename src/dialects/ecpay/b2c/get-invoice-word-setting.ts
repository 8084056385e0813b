/**
 * GetInvoiceWordSetting: the tracks of a year with what became of them (ECPay B2C API,
 * GetInvoiceWordSetting). InvoiceCategory 1 and, for machines, 4; any other has no data.
 */
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
  answer,
};

type Request = Wire<typeof GET_INVOICE_WORD_SETTING.request>;
type Row = Wire<typeof GET_INVOICE_WORD_SETTING.reply>['InvoiceInfo'][number];

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(GET_INVOICE_WORD_SETTING.request, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const request = reading.members;
  const category = categoryOf(request.InvoiceCategory);
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
    writeMessage(GET_INVOICE_WORD_SETTING.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
      InvoiceInfo: tracks.map((segment) => rowOf(segment, category)),
    }),
  );
}

function categoryOf(value: number): TrackCategory | null {
  if (value === 1) return '1';
  return value === 4 ? '4' : null;
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

function rowOf(segment: SegmentRow, category: TrackCategory): Row {
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
  };
}
