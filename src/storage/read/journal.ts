/** Reads of number books, segments, journal entries and the contents that entries name. */
import type { Period } from '../../domain/period.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type { StoreReads } from '../../ledger/ports.ts';
import type { InvoiceKey } from '../../ledger/rows.ts';
import type { Session } from '../engine.ts';
import { BLANK, BOOK, ENTRY, MACHINE, NUMBER_REPORT, SEGMENT, VERSION } from '../schema.ts';
import { lookupSet } from '../sets.ts';
import { compileOnce, type Kit, prepare, slotOf, slotsOf } from '../statement.ts';
import { decode, table } from '../table.ts';

interface VersionKey extends InvoiceKey {
  readonly version: number;
}
const VERSION_KEY = table<VersionKey>('item', [], {
  seller: 'text',
  period: 'text',
  number: 'text',
  version: 'integer',
});

interface EntriesAfter {
  readonly seller: Ubn;
  readonly sequence: number;
  readonly limit: number;
}
const ENTRIES_AFTER = table<EntriesAfter>('item', [], {
  seller: 'text',
  sequence: 'integer',
  limit: 'integer',
});

type JournalReads = Pick<
  StoreReads,
  | 'listMachines'
  | 'listBooks'
  | 'listSegments'
  | 'listBlanks'
  | 'listNumberReports'
  | 'listEntries'
  | 'findVersions'
>;

export function journalReads(kit: Kit, session: Session): JournalReads {
  const entries = entriesAfter(kit);
  const versions = versionLookup(kit);
  return {
    async listBooks(seller, period) {
      const { statement, values } = compileOnce(kit, numbersOf(kit, 'book', seller, period));
      const { rows } = await session.run(statement, [values]);
      return rows.map((row) => decode(BOOK, row));
    },
    async listSegments(seller, period) {
      const { statement, values } = compileOnce(kit, numbersOf(kit, 'segment', seller, period));
      const { rows } = await session.run(statement, [values]);
      return rows.map((row) => decode(SEGMENT, row));
    },
    async listBlanks(seller, period) {
      const { statement, values } = compileOnce(kit, numbersOf(kit, 'blank', seller, period));
      const { rows } = await session.run(statement, [values]);
      return rows.map((row) => decode(BLANK, row));
    },
    async listNumberReports(seller, period) {
      const reports = kit.db
        .selectFrom('number_report')
        .selectAll()
        .where('seller', '=', seller)
        .orderBy('period')
        .orderBy('message')
        .orderBy('numbers')
        .orderBy('version');
      const wanted = period === undefined ? reports : reports.where('period', '=', period);
      const { statement, values } = compileOnce(kit, wanted);
      const { rows } = await session.run(statement, [values]);
      return rows.map((row) => decode(NUMBER_REPORT, row));
    },
    async listMachines(seller) {
      const all = kit.db.selectFrom('machine').selectAll();
      const { statement, values } = compileOnce(
        kit,
        all.where('seller', '=', seller).orderBy('id'),
      );
      const { rows } = await session.run(statement, [values]);
      return rows.map((row) => decode(MACHINE, row));
    },
    async listEntries(seller, afterSequence, limit) {
      const values = entries.bind({ seller, sequence: afterSequence, limit });
      const { rows } = await session.run(entries.statement, [values]);
      return rows.map((row) => decode(ENTRY, row));
    },
    async findVersions(keys) {
      const { rows } = await versions.run(session, keys);
      return rows.map((row) => decode(VERSION, row));
    },
  };
}

/** By period, track and first number. */
function numbersOf(
  { db }: Kit,
  source: 'book' | 'segment' | 'blank',
  seller: Ubn,
  period?: Period,
) {
  const all = db
    .selectFrom(source)
    .selectAll()
    .where('seller', '=', seller)
    .orderBy('period')
    .orderBy('track')
    .orderBy('first');
  return period === undefined ? all : all.where('period', '=', period);
}

function entriesAfter(kit: Kit) {
  const after = slotsOf(ENTRIES_AFTER, slotOf);
  return prepare<EntriesAfter>(
    kit,
    'read_entries',
    kit.db
      .selectFrom('entry')
      .selectAll()
      .where('seller', '=', after.seller)
      .where('sequence', '>', after.sequence)
      .orderBy('sequence')
      .limit(after.limit),
  );
}

function versionLookup(kit: Kit) {
  return lookupSet(kit, 'read_versions', VERSION_KEY, (key) =>
    kit.db
      .selectFrom('version')
      .selectAll()
      .where('seller', '=', key.seller)
      .where('number', '=', key.number)
      .where('period', '=', key.period)
      .where('version', '=', key.version),
  );
}
