/**
 * GET /sellers/{ubn}/reconciliation: what a day owes the Ministry against what the platform's daily summaries
 * named as taken, message by message, and each filing that is missing. The Ministry's self-test demands this
 * comparison every day, with an alarm (MOF Turnkey self-test V4.8.1).
 */
import { z } from 'zod';
import { taipeiDate } from '../domain/calendar.ts';
import { FILING_MESSAGES, type FilingMessage } from '../domain/filing.ts';
import type { TaipeiDate } from '../domain/taipei.ts';
import type { DayCount } from '../ledger/filters.ts';
import { ubnParameter } from './parameters.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';
import { showFiling } from './show.ts';
import { dayView } from './views.ts';

/** Missing filings that are shown; `total` counts all of them. */
const MISSING_SHOWN_MAX = 100;
const dateParameter = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'a day is written 2026-11-21')
  .transform((text, context): TaipeiDate => {
    const [year, month, day] = text.split('-').map(Number);
    const date = taipeiDate(year ?? 0, month ?? 0, day ?? 0);
    if (date !== undefined) return date;
    context.addIssue('no calendar has this day');
    return z.NEVER;
  })
  .describe(
    'Day in Taipei by which results name documents: of the invoice, the void, the allowance',
  );

type Row = z.input<typeof dayView>['messages'][number];

export const reconciliationRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/reconciliation',
    operationId: 'reconcileDay',
    summary: 'What a day owes the Ministry against what its summaries named as taken',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({ date: dateParameter }),
    response: dayView,
    async handle({ params, query: { date } }, context, authority) {
      const { ubn: seller } = seenSeller(params.ubn, context, authority);
      const counts = await context.reads.countDay(seller, date);
      const day = { seller, keyDateFrom: date, keyDateTo: date, isSummarized: false };
      const missing = await context.reads.listFilings(day, 0, MISSING_SHOWN_MAX);
      return {
        date,
        isEven: missing.total === 0,
        messages: FILING_MESSAGES.flatMap((message) => rowOf(message, counts)),
        missing: { total: missing.total, items: missing.items.map(showFiling) },
      };
    },
  }),
];

function rowOf(message: FilingMessage, counts: readonly DayCount[]): readonly Row[] {
  const own = counts.filter((count) => count.message === message);
  if (own.length === 0) return [];
  const sum = (wanted: (count: DayCount) => boolean) =>
    own.filter(wanted).reduce((total, { count }) => total + count, 0);
  return [
    {
      message,
      owed: sum(() => true),
      summarized: sum(({ isSummarized }) => isSummarized),
      confirmed: sum(({ state }) => state === 'confirmed'),
      refused: sum(({ state }) => state === 'refused'),
      held: sum(({ state }) => state === 'held'),
      travelling: sum(({ state }) => ['ready', 'handed', 'sent'].includes(state)),
    },
  ];
}
