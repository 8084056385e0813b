/** Commands of delayed invoices and online allowances over a real ledger, for claims about them. */

import { parseTrack } from '../../src/domain/invoice-number.ts';
import type { Period } from '../../src/domain/period.ts';
import { taipeiDateTime } from '../../src/domain/taipei.ts';
import { createLedger, type LedgerHandle } from '../../src/ledger/create.ts';
import type { IssueCommand, ScheduleCommand } from '../../src/ledger/ledger.ts';
import type { Store } from '../../src/ledger/ports.ts';
import { accepted, composed, SELLER_A, SELLER_B } from './demo.ts';
import { type OpenedStore, seededRandom, TestClock } from './engines.ts';

const { ubn: seller } = SELLER_A;
export const MERCHANT = { seller, account: 'ecpay:2000132', ip: '203.0.113.6' } as const;
export const SYSTEM = { seller, account: 'system', ip: '' } as const;

export interface DelayHouse {
  readonly ledger: LedgerHandle;
  readonly store: Store;
  readonly clock: TestClock;
}

/** A ledger at 2026-11-21 10:00:00 with some numbers of the current and the next period. */
export async function withDelayHouse(
  open: () => Promise<OpenedStore>,
  claim: (house: DelayHouse) => Promise<void>,
  numbers = 50,
): Promise<void> {
  const opened = await open();
  try {
    const { store } = opened;
    await store.directory.saveSellers([SELLER_A, SELLER_B]);
    const clock = new TestClock();
    const ledger = createLedger({ store, clock, random: seededRandom(4) });
    const track = parseTrack('KA');
    if (track === undefined) throw new Error('KA is a track');
    for (const period of ['11512', '11602']) {
      const first = 10_000_000;
      const segment = { first, code: '', category: 'b2c', allotter: 'center' } as const;
      const [outcome] = await ledger.importBook([
        {
          ...SYSTEM,
          // A period of these claims, written as one.
          period: period as Period,
          track,
          first,
          last: first + 49,
          invoiceType: '07',
          source: 'manual',
          segments: [{ ...segment, last: first + numbers - 1 }],
        },
      ]);
      accepted(outcome);
    }
    await claim({ ledger, store, clock });
    await ledger.drain();
  } finally {
    await opened.remove();
  }
}

export function issueOf(reference: string, total = 100): IssueCommand {
  return {
    ...MERCHANT,
    composed: composed(total),
    references: [{ kind: 'relate', key: reference, until: 'ever' }],
    reference,
    billingReference: '',
    channel: 'api',
    channelPartner: '',
    segment: { category: 'b2c', code: '' },
  };
}

export function delayed(key: string, changes: Partial<ScheduleCommand> = {}): ScheduleCommand {
  return {
    ...MERCHANT,
    key,
    mode: 'date',
    delayDays: 1,
    callbackUrl: '',
    invoice: issueOf(`ORDER-${key}`),
    ...changes,
  };
}

/** Issues what is due now, as the server's timer does. */
export async function issueDue({ ledger, clock }: DelayHouse): Promise<number> {
  const now = taipeiDateTime(clock.now());
  const due = await ledger.reads.listDuePendingIssues(now, 100);
  await ledger.issuePending(
    due.map(({ seller: of, account, key }) => ({
      ...SYSTEM,
      seller: of,
      pending: { account, key },
    })),
  );
  return due.length;
}
