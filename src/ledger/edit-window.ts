/**
 * The edit window 修改期: how long a new invoice's filing waits so that its content may still be amended. It
 * ends by time, and at once when the invoice is voided or given back from: from then on nothing is amended.
 */
import { type TaipeiDateTime, taipeiDateTime } from '../domain/taipei.ts';
import type { Chains } from './chain.ts';
import type { FilingRow, InvoiceKey } from './rows.ts';

const HOUR_MS = 3_600_000;

/** The end of an invoice's edit window of these hours; null where there is none any more. */
export function editWindowEnd(
  issuedAt: TaipeiDateTime,
  hours: number,
  now: TaipeiDateTime,
): TaipeiDateTime | null {
  // Nearly every invoice: spares the reckoning.
  if (hours === 0) return issuedAt > now ? issuedAt : null;
  // Taipei has no summer time: the wall clock and the hours run alike.
  const issuedMs = Date.parse(`${issuedAt.replace(' ', 'T')}+08:00`);
  const end = taipeiDateTime(issuedMs + hours * HOUR_MS);
  return end > now ? end : null;
}

/** The filing without its edit window: ready where nothing else holds it. */
export function withoutEditWindow(filing: FilingRow): FilingRow {
  const holds = filing.holds.filter((hold) => hold !== 'edit-window');
  return { ...filing, holds, releaseAt: null, state: holds.length > 0 ? 'held' : 'ready' };
}

/** Ends the edit windows of an invoice; answers the filings that changed. */
export function endEditWindows(chains: Chains, invoice: InvoiceKey): readonly FilingRow[] {
  const released: FilingRow[] = [];
  for (const filing of chains.of(invoice)) {
    if (filing.state !== 'held' || !filing.holds.includes('edit-window')) continue;
    released.push(withoutEditWindow(filing));
  }
  for (const filing of released) chains.replace(filing);
  return released;
}
