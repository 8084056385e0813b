/**
 * The thread that writes the ledger: it has a store of its own over the same data, and runs the verbs.
 * While it checks, hashes and waits for the disk, the other threads go on. Started by `open-ledger.ts`;
 * ends when it is told to, or with the writer's failure.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createLedger, type LedgerHandle } from '../../ledger/create.ts';
import type { BatchReport } from '../../ledger/writer.ts';
import { openStore } from '../../storage/open.ts';
import { systemRandom } from '../random.ts';
import { sharedClock } from '../thread-clock.ts';
import { putTexts } from './carried-texts.ts';
import type { Answer, Call, CallsMessage, FromThread, ThreadSetUp, ToThread } from './messages.ts';

const server = parentPort;
if (server === null) throw new Error('this file is the ledger’s thread; the server starts it');

// Made by `open-ledger.ts`, the only one that starts this file.
const setUp = workerData as ThreadSetUp;
const batches: BatchReport[] = [];
const store = await openStore(setUp.store);
const ledger = createLedger({
  store,
  clock: sharedClock(setUp.clockOffset),
  random: systemRandom,
  onBatch: (report) => void batches.push(report),
});

/** One caller: its calls come over this port, and the answers go back over it. */
class Caller {
  readonly #port: MessagePort;
  readonly #ledger: LedgerHandle;
  /** Told of batches with the answers. */
  readonly #batches: BatchReport[];
  #answers: Answer[] = [];

  constructor(port: MessagePort, verbs: LedgerHandle, reports: BatchReport[]) {
    this.#port = port;
    this.#ledger = verbs;
    this.#batches = reports;
    verbs.failure.catch((error: unknown) => this.#fail(error));
  }

  receive({ json, texts }: CallsMessage): void {
    // Written by `calls.ts` from this very type.
    const calls = JSON.parse(json) as readonly Call[];
    putTexts(calls, texts);
    for (const call of calls) void this.#run(call);
  }

  send(message: FromThread): void {
    this.#port.postMessage(message);
  }

  sendAnswers(): void {
    if (this.#answers.length === 0) return;
    const json = JSON.stringify(this.#answers);
    this.#answers = [];
    this.send({ kind: 'answers', json, batches: this.#batches.splice(0) });
  }

  async #run([id, verb, commands]: Call): Promise<void> {
    try {
      // The pair of verb and commands was checked where the call was made.
      const apply = this.#ledger[verb] as (
        commands: readonly unknown[],
      ) => Promise<readonly unknown[]>;
      this.#answer([id, await apply(commands)]);
    } catch (error) {
      this.#answer([id, null, error instanceof Error ? error.message : String(error)]);
    }
  }

  /** Answers of one batch come in one turn of the event loop and leave as one message. */
  #answer(entry: Answer): void {
    if (this.#answers.length === 0) setImmediate(() => this.sendAnswers());
    this.#answers.push(entry);
  }

  #fail(error: unknown): void {
    this.sendAnswers();
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    this.send({ kind: 'failed', name, message, stack: stack ?? '' });
  }
}

const requests = new Caller(server, ledger, batches);
server.on('message', (message: ToThread) => {
  if (message.kind === 'calls') requests.receive(message);
  else if (message.kind === 'join') join(message.port);
  else void close(server);
});
requests.send({ kind: 'opened' });

function join(port: MessagePort): void {
  const caller = new Caller(port, ledger, []);
  port.on('message', (message: ToThread) => {
    if (message.kind === 'calls') caller.receive(message);
  });
  // It must not keep this thread alive after the server ended it.
  port.unref();
}

async function close(port: MessagePort): Promise<void> {
  await ledger.drain();
  requests.sendAnswers();
  await store.close();
  requests.send({ kind: 'closed' });
  port.close();
}
