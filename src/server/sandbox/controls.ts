/**
 * `/sandbox/…`: what a developer or a test turns by hand: the clock, the Ministry's faults, a reset. The
 * server lets only direct callers on this machine in.
 */
import { z } from 'zod';
import { ApiError } from '../../api/error.ts';
import { parseInstantMs } from '../../api/parameters.ts';
import { type ApiRoute, defineRoute } from '../../api/route.ts';
import { showTime } from '../../api/show.ts';
import { periodOf } from '../../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../domain/taipei.ts';
import type { MovableClock } from '../clock.ts';
import { ministryRoutes } from './ministry.ts';
import type { Sandbox } from './sandbox.ts';

export const SANDBOX_PREFIX = '/sandbox';

/** Farthest a clock is moved on at once, and the years it may show: from ROC year 1. */
const ADVANCE_SECONDS_MAX = 10 * 366 * 86_400;
const CLOCK_FIRST_MS = Date.UTC(1912, 0, 1);
const CLOCK_LAST_MS = Date.UTC(2200, 11, 31);

const clockView = z.object({
  now: z.string().describe('ISO 8601, Taipei'),
  period: z.string(),
  offsetSeconds: z.number().describe("How far it is ahead of the machine's clock"),
});

const moveBody = z.union([
  z.strictObject({ now: z.string().describe('An instant, e.g. 2027-01-01T00:00:00+08:00') }),
  z.strictObject({ advanceSeconds: z.number().positive().max(ADVANCE_SECONDS_MAX) }),
]);

const statusView = z.object({
  mode: z.literal('sandbox'),
  clock: clockView,
  sellers: z.array(
    z.object({
      ubn: z.string(),
      name: z.string(),
      books: z.int().describe('Books of the current and later periods'),
    }),
  ),
  filings: z.array(z.object({ message: z.string(), state: z.string(), count: z.int() })),
});

const NOTHING = { params: z.strictObject({}), query: z.strictObject({}) };

function showClock(clock: MovableClock): z.input<typeof clockView> {
  const now = taipeiDateTime(clock.now());
  return {
    now: showTime(now),
    period: periodOf(taipeiDateOf(now)),
    offsetSeconds: clock.offsetMs() / 1000,
  };
}

export function sandboxRoutes(sandbox: Sandbox): readonly ApiRoute[] {
  const { clock } = sandbox;
  return [
    defineRoute({
      method: 'GET',
      path: '/clock',
      operationId: 'readClock',
      summary: 'The time that Kaili goes by',
      ...NOTHING,
      response: clockView,
      handle: async () => showClock(clock),
    }),
    defineRoute({
      method: 'PUT',
      path: '/clock',
      operationId: 'moveClock',
      summary: 'Sets the clock or moves it on; books of the new period are there at once',
      ...NOTHING,
      body: moveBody,
      response: clockView,
      async handle({ body }) {
        const last = await sandbox.moveClock(targetOffsetMs(body, clock));
        if (last === null) return showClock(clock);
        const hint = `the last journal entry is of ${showTime(last)}: move to a later time, or POST /sandbox/reset first`;
        throw new ApiError('CLOCK_BEHIND_JOURNAL', 'body', hint);
      },
    }),
    ...ministryRoutes(sandbox.ministry),
    statusRoute(clock),
    defineRoute({
      method: 'POST',
      path: '/reset',
      operationId: 'reset',
      summary: 'Empties everything and puts the clock back',
      ...NOTHING,
      response: clockView,
      async handle() {
        await sandbox.reset();
        return showClock(clock);
      },
    }),
  ];
}

function statusRoute(clock: MovableClock): ApiRoute {
  return defineRoute({
    method: 'GET',
    path: '/status',
    operationId: 'readStatus',
    summary: 'Clock, sellers and filings at a glance',
    ...NOTHING,
    response: statusView,
    async handle(_input, { accounts, reads }) {
      const shown = showClock(clock);
      const period = periodOf(taipeiDateOf(taipeiDateTime(clock.now())));
      const sellers = await Promise.all(
        accounts.sellers().map(async ({ ubn, name }) => {
          const books = await reads.listBooks(ubn);
          return { ubn, name, books: books.filter((book) => book.period >= period).length };
        }),
      );
      const counts = new Map<string, { message: string; state: string; count: number }>();
      for (const { message, state, count } of await reads.countFilings()) {
        const known = counts.get(`${message} ${state}`);
        counts.set(`${message} ${state}`, { message, state, count: count + (known?.count ?? 0) });
      }
      return { mode: 'sandbox' as const, clock: shown, sellers, filings: [...counts.values()] };
    },
  });
}

/** The distance from the machine's clock that a request asks for. */
function targetOffsetMs(body: z.output<typeof moveBody> | undefined, clock: MovableClock): number {
  const offsetMs =
    body !== undefined && 'now' in body
      ? clock.offsetMs() + (parseInstantMs(body.now) ?? Number.NaN) - clock.now()
      : clock.offsetMs() + Math.round((body?.advanceSeconds ?? 0) * 1000);
  const toMs = clock.now() - clock.offsetMs() + offsetMs;
  if (toMs >= CLOCK_FIRST_MS && toMs <= CLOCK_LAST_MS) return offsetMs;
  const hint =
    'expected an instant with its offset, up to the year 2200, e.g. 2027-01-01T00:00:00+08:00';
  throw new ApiError('PARAMETER_INVALID', 'body', hint);
}
