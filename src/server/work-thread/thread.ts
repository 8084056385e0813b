/**
 * The thread that works beside the requests. It has its own store, accounts and keys over the same data,
 * and calls the ledger in the ledger's thread. Started by `open-work.ts`; begins, pauses and ends when it
 * is told to.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { dialects } from '../../dialects/index.ts';
import { openStore } from '../../storage/open.ts';
import { DIRECTORY_LOOK_MS, openAccounts } from '../accounts.ts';
import { systemClock } from '../clock.ts';
import type { WorkCore } from '../core.ts';
import { viewCrowd } from '../crowd.ts';
import { joinLedger } from '../ledger-thread/open-ledger.ts';
import { createLog } from '../log.ts';
import { systemRandom } from '../random.ts';
import { openRegistry } from '../registry.ts';
import { repeat } from '../repeat.ts';
import { StartRefused } from '../start-refused.ts';
import { identifyStore } from '../store-identity.ts';
import { sharedClock } from '../thread-clock.ts';
import { composeWork } from '../work.ts';
import type { FromWork, ToWork, WorkSetUp } from './messages.ts';

const server = parentPort;
if (server === null) throw new Error('this file is the thread of the work; the server starts it');

// Made by `open-work.ts`, the only one that starts this file.
const { configuration, ...setUp } = workerData as WorkSetUp;
const log = createLog(setUp.logLevel, { write: (line) => send({ kind: 'log', line }) });
const clock = sharedClock(setUp.clockOffset);
let publicUrl = configuration.publicUrl ?? '';
let plan = configuration.ministryPlan;

const core = await openWorkCore();
const { accounts, ledger, store } = core;
const workers = composeWork({
  ...{ configuration, core, dialects, log, systemClock },
  publicUrl: () => publicUrl,
  plan: () => plan,
  onRound: tellStanding,
  onFailure: fail,
});
ledger.failure.catch(fail);
store.failure.catch(fail);
const stopLooking = repeat(DIRECTORY_LOOK_MS, log, () => accounts.reloadIfChanged());

/** Starts and stops, one after the other. */
let turn: Promise<void> = Promise.resolve();
server.on('message', (message: ToWork) => {
  if (message.kind === 'public-url') publicUrl = configuration.publicUrl ?? message.url;
  else if (message.kind === 'plan') plan = message.plan;
  else turn = turn.then(() => obey(message.kind)).catch(fail);
});
send({ kind: 'opened' });

async function openWorkCore(): Promise<WorkCore> {
  const opened = await openStore(setUp.store);
  const random = systemRandom;
  const secretBox = await identifyStore({
    ...{ configuration, store: opened, clock: systemClock, random },
    data: { secretKeyPath: setUp.secretKeyPath },
  });
  const joined = joinLedger(setUp.ledger, opened.reads);
  return {
    store: opened,
    secretBox,
    accounts: await openAccounts(opened.directory, secretBox),
    clock,
    clientClocks: [clock],
    // Past the gate: while the store is emptied the work is stopped, not held up.
    ledger: joined,
    servedLedger: joined,
    registry: openRegistry(configuration, opened, random),
    crowd: viewCrowd(setUp.crowd, systemClock),
  };
}

async function obey(order: 'start' | 'stop' | 'close'): Promise<void> {
  if (order === 'close') return close();
  let refusal: StartRefused | null = null;
  try {
    if (order === 'start') await begin();
    else await workers.stop();
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    refusal = error;
  }
  tellStanding();
  send({ kind: 'done', refusal: refusal?.problems ?? null });
}

async function begin(): Promise<void> {
  // Sellers may have come or gone while it stood still.
  await accounts.reload();
  await workers.start();
}

async function close(): Promise<void> {
  await workers.stop();
  await stopLooking();
  setUp.ledger.close();
  await store.close();
  server?.close();
}

function tellStanding(): void {
  send({ kind: 'standing', standing: workers.standing() });
}

function fail(error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  send({ kind: 'failed', name, message, stack: stack ?? '' });
}

function send(message: FromWork): void {
  server?.postMessage(message);
}
