/**
 * POST /periods/{period}/close: reports a past period's never-used numbers (E0402) of every seller that the
 * caller may see, or of one. Closing again is free.
 */
import { z } from 'zod';
import { ApiError } from './error.ts';
import { periodParameter, ubnParameter } from './parameters.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';
import { showPosition } from './show.ts';
import { closedTrackView } from './views.ts';

export const periodRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/periods/{period}/close',
    operationId: 'closePeriod',
    summary:
      'Close a past period 期別: gather its never-used numbers and owe the Ministry an E0402',
    params: z.strictObject({ period: periodParameter }),
    query: z.strictObject({}),
    body: z
      .strictObject({
        seller: ubnParameter.optional(),
        resend: z.boolean().default(false).describe('Also what was confirmed and did not change'),
      })
      .nullish()
      .transform((body) => body ?? { seller: undefined, resend: false }),
    response: z.object({ items: z.array(closedTrackView) }),
    async handle({ params: { period }, body }, context, authority) {
      const { seller, resend = false } = body ?? {};
      const sellers =
        seller === undefined
          ? context.accounts.sellers().filter(({ ubn }) => authority.maySee(ubn))
          : [seenSeller(seller, context, authority)];
      const commands = sellers.map(({ ubn }) => {
        return { seller: ubn, account: 'api', ip: '', period, isResent: resend };
      });
      const outcomes = await context.ledger.closePeriod(commands);
      const items = outcomes.flatMap((outcome, index) => {
        if (!outcome.ok) {
          throw new ApiError('PARAMETER_INVALID', 'params.period', outcome.faults[0]?.hint ?? '');
        }
        return outcome.value.map(({ track, invoiceType, ranges, state }) => ({
          seller: commands[index]?.seller ?? '',
          ...{ track, invoiceType, state },
          ranges: ranges.map(({ first, last }) => ({
            first: showPosition(first),
            last: showPosition(last),
          })),
        }));
      });
      return { items };
    },
  }),
];
