/**
 * The entry point: without words it serves, with words it is the `kaili` command. The only place that
 * reads the environment, takes signals and ends the process.
 *
 * Exit codes: 0 after a drained SIGTERM or SIGINT, 2 when something must be mended before it starts,
 * 70 when a commit or a flush failed or an invariant broke, 1 for anything unforeseen.
 */
import { runCommand } from './cli/program.ts';
import { readConfiguration } from './server/configuration.ts';
import { createLog, type Log } from './server/log.ts';
import { startServer } from './server/start.ts';
import {
  EXIT_COMMIT_FAILED,
  EXIT_START_REFUSED,
  problemText,
  StartRefused,
} from './server/start-refused.ts';

const EXIT_UNFORESEEN = 1;

/** Serves until a signal; answers the exit code. */
async function serve(log: Log, signal: Promise<NodeJS.Signals>): Promise<number> {
  const server = await startServer(readConfiguration(process.env), { log });
  const ending = server.failure.catch((error: unknown) => ({ error }));
  const first = await Promise.race([signal, ending]);
  if (typeof first !== 'string') {
    const text =
      'the ledger stopped: what is on disk is known again after the next start; ending now';
    log.fatal({ error: first.error }, text);
    return EXIT_COMMIT_FAILED;
  }
  log.info({ signal: first }, 'stopping: no new requests, what is under way is finished');
  await server.close();
  log.info({}, 'stopped');
  return 0;
}

function firstSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  // `on`, not `once`: a second signal must not cut the drain short.
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => resolve(name));
  return promise;
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  try {
    if (words.length > 0 && words[0] !== 'serve') {
      return await runCommand(words, {
        environment: process.env,
        input: process.stdin,
        print: (text) => process.stdout.write(`${text}\n`),
        printError: (text) => process.stderr.write(`${text}\n`),
      });
    }
    const log = createLog(readConfiguration(process.env).logLevel);
    process.on('uncaughtException', (error) => {
      log.fatal({ error }, 'unforeseen; ending now');
      log.flushNow();
      process.exit(EXIT_UNFORESEEN);
    });
    try {
      return await serve(log, firstSignal());
    } finally {
      await log.flush();
    }
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    process.stderr.write('Kaili does not start:\n');
    for (const problem of error.problems) process.stderr.write(`- ${problemText(problem)}\n`);
    return EXIT_START_REFUSED;
  }
}

process.exit(await main());
