/**
 * Hangs routes of the native API and of the sandbox controls into the HTTP server: who may call, the
 * one shape of errors, JSON in and out. What a route does is its own.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Authority, authorityOf, SEES_ALL } from '../api/authority.ts';
import { ApiError } from '../api/error.ts';
import { openApiDocument } from '../api/openapi.ts';
import type { ApiContext, ApiRoute } from '../api/route.ts';
import { isLocalCaller } from './peer.ts';

/** Larger than any body of these routes. */
const API_BODY_BYTES_MAX = 64 * 1024;

export interface ApiPluginParts {
  readonly prefix: string;
  readonly routes: readonly ApiRoute[];
  readonly context: ApiContext;
  /** Who asks; throws `ApiError` for nobody. */
  readonly authority: (request: FastifyRequest) => Authority;
  /** Serves the routes' description at `openapi.json` with links to this base. */
  readonly describedAt?: () => string;
}

export function addApiRoutes(http: FastifyInstance, parts: ApiPluginParts): void {
  void http.register(async (scope) => addRoutes(scope, parts), { prefix: parts.prefix });
}

/** Bearer token; in the sandbox a caller on this machine needs none. */
export function apiAuthority(
  accounts: ApiContext['accounts'],
  isSandbox: boolean,
): (request: FastifyRequest) => Authority {
  return (request) => {
    const { authorization } = request.headers;
    const known = authorityOf(authorization, accounts);
    if (known !== null) return known;
    if (isSandbox && authorization === undefined && isLocal(request)) return SEES_ALL;
    const hint = isSandbox
      ? 'send Authorization: Bearer <token>; without one only from this machine and to a loopback name (127.0.0.1, localhost)'
      : 'send Authorization: Bearer <token>, made with: npm run kaili -- token add';
    throw new ApiError('UNAUTHORIZED', 'headers.authorization', hint);
  };
}

/** Only direct callers on this machine. */
export function localAuthority(request: FastifyRequest): Authority {
  if (isLocal(request)) return SEES_ALL;
  throw new ApiError(
    'LOCAL_ONLY',
    '',
    'call it from this machine, directly and by a loopback name (127.0.0.1, localhost)',
  );
}

function isLocal(request: FastifyRequest): boolean {
  return isLocalCaller({
    socketAddress: request.socket.remoteAddress,
    headers: request.headers,
  });
}

async function addRoutes(scope: FastifyInstance, parts: ApiPluginParts): Promise<void> {
  const { describedAt } = parts;
  scope.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof ApiError)) throw error;
    return reply.code(error.status).send(error.body);
  });
  scope.addHook('onSend', async (_request, reply) => {
    // Answers hold people's data: no cache between keeps them.
    reply.header('cache-control', 'no-store');
  });
  for (const route of parts.routes) {
    scope.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      bodyLimit: API_BODY_BYTES_MAX,
      handler: (request, reply) => serve(route, parts, request, reply),
    });
  }
  if (describedAt !== undefined) {
    scope.get('/openapi.json', async () => openApiDocument(parts.routes, describedAt()));
  }
}

async function serve(
  route: ApiRoute,
  parts: ApiPluginParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const authority = parts.authority(request);
  const { params, query, body } = request;
  return reply.send(await route.answer({ params, query, body }, parts.context, authority));
}
