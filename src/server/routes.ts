/** Which routes a server has: the dialects', the native API, health; in the sandbox its controls. */
import type { FastifyInstance } from 'fastify';
import { API_PREFIX, apiRoutes } from '../api/routes.ts';
import type { Dialect, DialectContext } from '../dialects/dialect.ts';
import type { DocumentsParts } from '../documents/create.ts';
import { addApiRoutes, apiAuthority, localAuthority } from './api-plugin.ts';
import { centerAlarms, outboxProblem, type Watched } from './center-alarms.ts';
import { addConsentRoutes } from './consent-routes.ts';
import type { Core } from './core.ts';
import { addDialectRoutes } from './dialect-routes.ts';
import { addDocumentRoutes } from './documents.ts';
import { addHealthRoutes, type ReadinessCheck } from './health.ts';
import { buyerLinks } from './notice-parts.ts';
import { createNumberImport } from './number-import.ts';
import { SANDBOX_PREFIX, sandboxRoutes } from './sandbox/controls.ts';
import { coveredPeriods } from './sandbox/demo-books.ts';
import { demoSellers } from './sandbox/demo-sellers.ts';
import { addInboxRoutes } from './sandbox/inbox-routes.ts';
import type { OperatorInbox } from './sandbox/operator-inbox.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export interface RoutesParts {
  readonly dialects: readonly Dialect[];
  readonly dialectContext: DialectContext;
  readonly documents: DocumentsParts;
  readonly core: Core;
  /** The work beside the requests. */
  readonly watched: Watched;
  readonly sandbox: Sandbox | null;
  readonly operatorInbox: OperatorInbox;
  /** Known once the server listens. */
  readonly publicUrl: () => string;
}

export function addRoutes(http: FastifyInstance, parts: RoutesParts): void {
  const { sandbox, publicUrl } = parts;
  const { servedLedger: ledger, accounts, clock, metrics } = parts.core;
  addDialectRoutes(http, parts.dialects, parts.dialectContext);
  addConsentRoutes(http, { ledger, accounts, clock });
  const context = {
    ...{ reads: ledger.reads, ledger, accounts, clock },
    importNumbers: createNumberImport({ ledger, accounts, clock }),
    centerAlarms: () => centerAlarms(parts.watched),
    documents: parts.dialectContext.documents,
  };
  addApiRoutes(http, {
    prefix: API_PREFIX,
    routes: apiRoutes,
    context,
    authority: apiAuthority(accounts, sandbox !== null),
    describedAt: () => `${publicUrl()}${API_PREFIX}`,
  });
  if (sandbox !== null) {
    addApiRoutes(http, {
      prefix: SANDBOX_PREFIX,
      routes: sandboxRoutes(sandbox),
      context,
      authority: localAuthority,
    });
    const links = buyerLinks(parts.dialectContext);
    addInboxRoutes(http, { ledger, accounts, links, operator: parts.operatorInbox });
  }
  addDocumentRoutes(http, parts.documents);
  addHealthRoutes(http, readinessChecks(parts), metrics);
}

function readinessChecks(parts: RoutesParts): readonly ReadinessCheck[] {
  const { store } = parts.core;
  let writerProblem = '';
  parts.core.ledger.failure.catch((error: unknown) => {
    writerProblem = error instanceof Error ? error.name : 'stopped';
  });
  const checks: ReadinessCheck[] = [
    {
      name: 'store',
      run: async () => ((await store.directory.readMeta('mode')) === null ? 'unmarked' : ''),
    },
    { name: 'writer', run: async () => writerProblem },
    { name: 'outbox', run: async () => outboxProblem(parts.watched) },
  ];
  if (parts.sandbox !== null) checks.push({ name: 'books', run: () => missingBooks(parts.core) });
  return checks;
}

async function missingBooks({ ledger, clock }: Core): Promise<string> {
  for (const period of coveredPeriods(clock)) {
    for (const { ubn } of demoSellers) {
      const books = await ledger.reads.listBooks(ubn, period);
      if (books.length === 0) return `no book of ${ubn} for ${period}`;
    }
  }
  return '';
}
