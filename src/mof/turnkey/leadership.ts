/**
 * Which process works the outbox. On SQLite there is only one. On PostgreSQL several processes may share
 * the ledger and Turnkey's folders; then exactly one may hand over at a time.
 *
 * An implementation must lose `held` before another process can gain it: a session-level advisory lock on
 * a connection of its own does, since the server drops it with the connection.
 */
export interface Leadership {
  /** Becomes or stays the one; false while another process is. Called at the start of every tick. */
  acquire(): Promise<boolean>;
  /** Whether this process is the one as far as it knows; asked again before files are written. */
  held(): boolean;
  release(): Promise<void>;
}

/** For a single process. */
export const alwaysLeader: Leadership = {
  acquire: async () => true,
  held: () => true,
  release: async () => {},
};
