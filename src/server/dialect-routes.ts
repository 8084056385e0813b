/**
 * Hangs the dialects' route tables into the HTTP server: everything under a dialect's prefixes is its
 * own, read as raw bytes whatever the Content-Type; an action that no route claims gets the dialect's
 * own 404. Knows nothing of any provider.
 */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type {
  Dialect,
  DialectContext,
  Route,
  WireReply,
  WireRequest,
} from '../dialects/dialect.ts';
import { statusOf } from './http.ts';
import { clientAddress } from './peer.ts';
import { readRawBody } from './raw-body.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
const NO_BODY = new Uint8Array();

/** Adds every dialect's routes. Two dialects never share a prefix: Fastify refuses the second. */
export function addDialectRoutes(
  http: FastifyInstance,
  dialects: readonly Dialect[],
  context: DialectContext,
): void {
  for (const dialect of dialects) {
    void http.register(async (scope) => addDialect(scope, dialect, context));
  }
}

function addDialect(scope: FastifyInstance, dialect: Dialect, context: DialectContext): void {
  const routes = new Map<string, Route>();
  for (const route of dialect.routes(context)) routes.set(`${route.method} ${route.path}`, route);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) =>
    readRawBody(payload),
  );
  // A malformed Content-Type would be refused before any parser; here none of them counts.
  scope.addHook('onRequest', (request, _reply, next) => {
    // Not `delete`: an object that lost a member is slow to read ever after.
    request.raw.headers['content-type'] = undefined;
    next();
  });
  const { failed } = dialect;
  if (failed !== undefined) {
    scope.setErrorHandler((error: unknown, _request, reply) => {
      const status = statusOf(error);
      // A failure of our own is answered, and told to the operator, where all of them are.
      if (status >= 500) throw error;
      return send(reply, failed(status));
    });
  }
  const handler = (request: FastifyRequest, reply: FastifyReply) =>
    serve(dialect, routes, request, reply);
  for (const prefix of dialect.prefixes) {
    const base = prefix.replace(/\/+$/, '');
    scope.route({ method: [...METHODS], url: `${base}/*`, handler });
    if (base !== '') scope.route({ method: [...METHODS], url: base, handler });
  }
}

/** The path that a request's URL means to one of the dialects, with its query; the URL where to none. */
export function canonicalUrl(
  url: string,
  dialects: readonly Dialect[],
  settings: DialectContext['settings'],
): string {
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  for (const dialect of dialects) {
    const found = dialect.canonicalPath?.(path, settings) ?? null;
    if (found !== null) return queryAt < 0 ? found : `${found}${url.slice(queryAt)}`;
  }
  return url;
}

async function serve(
  dialect: Dialect,
  routes: ReadonlyMap<string, Route>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wire = wireRequest(dialect, request);
  const route = routes.get(`${wire.method} ${wire.path}`);
  // Unknown paths are one name in metrics, or anybody could fill them with names.
  request.routeName = route?.path ?? `${dialect.name} unknown`;
  if (route === undefined) request.facts.unknownPath = wire.path;
  return send(reply, route === undefined ? dialect.unknown(wire) : await route.handle(wire));
}

function wireRequest(dialect: Dialect, request: FastifyRequest): WireRequest {
  const { url, facts } = request;
  facts.dialect = dialect.name;
  const queryAt = url.indexOf('?');
  return {
    method: request.method,
    path: queryAt < 0 ? url : url.slice(0, queryAt),
    query: queryAt < 0 ? '' : url.slice(queryAt + 1),
    headers: request.headers,
    body: request.body instanceof Uint8Array ? request.body : NO_BODY,
    ip: clientAddress(request.ip),
    requestId: request.id,
    note: (more) => void Object.assign(facts, more),
  };
}

function send(reply: FastifyReply, answer: WireReply): FastifyReply {
  const { body } = answer;
  const payload =
    typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (answer.attachment !== undefined) {
    reply.header('content-disposition', `attachment; filename="${answer.attachment}"`);
  }
  return reply.code(answer.status).header('content-type', answer.contentType).send(payload);
}
