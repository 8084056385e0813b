/** GET /sellers/{ubn}/journal and its verification: the append-only, hash-chained record. */
import { z } from 'zod';
import type { StoreReads } from '../ledger/ports.ts';
import { verifyJournal } from '../ledger/verify.ts';
import { PAGE_ITEMS_DEFAULT, PAGE_ITEMS_MAX, ubnParameter } from './parameters.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';
import { showTime } from './show.ts';
import { entryView, verificationView } from './views.ts';

/** Between pages other requests get their turn: an embedded database answers without waiting. */
function withTurns(reads: StoreReads): StoreReads {
  return {
    ...reads,
    async listEntries(seller, afterSequence, limit) {
      await new Promise((resolve) => setImmediate(resolve));
      return reads.listEntries(seller, afterSequence, limit);
    },
  };
}

export const journalRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/journal',
    operationId: 'listEntries',
    summary: 'Journal entries 日誌 after a sequence, oldest first',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({
      after: z.coerce.number().int().min(0).default(0).describe('Sequence to continue after'),
      limit: z.coerce.number().int().min(1).max(PAGE_ITEMS_MAX).default(PAGE_ITEMS_DEFAULT),
    }),
    response: z.object({ items: z.array(entryView) }),
    async handle({ params, query }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const entries = await context.reads.listEntries(ubn, query.after, query.limit);
      return {
        items: entries.map(({ seller: _seller, at, ...entry }) => ({
          ...entry,
          at: showTime(at),
        })),
      };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/journal/verification',
    operationId: 'verifyJournal',
    summary: 'Recomputes every hash of the journal and of the documents that it names',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({}),
    response: verificationView,
    async handle({ params }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const { entries, breaks } = await verifyJournal(withTurns(context.reads), [ubn]);
      return {
        isWhole: breaks.length === 0,
        entries,
        breaks: breaks.map(({ sequence, problem }) => ({ sequence, problem })),
      };
    },
  }),
];
