/**
 * A lock that one process of several on a database holds at a time: an advisory lock on a connection
 * of its own, which the server lets go when the connection ends, however it ends. Asked again and
 * again, it notices a lost connection and stops counting as held before anybody else can have it.
 */
import pg from 'pg';
import { CONNECT_TIMEOUT_MS } from './engine.ts';

/** A look at the lock that takes longer counts as lost. */
export const LOOK_TIMEOUT_MS = 5_000;

export interface SessionLock {
  /** Takes or keeps the lock; false while another process has it. Throws when the server is away. */
  acquire(): Promise<boolean>;
  /** As far as this process knows. */
  held(): boolean;
  release(): Promise<void>;
}

/** The key names the lock within the database; another use has another key. */
export function createSessionLock(url: string, key: number): SessionLock {
  let client: pg.Client | null = null;
  let isHeld = false;

  function forget(lost: pg.Client): void {
    if (client !== lost) return;
    client = null;
    isHeld = false;
  }

  async function connect(): Promise<pg.Client> {
    if (client !== null) return client;
    const opened = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: LOOK_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'kaili lock',
    });
    opened.on('error', () => forget(opened));
    opened.on('end', () => forget(opened));
    client = opened;
    await opened.connect();
    return opened;
  }

  return {
    async acquire() {
      const opened = await connect().catch((error: unknown) => {
        client = null;
        throw error;
      });
      try {
        // While it is held the same call would count it twice; a plain look tells that it still is.
        const sql = isHeld ? 'select true as taken' : 'select pg_try_advisory_lock($1) as taken';
        const { rows } = await opened.query<{ taken: boolean }>(sql, isHeld ? [] : [key]);
        // The connection may have ended while the answer was on its way.
        isHeld = client === opened && rows[0]?.taken === true;
        return isHeld;
      } catch (error) {
        forget(opened);
        // Nothing more is expected of it, least of all an answer to this.
        opened.end().catch(() => undefined);
        throw error;
      }
    },
    held: () => isHeld,
    async release() {
      const opened = client;
      client = null;
      isHeld = false;
      await opened?.end();
    },
  };
}
