/**
 * Runs the statements of one transaction over an open session: look-ups are waited for, changes are sent and
 * settled before the commit. What is looked up and changed is `transaction.ts`.
 */
import type { Answer, Session } from '../engine.ts';
import type { SelectiveStatement, SetStatement } from '../sets.ts';
import type { Prepared } from '../statement.ts';
import { decode, type Table } from '../table.ts';

export class StatementRunner {
  readonly #session: Session;
  /** Changes on their way, in order. */
  readonly #pending: Promise<void>[] = [];
  #isOpen = true;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Waits for every change; throws the first that failed. */
  async settle(): Promise<void> {
    for (const result of await Promise.allSettled(this.#pending)) {
      if (result.status === 'rejected') throw result.reason;
    }
  }

  /** From here on the transaction refuses every call. */
  end(): void {
    this.#isOpen = false;
  }

  protected async find<Row, Key>(
    source: Table<Row>,
    statement: SetStatement<Key>,
    keys: readonly Key[],
  ): Promise<readonly Row[]> {
    this.#refuseWhenEnded();
    const { rows } = await statement.run(this.#session, keys);
    return rows.map((row) => decode(source, row));
  }

  protected async query<Row, Key extends object>(
    source: Table<Row>,
    prepared: Prepared<Key>,
    key: Key,
  ): Promise<readonly Row[]> {
    this.#refuseWhenEnded();
    const { rows } = await this.#session.run(prepared.statement, [prepared.bind(key)]);
    return rows.map((row) => decode(source, row));
  }

  /** A change that must touch every row: an update that finds no row is a broken invariant. */
  protected changeAll<Row>(
    statement: SetStatement<Row>,
    rows: readonly Row[],
    verb: string,
  ): Promise<void> {
    return this.change(statement, rows, (answer) => {
      if (answer.changes === rows.length) return;
      throw new Error(`${verb} changed ${answer.changes} of ${rows.length} rows`);
    });
  }

  protected async change<Row>(
    statement: SetStatement<Row>,
    rows: readonly Row[],
    check: (answer: Answer) => void,
  ): Promise<void> {
    this.#refuseWhenEnded();
    const change = statement.run(this.#session, rows).then(check);
    // `settle` reports it; until then a rejection nobody awaits must not end the process.
    change.catch(() => undefined);
    this.#pending.push(change);
  }

  /** A change of those of the rows that are as it wants them; answers which. */
  protected async changeSome<Row>(
    statement: SelectiveStatement<Row>,
    rows: readonly Row[],
  ): Promise<readonly Row[]> {
    this.#refuseWhenEnded();
    return statement.run(this.#session, rows);
  }

  #refuseWhenEnded(): void {
    if (!this.#isOpen) throw new Error('the transaction has ended');
  }
}
