/** `/sandbox/ministry`: what the simulated Ministry does wrong on purpose, read and set while it runs. */
import { z } from 'zod';
import { ApiError } from '../../api/error.ts';
import { type ApiRoute, defineRoute } from '../../api/route.ts';
import { parsePlan } from '../../mof/simulator/plan.ts';
import type { MinistryControl } from './sandbox.ts';

const planView = z.object({
  isTurnkeyDown: z.boolean().optional().describe('Turnkey takes nothing out of SRC'),
  slowerByMs: z.int().optional().describe('Answers come this much later'),
  isSilent: z.boolean().optional().describe('Messages are taken and never answered'),
  refuseEvery: z
    .object({ nth: z.int(), code: z.string() })
    .optional()
    .describe('Every nth message is refused with this code'),
  duplicateEvery: z.int().optional().describe('Every nth result comes twice'),
  truncateEvery: z.int().optional().describe('Every nth result comes cut in half'),
});
const NOTHING = { params: z.strictObject({}), query: z.strictObject({}) };

export function ministryRoutes(ministry: MinistryControl): readonly ApiRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/ministry',
      operationId: 'readMinistry',
      summary: 'What the simulated Ministry does wrong on purpose; {} nothing',
      ...NOTHING,
      response: planView,
      handle: async () => ({ ...ministry.plan() }),
    }),
    defineRoute({
      method: 'PUT',
      path: '/ministry',
      operationId: 'setMinistry',
      summary: 'Sets what it does wrong from now on, in place of all that was set before',
      ...NOTHING,
      body: z.unknown(),
      response: planView,
      async handle({ body }) {
        const plan = parsePlan(body);
        if (typeof plan === 'string') throw new ApiError('PARAMETER_INVALID', 'body', plan);
        ministry.setPlan(plan);
        return { ...plan };
      },
    }),
  ];
}
