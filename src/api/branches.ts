/** POST /sellers/{ubn}/books/split: gives free booklets of a book to a branch, and owes an E0401 for it. */
import { z } from 'zod';
import { parseTrack } from '../domain/invoice-number.ts';
import { BRANCH_RANGES_MAX } from '../ledger/allot-to-branch.ts';
import { splitToBranch } from './branch-split.ts';
import { ApiError } from './error.ts';
import { periodParameter, ubnParameter } from './parameters.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';

const position = z
  .string()
  .regex(/^\d{8}$/, 'eight digits of a number')
  .transform(Number);

export const branchRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/sellers/{ubn}/books/split',
    operationId: 'splitBook',
    summary: 'Give free booklets of a book to a branch 分支機構 and owe the Ministry an E0401',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({}),
    body: z.strictObject({
      branch: ubnParameter.describe('Tax ID of one of the seller’s branches'),
      period: periodParameter,
      track: z.string().regex(/^[A-Z]{2}$/, 'two capitals'),
      ranges: z
        .array(z.strictObject({ first: position, last: position }))
        .min(1)
        .max(BRANCH_RANGES_MAX)
        .describe('Whole booklets of fifty, all within one book'),
    }),
    response: z.object({
      outcome: z.enum(['reported', 'known']),
      isSellerHere: z.boolean().describe('Whether the branch issues from them here'),
    }),
    async handle({ params, body }, context, authority) {
      const { ubn: seller } = seenSeller(params.ubn, context, authority);
      const track = parseTrack(body?.track ?? '');
      if (body === undefined || track === undefined) {
        throw new ApiError('PARAMETER_INVALID', 'body', 'say which numbers go to which branch');
      }
      const { branch, period, ranges } = body;
      const command = { seller, account: 'api', ip: '', branch, period, track, ranges };
      const split = await splitToBranch(context, command);
      if (!split.ok) {
        const [{ path, hint } = { path: '', hint: '' }] = split.faults;
        throw new ApiError('PARAMETER_INVALID', `body.${path}`, hint);
      }
      const { isNew, isSellerHere } = split.value;
      return { outcome: isNew ? ('reported' as const) : ('known' as const), isSellerHere };
    },
  }),
];
