/**
 * What is due by the clock alone: delayed invoices whose hour has come, consents whose hours are over. Each
 * is a request of its own, so that one that throws fails alone: it is logged, put off, and keeps nobody else
 * of any seller waiting. Sent together, they still share the writer's batch.
 */
import type { Outcome } from '../domain/fault.ts';
import { type TaipeiDateTime, taipeiDateTime } from '../domain/taipei.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../ledger/ports.ts';
import type { ConsentRow, PendingIssueRow } from '../ledger/rows.ts';
import type { Log } from '../notify/ports.ts';
import { PutOff } from '../notify/put-off.ts';

/** Delayed invoices, and consents, that one round takes. */
export const ROUND_MAX = 100;

export interface ClockWorkParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
}

/** One sort of rows that come due. */
interface Duty<Row> {
  /** What a row is called while it is put off, and in the log. */
  readonly nameOf: (row: Row) => string;
  readonly list: (now: TaipeiDateTime, limit: number) => Promise<readonly Row[]>;
  readonly settle: (row: Row) => Promise<readonly Outcome<unknown>[]>;
  readonly putOff: PutOff;
}

export class ClockWork {
  readonly #parts: ClockWorkParts;
  readonly #invoices: Duty<PendingIssueRow>;
  readonly #consents: Duty<ConsentRow>;

  constructor(parts: ClockWorkParts) {
    const { ledger, clock } = parts;
    const system = { account: 'system', ip: '' } as const;
    this.#parts = parts;
    this.#invoices = {
      // With the sequence of its last edit: an edited one is tried at once.
      nameOf: ({ seller, account, key, sequence }) =>
        JSON.stringify(['delayed', seller, account, key, sequence]),
      list: (now, limit) => ledger.reads.listDuePendingIssues(now, limit),
      settle: ({ seller, account, key }) =>
        ledger.issuePending([{ ...system, seller, pending: { account, key } }]),
      putOff: new PutOff(clock),
    };
    this.#consents = {
      nameOf: ({ seller, number }) => JSON.stringify(['consent', seller, number]),
      list: (now, limit) => ledger.reads.listExpiredConsents(now, limit),
      settle: ({ seller, number }) =>
        ledger.expireAllowance([{ ...system, seller, allowanceNumber: number, reason: '' }]),
      putOff: new PutOff(clock),
    };
  }

  /** Issues delayed invoices and ends consents; answers how many it settled. */
  async round(): Promise<number> {
    const now = taipeiDateTime(this.#parts.clock.now());
    const settled = await Promise.all([
      this.#work(this.#invoices, now),
      this.#work(this.#consents, now),
    ]);
    return settled.reduce((sum, count) => sum + count, 0);
  }

  /** Never rejects: one sort of work does not depend on the other. */
  async #work<Row>(duty: Duty<Row>, now: TaipeiDateTime): Promise<number> {
    const { nameOf, list, putOff } = duty;
    try {
      const limit = ROUND_MAX + putOff.size;
      const rows = await list(now, limit);
      if (rows.length < limit) putOff.keepOnly(new Set(rows.map(nameOf)));
      const due = rows.filter((row) => !putOff.isPutOff(nameOf(row))).slice(0, ROUND_MAX);
      const settled = await Promise.all(due.map((row) => this.#settle(duty, row)));
      return settled.filter((isSettled) => isSettled).length;
    } catch (error) {
      this.#parts.log.error({ error }, 'what is due by the clock could not be listed');
      return 0;
    }
  }

  /** Whether the row is due no more: a busy ledger, or one whose clock is behind, left it as it was. */
  async #settle<Row>({ nameOf, settle, putOff }: Duty<Row>, row: Row): Promise<boolean> {
    const name = nameOf(row);
    try {
      const [outcome] = await settle(row);
      putOff.delete(name);
      return outcome?.ok === true && outcome.value !== null;
    } catch (error) {
      const pauseMs = putOff.add(name);
      this.#parts.log.error({ error, due: name, pauseMs }, 'what is due by the clock is put off');
      return false;
    }
  }
}
