/**
 * The HTTP server itself: limits, request ids, one log line and one measurement per request, the last
 * resort for errors. Routes are added by others; what they want in the request's log line they put
 * into `request.facts`.
 */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Random } from '../ledger/ports.ts';
import type { Configuration } from './configuration.ts';
import { type Log, REQUEST } from './log.ts';
import type { Metrics } from './metrics.ts';
import { Places } from './places.ts';
import { BODY_BYTES_MAX } from './raw-body.ts';
import { redact, redactText } from './redact.ts';

/** Time to receive a whole request: 10 MiB at a slow shop's upload rate. */
export const REQUEST_TIMEOUT_MS = 60_000;
/** Time to receive the head of a request. */
export const HEADERS_TIMEOUT_MS = 15_000;
/** Longer than the usual 60 s of a reverse proxy, so that it is the proxy that closes. */
export const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** A socket on which nothing moves. */
export const SOCKET_TIMEOUT_MS = 120_000;
export const HEADERS_BYTES_MAX = 16 * 1024;
export const CONNECTIONS_MAX = 4_096;
const PATH_SHOWN_CHARACTERS_MAX = 200;

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request's log line says besides method, status and time. */
    facts: Record<string, unknown>;
    /** Its reply's place among those under way. */
    place: number;
    /** The route for log and metrics where Fastify's own is only a prefix; '' for Fastify's own. */
    routeName: string;
  }
}

export interface HttpParts {
  /** What a URL means, where clients write it in several ways; absent: itself. */
  readonly rewriteUrl?: (url: string) => string;
  readonly configuration: Configuration;
  readonly log: Log;
  readonly random: Random;
  readonly metrics: Metrics;
}

export function createHttp(parts: HttpParts): FastifyInstance {
  const { configuration } = parts;
  const { trustProxy } = configuration;
  const http = fastify({
    logger: false,
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: SOCKET_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    http: { maxHeaderSize: HEADERS_BYTES_MAX, headersTimeout: HEADERS_TIMEOUT_MS },
    forceCloseConnections: 'idle',
    genReqId: requestIds(parts.random),
    exposeHeadRoutes: false,
    rewriteUrl: (request) => parts.rewriteUrl?.(request.url ?? '/') ?? request.url ?? '/',
    frameworkErrors: (error, request, reply) => {
      // A path that cannot be decoded: no route, and no hook, has seen it.
      request.facts = {};
      void answerError(parts.log, error, request, reply);
    },
  });
  const underWay = new Places<FastifyReply>();
  http.server.maxConnections = CONNECTIONS_MAX;
  http.decorateRequest('routeName', '');
  http.decorateRequest('place', -1);
  // Set anew for every request below; Fastify wants the shape known beforehand.
  http.decorateRequest('facts');
  http.addHook('onRequest', (request, reply, next) => {
    request.facts = {};
    reply.header('x-request-id', request.id);
    request.place = underWay.enter(reply);
    next();
  });
  http.addHook('onResponse', (request, reply, next) => {
    underWay.leave(request.place);
    // The place may be another's from now on.
    request.place = -1;
    record(parts, request, reply);
    next();
  });
  http.addHook('preClose', (done) => {
    // Tells clients not to send another request down a connection that is about to end.
    for (const reply of underWay.all()) if (!reply.sent) reply.header('connection', 'close');
    done();
  });
  http.setErrorHandler((error, request, reply) => answerError(parts.log, error, request, reply));
  http.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({
      code: 'NOT_FOUND',
      path: '',
      message: '查無此路徑',
      hint: 'nothing is served here; see /api/v1/openapi.json, and the provider prefixes in the README',
    }),
  );
  return http;
}

/**
 * Ids unique across restarts without a draw per request: 64 random bits, then a count. They have the
 * form of a UUID (version 8, RFC 9562), because some providers' replies bear one.
 */
function requestIds(random: Random): () => string {
  const drawn = Buffer.from(random.bytes(8)).toString('hex');
  const start = `${drawn.slice(0, 8)}-${drawn.slice(8, 12)}-8${drawn.slice(12, 15)}-a000-`;
  let count = 0;
  return () => {
    count += 1;
    return start + count.toString(16).padStart(12, '0');
  };
}

function record(parts: HttpParts, request: FastifyRequest, reply: FastifyReply): void {
  const isKnown = request.routeName !== '' || !request.is404;
  const route = request.routeName || (isKnown ? (request.routeOptions.url ?? 'none') : 'none');
  parts.metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
  const line = {
    requestId: request.id,
    method: request.method,
    // A known route's pattern: paths may hold unguessable parts. The query is never logged.
    path: isKnown ? route : shownPath(request.url),
    status: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime * 100) / 100,
  };
  const facts = redact(request.facts);
  if (isOurFailure(request, reply)) parts.log.error({ ...line, facts }, REQUEST);
  else parts.log.request({ ...line, facts });
}

/**
 * A request that failed through a fault of ours. A provider's dialect answers its own failures as the
 * provider does, with a status that says nothing; it notes them as `failure`.
 */
function isOurFailure(request: FastifyRequest, reply: FastifyReply): boolean {
  if ('failure' in request.facts) return true;
  return reply.statusCode >= 500 && request.routeName === '';
}

function shownPath(url: string): string {
  const query = url.indexOf('?');
  return redactText((query < 0 ? url : url.slice(0, query)).slice(0, PATH_SHOWN_CHARACTERS_MAX));
}

/** Last resort: a client's mistake keeps its status, everything else is ours and says nothing more. */
function answerError(
  log: Log,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): unknown {
  const status = statusOf(error);
  if (status >= 500) {
    log.error({ requestId: request.id, error }, 'a request failed unexpectedly');
  }
  const [code, message, hint] = ERRORS[status] ?? (status < 500 ? BAD_REQUEST : SERVER_ERROR);
  return reply.code(status).send({ code, path: '', message, hint });
}

const BAD_REQUEST = ['REQUEST_INVALID', '請求格式錯誤', 'the request cannot be read'] as const;
const SERVER_ERROR = [
  'INTERNAL',
  '系統發生錯誤',
  'the log has the reason under this request id (x-request-id)',
] as const;
const ERRORS: Readonly<Record<number, readonly [string, string, string]>> = {
  404: ['NOT_FOUND', '查無此路徑', 'nothing is served here'],
  413: ['BODY_TOO_LARGE', '請求內容過大', `at most ${BODY_BYTES_MAX} bytes`],
  415: ['REQUEST_INVALID', '請求格式錯誤', 'send application/json'],
};

/** The HTTP status that an error asks for; 500 where it asks for none. */
export function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : 500;
}
