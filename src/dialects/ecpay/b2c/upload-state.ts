/**
 * What a filing's state is on the wire: ECPay's Upload_Status, Upload_Date and Turnkey_Status. Only what
 * the Ministry confirmed counts as uploaded.
 */
import type { FilingState } from '../../../domain/filing.ts';
import type { FilingRow } from '../../../ledger/rows.ts';

/** C done, E failed, G waits for the answer, P handed over, '' not yet. */
export type TurnkeyStatus = '' | 'C' | 'E' | 'G' | 'P';

export function turnkeyStatusOf(state: FilingState): TurnkeyStatus {
  switch (state) {
    case 'held':
    case 'ready':
      return '';
    case 'handed':
      return 'P';
    case 'sent':
      return 'G';
    case 'confirmed':
      return 'C';
    case 'refused':
      return 'E';
  }
}

export function uploadStatusOf(filing: FilingRow | null): '0' | '1' {
  return filing?.state === 'confirmed' ? '1' : '0';
}

/** When the Ministry confirmed it; '' before. */
export function uploadDateOf(filing: FilingRow | null): string {
  return filing?.state === 'confirmed' ? (filing.settledAt ?? '') : '';
}
