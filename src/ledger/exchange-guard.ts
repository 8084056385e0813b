/**
 * Documents that their parties exchange are changed by the exchange's own verbs alone, which tell both
 * parties: a verb that would change one side only refuses them. A chain tells which they are by how it
 * begins, so the question costs no look-up.
 */
import { type Fault, fault } from '../domain/fault.ts';
import type { FilingRow } from './rows.ts';

/** Whether the invoice of this chain is exchanged with its buyer. */
export function isExchangedChain(chain: readonly FilingRow[]): boolean {
  return chain.some((filing) => filing.message === 'A0101');
}

/** Why a verb that knows no partner may not touch the invoice of this chain; null where it may. */
export function exchangedFault(chain: readonly FilingRow[]): Fault | null {
  if (!isExchangedChain(chain)) return null;
  const hint = 'its buyer takes part in every change of it: use the calls of the exchange';
  return fault('INVOICE_EXCHANGED', 'number', hint);
}
