/**
 * The thread that writes the ledger: it has a store of its own over the same data, and runs the verbs.
 * While it checks, hashes and waits for the disk, the server's thread goes on serving. Started by
 * `open-ledger.ts`; ends when it is told to, or with the writer's failure.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createLedger, type LedgerHandle } from '../../ledger/create.ts';
import type { Clock, Store } from '../../ledger/ports.ts';
import type { BatchReport } from '../../ledger/writer.ts';
import { openStore } from '../../storage/open.ts';
import { systemClock } from '../clock.ts';
import { systemRandom } from '../random.ts';
import type { Answer, Call, FromThread, ThreadSetUp, ToThread } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('this file is the ledger’s thread; the server starts it');

// Made by `open-ledger.ts`, the only one that starts this file.
const setUp = workerData as ThreadSetUp;
const clock = centerClock(setUp.clockOffset);
const batches: BatchReport[] = [];
let answers: Answer[] = [];

const store = await openStore(setUp.store);
const ledger = createLedger({
  store,
  clock,
  random: systemRandom,
  onBatch: (report) => void batches.push(report),
});
ledger.failure.catch(fail);
port.on('message', (message: ToThread) => {
  if (message.kind === 'close') void close(ledger, store);
  // Written by `open-ledger.ts` from this very type.
  else for (const call of JSON.parse(message.json) as readonly Call[]) void run(ledger, call);
});
send({ kind: 'opened' });

/** The machine's clock, and as far ahead of it as the server's thread says. */
function centerClock(offset: SharedArrayBuffer): Clock {
  const milliseconds = new BigInt64Array(offset);
  return { now: () => systemClock.now() + Number(Atomics.load(milliseconds, 0)) };
}

async function run(verbs: LedgerHandle, [id, verb, commands]: Call): Promise<void> {
  try {
    // The pair of verb and commands was checked where the call was made.
    const apply = verbs[verb] as (commands: readonly unknown[]) => Promise<readonly unknown[]>;
    answer([id, await apply(commands)]);
  } catch (error) {
    answer([id, null, error instanceof Error ? error.message : String(error)]);
  }
}

/** Answers of one batch come in one turn of the event loop and leave as one message. */
function answer(entry: Answer): void {
  if (answers.length === 0) setImmediate(sendAnswers);
  answers.push(entry);
}

function sendAnswers(): void {
  if (answers.length === 0) return;
  const json = JSON.stringify(answers);
  answers = [];
  send({ kind: 'answers', json, batches: batches.splice(0) });
}

function fail(error: unknown): void {
  sendAnswers();
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  send({ kind: 'failed', name, message, stack: stack ?? '' });
}

async function close(handle: LedgerHandle, opened: Store): Promise<void> {
  await handle.drain();
  sendAnswers();
  await opened.close();
  send({ kind: 'closed' });
  port?.close();
}

function send(message: FromThread): void {
  port?.postMessage(message);
}
