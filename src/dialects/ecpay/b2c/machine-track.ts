/**
 * The track that a machine works with, and its spare one (ECPay offline API, GetOfflineInvoiceWordSetting):
 * of the machine's enabled tracks of a term, in the order of their numbers, the first that is not used
 * up, and the one after it. A machine takes its numbers in order, so a track whose last is issued is used up.
 */
import type { OFFLINE_TRACK_REQUEST } from '#wire/ecpay-b2c/offline.ts';
import type { Wire } from '#wire/field.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { invoiceNumberAt } from '../../../domain/invoice-number.ts';
import { periodOf } from '../../../domain/period.ts';
import { taipeiDateOf } from '../../../domain/taipei.ts';
import type { SegmentRow } from '../../../ledger/rows.ts';
import type { DialectContext } from '../../dialect.ts';
import type { Call } from '../envelope.ts';
import { periodsOfYear } from '../tracks.ts';

export interface MachineTrack {
  readonly segment: SegmentRow;
  /** Its place among the tracks that the machine had in the term, from 1. */
  readonly times: number;
}

export async function findMachineTrack(
  call: Call,
  { ledger }: DialectContext,
  request: Wire<typeof OFFLINE_TRACK_REQUEST>,
): Promise<Outcome<MachineTrack>> {
  const { InvoiceYear, InvoiceTerm, InvoiceStatus, MachineID: machine } = request;
  const [period] = periodsOfYear(Number(InvoiceYear), InvoiceTerm);
  const segments =
    period === undefined ? [] : await ledger.reads.listSegments(call.seller.ubn, period);
  const tracks = segments
    .filter(({ category, code }) => category === 'pos' && code === machine)
    .map((segment, index): MachineTrack => ({ segment, times: index + 1 }));
  let open = 0;
  for (const track of tracks) {
    if (track.segment.status !== 'active' || (await isUsedUp(call, ledger.reads, track.segment))) {
      continue;
    }
    open += 1;
    if (open === InvoiceStatus) return done(track);
  }
  const hint = 'the machine has no such track in this term';
  return refused(fault('TRACK_NOT_FOUND', 'MachineID', hint));
}

async function isUsedUp(
  call: Call,
  reads: DialectContext['ledger']['reads'],
  { period, track, last }: SegmentRow,
): Promise<boolean> {
  const number = invoiceNumberAt(track, last);
  const record = await reads.findInvoice({ by: 'number', seller: call.seller.ubn, number });
  return record !== null && periodOf(taipeiDateOf(record.row.issuedAt)) === period;
}
