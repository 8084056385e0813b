/**
 * One filing with what was done about it, and the two ways to send one on its way again: release what is held or
 * refused after mending, resend what is on its way and got lost. Both want a reason, which is kept.
 */
import { z } from 'zod';
import type { FilingState } from '../domain/filing.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { ResendFilingCommand } from '../ledger/filing-commands.ts';
import type { FilingRow } from '../ledger/rows.ts';
import type { Authority } from './authority.ts';
import { ApiError } from './error.ts';
import { ubnParameter } from './parameters.ts';
import { type ApiContext, type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';
import { showFiling, showTime } from './show.ts';
import { mendedFilingView } from './views.ts';

/** Longest reason; it is a person's sentence. */
export const MENDING_REASON_CHARACTERS_MAX = 200;

type From = ResendFilingCommand['from'];
export const RELEASED_FROM: From = ['held', 'refused'];
export const RESENT_FROM: From = ['handed', 'sent'];

const params = z.strictObject({
  ubn: ubnParameter,
  sequence: z.coerce.number().int().min(1).describe('Sequence of the filing'),
});
const body = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1)
    .max(MENDING_REASON_CHARACTERS_MAX)
    .describe('Why; kept, and covered by the journal'),
});

export const mendFilingRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/filings/{sequence}',
    operationId: 'getFiling',
    summary: 'One filing, with what was done about it',
    params,
    query: z.strictObject({}),
    response: mendedFilingView,
    async handle(input, context, authority) {
      const { ubn } = seenSeller(input.params.ubn, context, authority);
      return show(context, await seenFiling(context, ubn, input.params.sequence));
    },
  }),
  mendRoute(
    'release',
    'releaseFiling',
    RELEASED_FROM,
    'Send a held or refused filing after mending',
  ),
  mendRoute(
    'resend',
    'resendFiling',
    RESENT_FROM,
    'Give a filing whose file or answer is gone a new attempt, under a new file name',
  ),
];

function mendRoute(word: string, operationId: string, from: From, summary: string): ApiRoute {
  return defineRoute({
    method: 'POST',
    path: `/sellers/{ubn}/filings/{sequence}/${word}`,
    operationId,
    summary,
    params,
    query: z.strictObject({}),
    body,
    response: mendedFilingView,
    async handle(input, context, authority) {
      const { params: named, body: given } = input;
      return mend(context, authority, named, from, given?.reason ?? '');
    },
  });
}

async function mend(
  context: ApiContext,
  authority: Authority,
  { ubn: named, sequence }: z.output<typeof params>,
  from: From,
  reason: string,
) {
  const { ubn } = seenSeller(named, context, authority);
  const before = await seenFiling(context, ubn, sequence);
  const command = { seller: ubn, account: 'api', ip: '', sequence, from, reason };
  const [outcome] = await context.ledger.resendFiling([command]);
  if (outcome?.ok !== true) {
    throw new ApiError('CONFLICT', '', outcome?.faults[0]?.hint ?? 'the ledger refused it');
  }
  if (!outcome.value.isMoved) {
    throw new ApiError('CONFLICT', 'params.sequence', stateHint(before.state, from));
  }
  return show(context, await seenFiling(context, ubn, sequence));
}

function stateHint(state: FilingState, from: From): string {
  const other = from === RELEASED_FROM ? 'resend' : 'release';
  if (from.some((each) => each === state)) return 'it waits for an earlier filing of its document';
  return `it is ${state}: this is for one that is ${from.join(' or ')}; see also ${other}`;
}

async function seenFiling(
  { reads }: Pick<ApiContext, 'reads'>,
  seller: Ubn,
  sequence: number,
): Promise<FilingRow> {
  const { items } = await reads.listFilings({ seller, sequence }, 0, 1);
  const [filing] = items;
  if (filing !== undefined) return filing;
  throw new ApiError('NOT_FOUND', 'params.sequence', 'this seller has no such filing');
}

async function show(
  { reads }: Pick<ApiContext, 'reads'>,
  filing: FilingRow,
): Promise<z.input<typeof mendedFilingView>> {
  const mendings = await reads.listMendings(filing.seller, filing.sequence);
  return {
    ...showFiling(filing),
    mendings: mendings.map(({ fromState, fileName, reason, account, mendedAt }) => ({
      ...{ fromState, fileName, reason, account },
      mendedAt: showTime(mendedAt),
    })),
  };
}
