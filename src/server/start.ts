/**
 * The one place that wires the parts: data, keys, ledger, dialects, outbox, API, HTTP. Promises that a
 * start that fails leaves nothing open, and that `close` loses nothing: it stops accepting, answers
 * what is under way, lets the writer and the outbox finish, and only then lets go of the data.
 */

import { findEveryAlarm } from '../api/alarms.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialects as allDialects } from '../dialects/index.ts';
import type { Clock, Random } from '../ledger/ports.ts';
import { DIRECTORY_LOOK_MS } from './accounts.ts';
import { centerAlarms, type Watched } from './center-alarms.ts';
import { systemClock } from './clock.ts';
import type { Configuration } from './configuration.ts';
import { type Closers, type Core, openCore } from './core.ts';
import { dialectContext } from './dialect-context.ts';
import { canonicalUrl } from './dialect-routes.ts';
import { documentsParts, startPrints } from './documents.ts';
import { createHttp } from './http.ts';
import { closeHttp, listen } from './listen.ts';
import { createLog, type Log } from './log.ts';
import { startOperatorMail } from './operator-mail.ts';
import { systemRandom } from './random.ts';
import { remembered } from './remembered.ts';
import { repeat } from './repeat.ts';
import { addRoutes } from './routes.ts';
import { OperatorInbox } from './sandbox/operator-inbox.ts';
import {
  createMinistryControl,
  createSandbox,
  type MinistryControl,
  type Sandbox,
} from './sandbox/sandbox.ts';
import { emptyTurnkeyFolder } from './sandbox/turnkey-folder.ts';
import { markStore } from './store-identity.ts';
import { type BesideRequests, openWork } from './work-thread/beside-requests.ts';

/** How old the alarms of `/metrics` and of the operator's mail may be: finding them asks a few questions for each seller. */
const ALARMS_LOOK_MS = 30_000;
/** How soon after a period begins its following one has sandbox books. */
export const ROLL_OVER_LOOK_MS = 10_000;

/** Parts that tests choose; everything else is as in production. */
export interface ServerParts {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Log;
  readonly dialects?: readonly Dialect[];
}

export interface RunningServer {
  /** Where it listens. */
  readonly url: string;
  /** Drains and lets go of everything. Safe to call twice. */
  close(): Promise<void>;
  /** Rejects when the process must end: a commit or a flush failed, or an invariant broke. */
  readonly failure: Promise<never>;
}

/** Starts Kaili. Throws `StartRefused` for everything that a person has to mend first. */
export async function startServer(
  configuration: Configuration,
  parts: ServerParts = {},
): Promise<RunningServer> {
  /** What has been opened, to be closed in the opposite order. */
  const closers: Closers = [];
  async function close(): Promise<void> {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  }
  try {
    const { url, failure } = await compose(configuration, parts, closers);
    let closing: Promise<void> | null = null;
    return {
      url,
      failure,
      close() {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function compose(
  configuration: Configuration,
  parts: ServerParts,
  closers: Closers,
): Promise<Pick<RunningServer, 'url' | 'failure'>> {
  const log = parts.log ?? createLog(configuration.logLevel);
  const random = parts.random ?? systemRandom;
  const machineClock = parts.clock ?? systemClock;
  const failure = Promise.withResolvers<never>();
  // Whoever runs the server listens; a test that does not must not be ended by it.
  failure.promise.catch(() => {});
  const core = await openCore(configuration, machineClock, random, closers);
  const { ledger, accounts, clock, metrics, store } = core;
  ledger.failure.catch(failure.reject);
  const ministry = createMinistryControl(configuration.ministryPlan);
  // Notices, printers and settings write past the ledger's writer.
  store.failure.catch(failure.reject);
  let url = '';
  const dialects = parts.dialects ?? allDialects;
  const { dialectSettings } = configuration;
  const publicUrl = () => configuration.publicUrl ?? url;
  const documents = documentsParts(core, core.sandboxClock !== null, publicUrl);
  const context = dialectContext(core, documents, dialectSettings, publicUrl);
  const work = await openWork({
    ...{ configuration, core, log, machineClock, ministry, publicUrl },
    dialects: parts.dialects,
    onFailure: failure.reject,
  });
  closers.push(() => work.close());
  metrics.watchOutbox(() => work.standing().outbox);
  const { pickUpAfterMs } = configuration;
  const watched = { ...work, clock, pickUpAfterMs, systemClock: machineClock };
  const findAlarms = alarmFinder(core, watched);
  metrics.watchAlarms(findAlarms);
  const operatorInbox = new OperatorInbox(clock);
  const sandbox = makeSandbox(configuration, core, work, machineClock, { operatorInbox, ministry });
  await sandbox?.provide();
  const rewriteUrl = (address: string) => canonicalUrl(address, dialects, dialectSettings);
  const http = createHttp({ configuration, log, random, metrics, rewriteUrl });
  addRoutes(http, {
    dialects,
    dialectContext: context,
    documents,
    core,
    watched,
    sandbox,
    operatorInbox,
    publicUrl,
  });
  closers.push(() => work.stop());
  await work.start();
  url = await listen(http, configuration);
  work.setPublicUrl(url);
  closers.push(() => closeHttp(http));
  closers.push(startPrints(core, configuration, log));
  const inbox = sandbox === null ? null : operatorInbox;
  const mayWork = () => work.standing().outbox?.isLeader === true;
  closers.push(startOperatorMail({ configuration, find: findAlarms, clock, log, mayWork, inbox }));
  closers.push(repeat(DIRECTORY_LOOK_MS, log, () => accounts.reloadIfChanged()));
  if (sandbox !== null) closers.push(repeat(ROLL_OVER_LOOK_MS, log, () => sandbox.rollOver()));
  sayStarted(log, configuration, store.engine, url);
  return { url, failure: failure.promise };
}

function alarmFinder({ store, clock, accounts }: Core, watched: Watched) {
  return remembered(ALARMS_LOOK_MS, watched.systemClock, () =>
    findEveryAlarm(store.reads, clock, accounts.sellers(), centerAlarms(watched)),
  );
}

function makeSandbox(
  configuration: Configuration,
  core: Core,
  work: BesideRequests,
  machineClock: Clock,
  { operatorInbox, ministry }: { operatorInbox: OperatorInbox; ministry: MinistryControl },
): Sandbox | null {
  const { store, ledger, accounts, secretBox, gate, sandboxClock } = core;
  if (sandboxClock === null) return null;
  return createSandbox({
    store,
    ledger,
    accounts,
    secretBox,
    clock: sandboxClock,
    ministry,
    gate,
    pauseWorkers: work.stop,
    resumeWorkers: work.start,
    async afterClear() {
      await markStore({ store, configuration, clock: machineClock }, secretBox);
      await emptyTurnkeyFolder(configuration);
      operatorInbox.clear();
    },
  });
}

function sayStarted(
  log: Log,
  { mode, unknownVariables, dataFolder, turnkeyFolder }: Configuration,
  engine: string,
  url: string,
): void {
  for (const variable of unknownVariables) {
    log.warn(
      { variable },
      `${variable} is no setting of Kaili; see docs/reference/configuration.md`,
    );
  }
  log.info({ url, mode, engine, dataFolder, turnkeyFolder }, `Kaili listens on ${url}`);
}
