/** Opens a store on an engine, bringing its schema up to date first. */
import type { Store } from '../ledger/ports.ts';
import type { Engine } from './engine.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres/engine.ts';
import { openSqlite } from './sqlite/engine.ts';
import { createStore } from './store.ts';

export type StoreOptions =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string; readonly connectionsMax?: number };

/** The store of a file (made where absent) or of a PostgreSQL database. Runs migrations. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = openEngine(options);
  try {
    await migrate(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return createStore(engine);
}

export function openEngine(options: StoreOptions): Engine {
  return options.engine === 'sqlite' ? openSqlite(options.path) : openPostgres(options);
}
