/** GET /sellers/{ubn}/filings and /sellers/{ubn}/alarms. */
import { z } from 'zod';
import { FILING_MESSAGES, FILING_STATES } from '../domain/filing.ts';
import { findAlarms, findEveryAlarm } from './alarms.ts';
import { pageParameters, timeParameter, ubnParameter } from './parameters.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';
import { showFiling } from './show.ts';
import { alarmView, centerAlarmView, filingView, pageOf } from './views.ts';

export const filingRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/alarms',
    operationId: 'listEveryAlarm',
    summary: 'Alarms of every seller that the caller may see, and of the center itself',
    params: z.strictObject({}),
    query: z.strictObject({}),
    response: z.object({ items: z.array(centerAlarmView) }),
    async handle(_input, { reads, clock, accounts, centerAlarms }, authority) {
      const sellers = accounts.sellers().filter(({ ubn }) => authority.maySee(ubn));
      return { items: [...(await findEveryAlarm(reads, clock, sellers, centerAlarms()))] };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/filings',
    operationId: 'listFilings',
    summary: 'Filings 上傳: messages owed to the Ministry, oldest first',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({
      ...pageParameters,
      state: z.enum(FILING_STATES).optional(),
      message: z.enum(FILING_MESSAGES).optional(),
      dueBefore: timeParameter.optional().describe('Due at or before'),
    }),
    response: pageOf(filingView),
    async handle({ params, query }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const { offset, limit, state, message, dueBefore } = query;
      const filter = {
        seller: ubn,
        ...(state === undefined ? {} : { states: [state] }),
        ...(message === undefined ? {} : { message }),
        ...(dueBefore === undefined ? {} : { dueBefore }),
      };
      const page = await context.reads.listFilings(filter, offset, limit);
      return { total: page.total, offset, limit, items: page.items.map(showFiling) };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/alarms',
    operationId: 'listAlarms',
    summary: 'What a person should look at now, the gravest first',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({}),
    response: z.object({ items: z.array(alarmView) }),
    async handle({ params }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      return { items: [...(await findAlarms(context.reads, context.clock, ubn))] };
    },
  }),
];
