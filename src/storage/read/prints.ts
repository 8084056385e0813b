/** Reads of prints: the log of an invoice, and the jobs that printers wait for. */
import { sql } from 'kysely';
import type { TaipeiDateTime } from '../../domain/taipei.ts';
import type { PrintFilter, PrintReads } from '../../ledger/print-ports.ts';
import type { Session } from '../engine.ts';
import { PRINT } from '../schema.ts';
import { type Built, compileOnce, type Kit, prepare, slotOf, slotsOf } from '../statement.ts';
import { decode, table } from '../table.ts';

interface DueBy {
  readonly now: TaipeiDateTime;
  readonly limit: number;
}
const DUE_BY = table<DueBy>('item', [], { now: 'text', limit: 'integer' });

export function printReads(kit: Kit, session: Session): PrintReads {
  const { db } = kit;
  const slots = slotsOf(DUE_BY, slotOf);
  const due = prepare<DueBy>(
    kit,
    'read_due_prints',
    db
      .selectFrom('print')
      .selectAll()
      .where('settled_at', 'is', null)
      .where('next_at', '<=', slots.now)
      .orderBy('next_at')
      .orderBy('seller')
      .orderBy('sequence')
      .limit(slots.limit),
  );
  async function run(built: Built) {
    const { statement, values } = compileOnce(kit, built);
    return (await session.run(statement, [values])).rows.map((row) => decode(PRINT, row));
  }
  return {
    listPrints: (filter, limit) => run(listOf(kit, filter, limit)),
    async listDuePrints(now, limit) {
      const { rows } = await session.run(due.statement, [due.bind({ now, limit })]);
      return rows.map((row) => decode(PRINT, row));
    },
    async findPrint(seller, sequence) {
      const all = db.selectFrom('print').selectAll().where('seller', '=', seller);
      const [found] = await run(all.where('sequence', '=', sequence));
      return found ?? null;
    },
  };
}

/** Newest first. */
function listOf({ db }: Kit, filter: PrintFilter, limit: number) {
  let query = db
    .selectFrom('print')
    .selectAll()
    .where('seller', '=', filter.seller)
    .orderBy('sequence', 'desc')
    .limit(limit);
  if (filter.invoice !== undefined) {
    query = query
      .where('number', '=', filter.invoice.number)
      .where('period', '=', filter.invoice.period);
  }
  if (filter.medium !== undefined) query = query.where('medium', '=', filter.medium);
  if (filter.states === undefined) return query;
  if (filter.states.length === 0) return query.where(sql<boolean>`1 = 0`);
  return query.where('state', 'in', filter.states);
}
