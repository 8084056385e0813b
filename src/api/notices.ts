/** GET /sellers/{ubn}/notices, POST /sellers/{ubn}/notices/{sequence}/resend. */
import { z } from 'zod';
import { NOTICE_KINDS, NOTICE_STATES, NOTICE_TAGS } from '../domain/notice.ts';
import type { NoticeRow } from '../ledger/rows.ts';
import { ApiError } from './error.ts';
import { pageParameters, ubnParameter } from './parameters.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';
import { showTime } from './show.ts';
import { pageOf } from './views.ts';

export const noticeView = z.object({
  sequence: z.int(),
  kind: z.enum(NOTICE_KINDS),
  tag: z.enum(NOTICE_TAGS).describe('What it tells'),
  audience: z.enum(['buyer', 'seller', 'program']),
  recipient: z.string().describe('Mail address, telephone number or URL'),
  subject: z.string().describe('The document, as the journal names it'),
  state: z.enum(NOTICE_STATES),
  attempts: z.int(),
  createdAt: z.string(),
  nextAt: z.string().nullable().describe('When the next attempt may begin; null once settled'),
  settledAt: z.string().nullable(),
  result: z.string().describe('What the last attempt came to'),
});

function show(row: NoticeRow): z.input<typeof noticeView> {
  const { sequence, kind, tag, audience, recipient, subject, state, attempts, result } = row;
  return {
    ...{ sequence, kind, tag, audience, recipient, subject, state, attempts, result },
    createdAt: showTime(row.createdAt),
    nextAt: row.settledAt === null ? showTime(row.nextAt) : null,
    settledAt: row.settledAt === null ? null : showTime(row.settledAt),
  };
}

export const noticeRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/notices',
    operationId: 'listNotices',
    summary: 'Notices 通知: mails, text messages, callbacks and webhooks, newest first',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({
      ...pageParameters,
      state: z.enum(NOTICE_STATES).optional(),
      kind: z.enum(NOTICE_KINDS).optional(),
      subject: z.string().max(200).optional().describe('e.g. allowance/2026112110200001'),
    }),
    response: pageOf(noticeView),
    async handle({ params, query }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const { offset, limit, state, kind, subject } = query;
      const filter = {
        seller: ubn,
        ...(state === undefined ? {} : { states: [state] }),
        ...(kind === undefined ? {} : { kinds: [kind] }),
        ...(subject === undefined ? {} : { subject }),
      };
      const page = await context.reads.listNotices(filter, offset, limit);
      return { total: page.total, offset, limit, items: page.items.map(show) };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/sellers/{ubn}/notices/{sequence}/resend',
    operationId: 'resendNotice',
    summary: 'Makes a notice once more, as another notice',
    params: z.strictObject({ ubn: ubnParameter, sequence: z.coerce.number().int().min(1) }),
    query: z.strictObject({}),
    response: noticeView,
    async handle({ params }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const before = await context.reads.findNotice(ubn, params.sequence);
      if (before === null) {
        throw new ApiError('NOT_FOUND', 'params.sequence', 'this seller has no such notice');
      }
      const { kind, tag, audience, recipient, subject, account, event } = before;
      const [outcome] = await context.ledger.notify([
        {
          ...{ seller: ubn, account, ip: '', kind, tag, audience, recipient, subject },
          // The event itself, whichever of its repetitions was named.
          event: event.replace(/ again \d+$/, ''),
          isAgain: true,
        },
      ]);
      if (outcome?.ok !== true) throw new Error('the ledger refused a notice');
      return show(outcome.value);
    },
  }),
];
