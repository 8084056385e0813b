/**
 * Puts the work beside the requests together: who leads, what notices are made of, what the sandbox's
 * Ministry does. In the server's thread or in one of its own, over whatever core it is given.
 */
import type { Dialect, DialectContext } from '../dialects/dialect.ts';
import type { Clock } from '../ledger/ports.ts';
import type { SimulatorPlan } from '../mof/simulator/plan.ts';
import { alwaysLeader, type Leadership } from '../mof/turnkey/leadership.ts';
import { createSessionLock } from '../storage/postgres/session-lock.ts';
import type { Configuration } from './configuration.ts';
import type { WorkCore } from './core.ts';
import { dialectContext } from './dialect-context.ts';
import { documentsParts } from './documents.ts';
import type { Log } from './log.ts';
import { noticeParts } from './notice-parts.ts';
import { createWorkers, type Workers } from './workers.ts';

/** Names the outbox's lock within a database; any number that is no other lock's. */
const OUTBOX_LOCK_KEY = 0x6f75_7462;

export interface WorkParts {
  readonly configuration: Configuration;
  readonly core: WorkCore;
  readonly dialects: readonly Dialect[];
  readonly log: Log;
  /** The machine's own: see `WorkersParts`. */
  readonly systemClock: Clock;
  /** '' until the server listens. */
  readonly publicUrl: () => string;
  readonly plan: () => SimulatorPlan;
  /** Told at the end of each of the outbox's rounds. */
  readonly onRound?: () => void;
  readonly onFailure: (error: unknown) => void;
}

export function composeWork(parts: WorkParts): Workers {
  const { configuration, core, dialects, log, systemClock } = parts;
  const { ledger, accounts, clock, crowd } = core;
  const isSandbox = configuration.mode === 'sandbox';
  const documents = documentsParts(core, isSandbox, parts.publicUrl);
  const settings = configuration.dialectSettings;
  const context: DialectContext = dialectContext(core, documents, settings, parts.publicUrl);
  return createWorkers({
    ...{ configuration, ledger, accounts, clock, systemClock, log },
    isCrowded: () => crowd.isCrowded(),
    leadership: leadershipOf(configuration),
    notices: () => noticeParts({ configuration, core, dialects, context }),
    plan: parts.plan,
    onRound: parts.onRound,
    onFailure: parts.onFailure,
  });
}

/** On PostgreSQL several processes may run: one of them works the outbox. */
function leadershipOf({ databaseUrl }: Configuration): Leadership {
  return databaseUrl === null ? alwaysLeader : createSessionLock(databaseUrl, OUTBOX_LOCK_KEY);
}
