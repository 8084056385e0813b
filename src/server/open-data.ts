/** Opens the store that the settings name; what goes wrong names the setting and never the password. */
import type { Store } from '../ledger/ports.ts';
import { openStore, type StoreOptions } from '../storage/open.ts';
import type { Configuration } from './configuration.ts';
import { refuseStart } from './start-refused.ts';

export async function openData(
  configuration: Pick<Configuration, 'databaseUrl'>,
  databasePath: string,
): Promise<Store> {
  const { databaseUrl } = configuration;
  try {
    return await openStore(storeOptions(configuration, databasePath));
  } catch (cause) {
    const reason = reasonOf(cause);
    if (databaseUrl === null) {
      refuseStart(
        `database ${databasePath}`,
        `it cannot be opened (${reason})`,
        'see that the disk is not full and the file is whole; restore it from a backup if it is not',
        cause,
      );
    }
    const { host, pathname } = new URL(databaseUrl);
    refuseStart(
      'KAILI_DATABASE_URL',
      `PostgreSQL at ${host}${pathname} does not open (${reason})`,
      'see that it runs, and that user, password and database of the URL exist there',
      cause,
    );
  }
}

/** Connections to PostgreSQL of each thread: the writer is one, and what works beside reads little at once. */
const CONNECTIONS = { requests: 10, ledger: 2, work: 4 } as const;

/** The store that the settings name, as one of the threads opens it. */
export function storeOptions(
  { databaseUrl }: Pick<Configuration, 'databaseUrl'>,
  databasePath: string,
  thread: keyof typeof CONNECTIONS = 'requests',
): StoreOptions {
  return databaseUrl === null
    ? { engine: 'sqlite', path: databasePath }
    : { engine: 'postgres', url: databaseUrl, connectionsMax: CONNECTIONS[thread] };
}

/** The driver's code (`ECONNREFUSED`, `28P01`) or text, from the innermost cause. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return 'unknown error';
  if (error.cause !== undefined) return reasonOf(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${error.message}`;
}
