/**
 * Number tracks 字軌 as ECPay tells them: which segments a track's category stands for, its TrackID, its
 * status. Common to every action about tracks; what they answer is theirs.
 */
import { invoiceNumberAt, parseTrack } from '../../domain/invoice-number.ts';
import {
  PERIODS_PER_YEAR,
  type Period,
  periodOf,
  periodOfTerm,
  periodParts,
} from '../../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../domain/taipei.ts';
import type { Clock } from '../../ledger/ports.ts';
import type { SegmentRow } from '../../ledger/rows.ts';

/** InvoiceCategory: 1 B2C, 2 B2B, 4 offline machines. */
export type TrackCategory = '1' | '2' | '4';

/** UseStatus of GetInvoiceWordSetting. Nothing here is under review (5) or rejected (6). */
const USE_STATUS: Readonly<Record<SegmentRow['status'], number>> = {
  idle: 1,
  active: 2,
  // Its numbers were used, all of them.
  exhausted: 2,
  stopped: 3,
  paused: 4,
};

export function useStatusOf({ status }: SegmentRow): number {
  return USE_STATUS[status];
}

/** Whether a segment is one of the category's tracks. Segments that serve anybody belong to 1 and 2. */
export function isOfCategory(segment: SegmentRow, category: TrackCategory): boolean {
  const { allotter } = segment;
  switch (category) {
    case '1':
      return allotter === 'center' && (segment.category === 'b2c' || segment.category === 'any');
    case '2':
      return allotter === 'center' && (segment.category === 'b2b' || segment.category === 'any');
    case '4':
      return segment.category === 'pos';
  }
}

const LETTERS = 26;
const A = 65;
const TRACKS = LETTERS ** 2;
const POSITIONS = 100_000_000;
/** TrackID is String(10). */
const TRACK_ID_LENGTH = 10;
const TRACK_ID_SHAPE = /^[0-9A-Z]{1,10}$/;
const RADIX = 36;

/** Where a segment begins: within a seller this is its key. */
export type TrackPlace = Pick<SegmentRow, 'period' | 'track' | 'first'>;

/**
 * TrackID: the segment's place as ten digits of base 36. It needs no keeping and stays the same as long
 * as there is the segment.
 */
export function trackIdOf({ period, track, first }: TrackPlace): string {
  const { rocYear, term } = periodParts(period);
  const letters = (track.charCodeAt(0) - A) * LETTERS + track.charCodeAt(1) - A;
  const place = ((rocYear * PERIODS_PER_YEAR + term - 1) * TRACKS + letters) * POSITIONS + first;
  return place.toString(RADIX).toUpperCase().padStart(TRACK_ID_LENGTH, '0');
}

/** The place that a TrackID names; undefined for one that was never given. */
export function placeOfTrackId(text: string): TrackPlace | undefined {
  const id = text.toUpperCase();
  if (!TRACK_ID_SHAPE.test(id)) return undefined;
  const place = Number.parseInt(id, RADIX);
  const first = place % POSITIONS;
  const letters = Math.floor(place / POSITIONS) % TRACKS;
  const index = Math.floor(place / POSITIONS / TRACKS);
  const period = periodOfTerm(Math.floor(index / PERIODS_PER_YEAR), (index % PERIODS_PER_YEAR) + 1);
  const track = parseTrack(
    String.fromCharCode(A + Math.floor(letters / LETTERS), A + (letters % LETTERS)),
  );
  return period === undefined || track === undefined ? undefined : { period, track, first };
}

/** The eight digits of a position. */
export function digitsOf(track: SegmentRow['track'], position: number): string {
  return invoiceNumberAt(track, position).slice(2);
}

/** The period in which the clock stands. */
export function currentPeriod(clock: Clock): Period {
  return periodOf(taipeiDateOf(taipeiDateTime(clock.now())));
}

/** The periods of a ROC year, or the one of a term. */
export function periodsOfYear(rocYear: number, term = 0): readonly Period[] {
  const terms = term === 0 ? Array.from({ length: PERIODS_PER_YEAR }, (_, n) => n + 1) : [term];
  return terms.flatMap((one) => periodOfTerm(rocYear, one) ?? []);
}
