/**
 * What the parts that talk to Turnkey need from outside besides the ledger: a place to log, and
 * something that calls them again. The clock is the ledger's.
 */

/** One structured line each; pino satisfies it. Facts never hold personal data or secrets. */
export interface Log {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** Calls a task again and again, never overlapping, until cancelled. Tests call the task by hand. */
export interface Schedule {
  /** The pause lies between the end of one run and the start of the next. */
  every(pauseMs: number, task: () => Promise<void>): { cancel(): void };
}

/** The schedule of a running process: real timers, whatever the clock is set to. */
export const timerSchedule: Schedule = {
  every(pauseMs, task) {
    let isCancelled = false;
    let timer = setTimeout(run, pauseMs);
    async function run(): Promise<void> {
      await task();
      if (!isCancelled) timer = setTimeout(run, pauseMs);
    }
    return {
      cancel() {
        isCancelled = true;
        clearTimeout(timer);
      },
    };
  },
};
