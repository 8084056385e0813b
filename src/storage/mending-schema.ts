/** The table of what people did about filings. */
import type { MendingRow } from '../ledger/mending-row.ts';
import { table } from './table.ts';

export const MENDING = table<MendingRow>('mending', ['seller', 'sequence'], {
  seller: 'text',
  sequence: 'integer',
  filing: 'integer',
  fromState: 'text',
  fileName: 'text',
  reason: 'text',
  account: 'text',
  mendedAt: 'text',
});
