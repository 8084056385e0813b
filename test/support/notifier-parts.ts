/** What a notifier needs, over a real ledger, for claims about sending. */

import type { Seller } from '../../src/domain/seller.ts';
import type { NoticeRow } from '../../src/ledger/rows.ts';
import { createPoster } from '../../src/notify/guarded-post.ts';
import type { NotifierParts } from '../../src/notify/notifier.ts';
import type { DelayHouse } from './delayed-invoices.ts';
import { SELLER_A } from './demo.ts';

const { ubn: seller } = SELLER_A;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A notifier's parts over a real ledger; mail is kept, programs are posted to for real. */
export function partsOf(
  { ledger, store, clock }: DelayHouse,
  changes: Partial<NotifierParts> & { readonly seller?: Partial<Seller> } = {},
): NotifierParts {
  const one = { ...SELLER_A, ...changes.seller };
  return {
    ledger,
    accounts: {
      find: () => undefined,
      seller: (ubn) => (ubn === seller ? one : undefined),
      sellers: () => [one],
    },
    directory: store.directory,
    clock,
    log: SILENT,
    mail: { send: async () => ({ kind: 'delivered', note: 'kept' }) },
    sms: null,
    poster: createPoster({ isAnywhereAllowed: true, timeoutMs: 2_000 }),
    forms: {
      formOf: async ({ subject }) => ({
        fields: { subject },
        isAccepted: (status, text) => status === 200 && text === '1|OK',
      }),
    },
    links: { invoiceLink: () => 'https://kaili.example/i/x', consentLink: (token) => token },
    host: 'kaili.example',
    isCrowded: () => false,
    ...changes,
  };
}

/** The seller's notices, oldest first. */
export async function notices({ ledger }: DelayHouse): Promise<readonly NoticeRow[]> {
  return (await ledger.reads.listNotices({ seller }, 0, 50)).items.toReversed();
}

/** A mail sender that takes everything and counts. */
export function countingMail(): Pick<NotifierParts, 'mail'> & { count(): number } {
  let count = 0;
  return {
    mail: {
      send: async () => {
        count += 1;
        return { kind: 'delivered', note: 'kept' };
      },
    },
    count: () => count,
  };
}
