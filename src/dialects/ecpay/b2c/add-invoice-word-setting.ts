/**
 * AddInvoiceWordSetting: takes numbers into use for B2C or for a machine (ECPay B2C API,
 * AddInvoiceWordSetting). Numbers of a book that the ledger knows are cut out of the part that serves
 * nobody in particular; others come in as a book of their own, which ECPay does not check with the
 * Ministry either. A new B2C track has to be enabled, a machine's is at once.
 */
import type { B2B_ADD_TRACK } from '#wire/ecpay-b2b/tracks.ts';
import { ADD_INVOICE_WORD_SETTING } from '#wire/ecpay-b2c/tracks.ts';
import type { Wire, WireTable } from '#wire/field.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { InvoiceType } from '../../../domain/invoice.ts';
import { parseTrack, type Track } from '../../../domain/invoice-number.ts';
import { rangesOverlap } from '../../../domain/number-book.ts';
import { type Period, periodOfTerm, periodParts } from '../../../domain/period.ts';
import type { SegmentCut } from '../../../ledger/ledger.ts';
import type { SegmentRow } from '../../../ledger/rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { currentPeriod, trackIdOf } from '../tracks.ts';
import { wireFault } from '../wire-fault.ts';
import { onWire } from './fields.ts';
import { yearFault } from './track-years.ts';

export const addInvoiceWordSetting: Endpoint = {
  action: 'AddInvoiceWordSetting',
  wire: ADD_INVOICE_WORD_SETTING,
  answer: (call, context) => addTrack(call, context, ADD_INVOICE_WORD_SETTING.request),
};

type Request = Wire<typeof ADD_INVOICE_WORD_SETTING.request>;
const BUSINESS = '2';
const OFFLINE = '4';

/** A range of numbers, and what it shall serve. */
interface Wanted {
  readonly period: Period;
  readonly track: Track;
  readonly invoiceType: InvoiceType;
  readonly cut: SegmentCut;
}

/** Answers both APIs: `table` says which categories a track may have. */
export async function addTrack(
  call: Call,
  context: DialectContext,
  table: typeof ADD_INVOICE_WORD_SETTING.request | typeof B2B_ADD_TRACK.request,
): Promise<Outcome<string>> {
  const reading = readMembers<WireTable>(table, call.data);
  if (reading.faults.length > 0) return refused(...reading.faults);
  // Both tables have the same members, of the same kinds.
  const request = reading.members as Request;
  const problem =
    periodFault(request, currentPeriod(context.clock)) ??
    (await machineFault(call, context, request));
  if (problem !== null) return refused(problem);
  const outcome = await take(call, context, wantedOf(request));
  if (!outcome.ok) return onWire(outcome.faults, '');
  const reply = { RtnCode: SUCCESS, RtnMsg: '成功', TrackID: outcome.value };
  return done(writeMessage(ADD_INVOICE_WORD_SETTING.reply, reply));
}

function periodFault(request: Request, current: Period): Fault | null {
  const { rocYear, term } = periodParts(current);
  const year = Number(request.InvoiceYear);
  const problem = yearFault(year, rocYear, rocYear + 1);
  if (problem !== null) return problem;
  if (year === rocYear && request.InvoiceTerm < term) {
    const got = String(request.InvoiceTerm);
    const hint = 'numbers of a term that is over cannot be used';
    return wireFault('FIELD_FORMAT', 'InvoiceTerm', `${term} or later`, got, hint);
  }
  if (request.InvoiceStart < request.InvoiceEnd) return null;
  const hint = 'InvoiceEnd lies behind InvoiceStart';
  return wireFault('FIELD_FORMAT', 'InvoiceEnd', 'more than InvoiceStart', 'less', hint);
}

async function machineFault(
  call: Call,
  context: DialectContext,
  { InvoiceCategory: category, MachineID: machine }: Request,
): Promise<Fault | null> {
  if (category !== OFFLINE) return null;
  if (machine === undefined) {
    const hint = 'a track of InvoiceCategory 4 belongs to a machine';
    return wireFault('FIELD_REQUIRED', 'MachineID', 'a value', 'nothing', hint);
  }
  const machines = await context.ledger.reads.listMachines(call.seller.ubn);
  if (machines.some(({ id }) => id === machine)) return null;
  const hint = 'register the machine first (OfflineMerchantPosSetting)';
  return fault('MACHINE_NOT_FOUND', 'MachineID', hint);
}

function wantedOf(request: Request): Wanted {
  const period = periodOfTerm(Number(request.InvoiceYear), request.InvoiceTerm);
  const track = parseTrack(request.InvoiceHeader);
  if (period === undefined || track === undefined) throw new Error('the wire table let it pass');
  const range = { first: Number(request.InvoiceStart), last: Number(request.InvoiceEnd) };
  const isOffline = request.InvoiceCategory === OFFLINE;
  const cut: SegmentCut = isOffline
    ? {
        ...range,
        code: request.MachineID ?? '',
        category: 'pos',
        allotter: 'merchant',
        status: 'active',
      }
    : {
        ...range,
        code: request.ProductServiceId ?? '',
        category: request.InvoiceCategory === BUSINESS ? 'b2b' : 'b2c',
        allotter: 'center',
        status: 'idle',
      };
  // The list of InvType.
  return { period, track, invoiceType: request.InvType as InvoiceType, cut };
}

/** Cuts the range out of a known book, or brings in a book; answers the TrackID. */
async function take(
  call: Call,
  { ledger }: DialectContext,
  { period, track, invoiceType, cut }: Wanted,
): Promise<Outcome<string>> {
  const { first, last } = cut;
  const place = { ...originOf(call), period, track };
  const books = await ledger.reads.listBooks(call.seller.ubn, period);
  const book = books.find((one) => one.track === track && rangesOverlap(one, cut));
  if (book === undefined) {
    const source = 'manual' as const;
    const command = { ...place, first, last, invoiceType, source, segments: [cut] };
    const [outcome] = await ledger.importBook([command]);
    return idOf(outcome, { period, track, first });
  }
  if (book.invoiceType !== invoiceType) {
    const hint = `these numbers are of type ${book.invoiceType}`;
    return refused(wireFault('FIELD_FORMAT', 'InvType', book.invoiceType, invoiceType, hint));
  }
  const segments = await ledger.reads.listSegments(call.seller.ubn, period);
  const taken = segments.filter((one) => one.track === track && rangesOverlap(one, cut));
  const [whole] = taken;
  if (whole === undefined || taken.length > 1 || !servesNobodyInParticular(whole)) {
    const hint = 'numbers of this range belong to a track already';
    return refused(fault('BOOK_OVERLAP', 'InvoiceStart', hint));
  }
  const [outcome] = await ledger.splitSegment([{ ...place, ...cut, from: whole }]);
  return idOf(outcome, { period, track, first });
}

function idOf(
  outcome: Outcome<unknown> | undefined,
  place: Parameters<typeof trackIdOf>[0],
): Outcome<string> {
  if (outcome === undefined) throw new Error('the ledger answered nothing');
  return outcome.ok ? done(trackIdOf(place)) : outcome;
}

/** Part of a book that nobody has claimed: numbers may be cut out of it. */
function servesNobodyInParticular(segment: SegmentRow): boolean {
  return segment.category === 'any' && segment.code === '' && segment.status !== 'stopped';
}
