/**
 * setSegmentStatus: enables, pauses or stops a segment 切本. A stopped one gives numbers never again; an
 * exhausted one has none to give.
 */
import { done, fault, type Outcome, refused } from '../domain/fault.ts';
import { canMoveSegment } from '../domain/number-book.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { SetSegmentStatusCommand } from './ledger.ts';
import type { SegmentRow } from './rows.ts';
import { Segments, segmentSubject } from './segments.ts';
import type { Verb } from './verb.ts';

export const setSegmentStatus: Verb<SetSegmentStatusCommand, SegmentRow> = {
  name: 'setSegmentStatus',
  apply,
};

async function apply(
  batch: Batch,
  commands: readonly SetSegmentStatusCommand[],
): Promise<readonly Outcome<SegmentRow>[]> {
  const segments = new Segments(batch);
  const outcomes: Outcome<SegmentRow>[] = [];
  for (const command of commands) {
    const rows = await segments.ofTrack(command);
    const found = rows.find((row) => row.first === command.first);
    if (found === undefined) {
      const hint = 'no segment of this track and period begins with this number';
      outcomes.push(refused(fault('SEGMENT_NOT_FOUND', 'first', hint)));
      continue;
    }
    if (found.status === command.status) {
      outcomes.push(done(found));
      continue;
    }
    if (!canMoveSegment(found.status, command.status)) {
      const hint = `it is ${found.status}, which nothing changes`;
      outcomes.push(refused(fault('SEGMENT_STATUS_FINAL', 'status', hint)));
      continue;
    }
    const row: SegmentRow = { ...found, status: command.status };
    segments.put(row);
    const hash = contentHash(JSON.stringify({ status: row.status }));
    const subject = segmentSubject(row);
    batch.append(command.seller, setSegmentStatus.name, command.account, subject, hash);
    outcomes.push(done(row));
  }
  await segments.save();
  return outcomes;
}
