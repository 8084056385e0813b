/** Statements about machines, and about the segments that bear a code in whatever period. */
import { sql } from 'kysely';
import type { MachineRow, SegmentRow } from '../../ledger/rows.ts';
import { MACHINE } from '../schema.ts';
import { changeSet, insertSet, lookupSet, updateSet } from '../sets.ts';
import { type Kit, prepare, slotOf, slotsOf } from '../statement.ts';
import { table } from '../table.ts';

export type MachineKey = Pick<MachineRow, 'seller' | 'id'>;
const MACHINE_KEY = table<MachineKey>('item', [], { seller: 'text', id: 'text' });

export type SegmentCodeKey = Pick<SegmentRow, 'seller' | 'category' | 'code'>;
const SEGMENT_CODE_KEY = table<SegmentCodeKey>('item', [], {
  seller: 'text',
  category: 'text',
  code: 'text',
});

export function machineStatements(kit: Kit) {
  const { db } = kit;
  const code = slotsOf(SEGMENT_CODE_KEY, slotOf);
  return {
    findMachines: lookupSet(kit, 'find_machines', MACHINE_KEY, (key) =>
      db
        .selectFrom('machine')
        .selectAll('machine')
        .where('seller', '=', key.seller)
        .where('id', '=', key.id),
    ),
    insertMachines: insertSet(kit, MACHINE),
    saveMachines: updateSet(kit, MACHINE, ['remark']),
    deleteMachines: changeSet(kit, 'delete_machines', MACHINE, (row, items) => {
      const using = items === null ? sql`` : sql` using ${items}`;
      return sql`delete from machine${using}
        where machine.seller = ${row.seller} and machine.id = ${row.id}`;
    }),
    findSegmentsOfCode: prepare<SegmentCodeKey>(
      kit,
      'find_segments_of_code',
      db
        .selectFrom('segment')
        .selectAll()
        .where('seller', '=', code.seller)
        .where('category', '=', code.category)
        .where('code', '=', code.code),
    ),
  };
}
