/**
 * The data that a command works on, opened as the server opens it but beside a running one: the data
 * folder is not taken, and both engines let several processes in.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../ledger/ports.ts';
import { systemClock } from '../server/clock.ts';
import { type Configuration, readConfiguration } from '../server/configuration.ts';
import { openDataFolder } from '../server/data-folder.ts';
import { openData } from '../server/open-data.ts';
import { systemRandom } from '../server/random.ts';
import type { SecretBox } from '../server/secret-box.ts';
import { identifyStore } from '../server/store-identity.ts';
import { type CommandIo, CommandProblem } from './input.ts';

export interface Session {
  readonly configuration: Configuration;
  readonly store: Store;
  /** Opens secrets; reads and checks the key, so only commands that need it call it. */
  secretBox(): Promise<SecretBox>;
}

export interface SessionOptions {
  /** Whether new data may be made, as a first set-up in production needs. */
  readonly mayCreate: boolean;
}

/** Opens the data, runs the work, closes it whatever happens. */
export async function withSession<T>(
  io: CommandIo,
  { mayCreate }: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const configuration = readConfiguration(io.environment);
  const databasePath = join(configuration.dataFolder, 'kaili.db');
  if (configuration.databaseUrl === null && !existsSync(databasePath)) {
    if (!mayCreate) {
      throw new CommandProblem(
        `there is no ${databasePath}: set KAILI_DATA_DIR or KAILI_DATABASE_URL as for the server`,
      );
    }
    // Makes the folder and checks it as the server would; let go at once, as commands run beside it.
    const data = openDataFolder(configuration, process.pid);
    data.recordMode();
    data.release();
  }
  const store = await openData(configuration, databasePath);
  try {
    return await work({
      configuration,
      store,
      secretBox: () =>
        identifyStore({
          configuration,
          data: { secretKeyPath: join(configuration.dataFolder, 'secret.key') },
          store,
          clock: systemClock,
          random: systemRandom,
        }),
    });
  } finally {
    await store.close();
  }
}
