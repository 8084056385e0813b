/**
 * `/healthz`: the process answers. `/readyz`: it can take work, or says what is wrong. `/metrics`:
 * for Prometheus, not for the world: a request that came through a proxy gets none.
 */
import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';
import { isForwarded } from './peer.ts';

/** A check that takes longer has failed. */
const CHECK_TIMEOUT_MS = 2_000;

/** Load balancers ask with either method. */
const WITH_HEAD = { exposeHeadRoute: true };

export interface ReadinessCheck {
  readonly name: string;
  /** Resolves to '' when all is well, otherwise to what is wrong. */
  run(): Promise<string>;
}

export function addHealthRoutes(
  http: FastifyInstance,
  checks: readonly ReadinessCheck[],
  metrics: Metrics,
): void {
  http.get('/healthz', WITH_HEAD, async () => ({ status: 'alive' }));
  http.get('/readyz', WITH_HEAD, async (_request, reply) => {
    const results = await Promise.all(checks.map(runCheck));
    const isReady = results.every(({ problem }) => problem === '');
    const status = isReady ? 'ready' : 'not ready';
    return reply.code(isReady ? 200 : 503).send({ status, checks: results });
  });
  http.get('/metrics', async (request, reply) => {
    if (isForwarded(request.headers)) {
      reply.callNotFound();
      return reply;
    }
    return reply.header('content-type', metrics.contentType).send(await metrics.text());
  });
}

async function runCheck(check: ReadinessCheck): Promise<{ name: string; problem: string }> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(
    () => resolve(`no answer within ${CHECK_TIMEOUT_MS} ms`),
    CHECK_TIMEOUT_MS,
  );
  try {
    return { name: check.name, problem: await Promise.race([check.run(), promise]) };
  } catch (error) {
    return { name: check.name, problem: error instanceof Error ? error.name : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
