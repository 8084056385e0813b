/** The segments of the tracks that a batch's commands name, as the batch finds and leaves them. */
import type { Track } from '../domain/invoice-number.ts';
import type { Period } from '../domain/period.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Batch } from './batch.ts';
import type { SegmentRow } from './rows.ts';

interface TrackPlace {
  readonly seller: Ubn;
  readonly period: Period;
  readonly track: Track;
}

/** `segment/11512/KA/10000000`, for the journal. */
export function segmentSubject({ period, track, first }: SegmentRow): string {
  return `segment/${period}/${track}/${first}`;
}

export class Segments {
  readonly #batch: Batch;
  readonly #periods = new Map<string, Map<string, SegmentRow>>();
  readonly #stored = new Set<string>();
  readonly #changed = new Set<string>();

  constructor(batch: Batch) {
    this.#batch = batch;
  }

  /** All segments of the track, by first number. */
  async ofTrack({ seller, period, track }: TrackPlace): Promise<readonly SegmentRow[]> {
    const place = `${seller}/${period}`;
    let rows = this.#periods.get(place);
    if (rows === undefined) {
      const found = await this.#batch.transaction.findSegments(seller, period);
      rows = new Map(found.map((row) => [keyOf(row), row]));
      for (const key of rows.keys()) this.#stored.add(key);
      this.#periods.set(place, rows);
    }
    return [...rows.values()]
      .filter((row) => row.track === track)
      .toSorted((left, right) => left.first - right.first);
  }

  /** The row as it is from now on; its track was asked for before. */
  put(row: SegmentRow): void {
    this.#periods.get(`${row.seller}/${row.period}`)?.set(keyOf(row), row);
    this.#changed.add(keyOf(row));
  }

  /** Writes what was put: rows that the store has are saved, others inserted. */
  async save(): Promise<void> {
    const rows = [...this.#periods.values()]
      .flatMap((period) => [...period.values()])
      .filter((row) => this.#changed.has(keyOf(row)));
    const isStored = (row: SegmentRow): boolean => this.#stored.has(keyOf(row));
    await this.#batch.transaction.saveSegments(rows.filter(isStored));
    await this.#batch.transaction.insertSegments(rows.filter((row) => !isStored(row)));
  }
}

function keyOf({ seller, period, track, first }: SegmentRow): string {
  return `${seller}/${period}/${track}/${first}`;
}
