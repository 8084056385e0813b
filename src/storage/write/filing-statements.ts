/**
 * The outbox's own steps, each one statement that finds the filing as it has to be and changes only what the step
 * changes: thousands are taken at a time, and neither is a row read for them nor an index touched that stays the same.
 */
import { type RawBuilder, sql } from 'kysely';
import type { FilingNote, FilingPromise, FilingTaken } from '../../ledger/filing-ports.ts';
import { changeSome } from '../sets.ts';
import type { Kit, Slots } from '../statement.ts';
import { table } from '../table.ts';

const FILING_PROMISE = table<FilingPromise>('item', ['seller', 'sequence'], {
  seller: 'text',
  sequence: 'integer',
  attempts: 'integer',
  version: 'integer',
  fileName: 'text',
  handedAt: 'text',
});
const FILING_NOTE = table<FilingNote>('item', ['seller', 'sequence'], {
  seller: 'text',
  sequence: 'integer',
  fileName: 'text',
});
const FILING_TAKEN = table<FilingTaken>('item', ['seller', 'sequence'], {
  seller: 'text',
  sequence: 'integer',
  fileName: 'text',
  sentAt: 'text',
});

export function filingStatements(kit: Kit) {
  return {
    promiseFilings: changeSome(kit, 'promise_filings', FILING_PROMISE, (row, items) =>
      step(
        row,
        items,
        sql`state = 'handed', holds = '[]', attempts = ${row.attempts}, file_name = ${row.fileName},
          is_written = 0, handed_at = ${row.handedAt}, sent_at = null, settled_at = null,
          result_code = '', result_text = ''`,
        sql`filing.state = 'ready' and filing.attempts + 1 = ${row.attempts}
          and filing.version = ${row.version}`,
      ),
    ),
    noteFilings: changeSome(kit, 'note_filings', FILING_NOTE, (row, items) =>
      step(
        row,
        items,
        sql`is_written = 1`,
        sql`filing.state = 'handed' and filing.is_written = 0 and filing.file_name = ${row.fileName}`,
      ),
    ),
    takeFilings: changeSome(kit, 'take_filings', FILING_TAKEN, (row, items) =>
      step(
        row,
        items,
        sql`state = 'sent', is_written = 1, sent_at = ${row.sentAt}, result_code = '', result_text = ''`,
        sql`filing.state = 'handed' and filing.file_name = ${row.fileName}`,
      ),
    ),
  };
}

function step(
  row: Slots<FilingNote>,
  items: RawBuilder<unknown> | null,
  change: RawBuilder<unknown>,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const from = items === null ? sql`` : sql` from ${items}`;
  return sql`update filing set ${change}${from}
    where filing.seller = ${row.seller} and filing.sequence = ${row.sequence} and ${where}`;
}
