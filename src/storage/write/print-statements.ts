/** The write path of prints and of the printers' jobs. */
import type { Ubn } from '../../domain/ubn.ts';
import type { InvoiceKey } from '../../ledger/rows.ts';
import { PRINT } from '../schema.ts';
import { insertSet, lookupSet, updateSet } from '../sets.ts';
import type { Kit } from '../statement.ts';
import { table } from '../table.ts';

const INVOICE_KEY = table<InvoiceKey>('item', [], {
  seller: 'text',
  number: 'text',
  period: 'text',
});
const SEQUENCE_KEY = table<{ readonly seller: Ubn; readonly sequence: number }>('item', [], {
  seller: 'text',
  sequence: 'integer',
});

/** All that printing changes; what is printed stays. */
const PRINT_CHANGES = ['state', 'attempts', 'nextAt', 'settledAt', 'result'] as const;

export function compilePrintWrites(kit: Kit) {
  const { db } = kit;
  return {
    insertPrints: insertSet(kit, PRINT),
    savePrints: updateSet(kit, PRINT, PRINT_CHANGES),
    findPrints: lookupSet(kit, 'find_prints', SEQUENCE_KEY, (key) =>
      db
        .selectFrom('print')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('sequence', '=', key.sequence),
    ),
    findPrintsOf: lookupSet(kit, 'find_prints_of', INVOICE_KEY, (key) =>
      db
        .selectFrom('print')
        .selectAll()
        .where('seller', '=', key.seller)
        .where('number', '=', key.number)
        .where('period', '=', key.period),
    ),
  };
}
