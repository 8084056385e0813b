/** Periodic work of the server: never overlapping, its failures logged, its end awaited. */
import type { Log } from './log.ts';

/** Runs the task again and again; a failure is logged and does not end it. Answers how to stop it. */
export function repeat(
  pauseMs: number,
  log: Log,
  task: () => Promise<unknown>,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    running = task()
      .catch((error) => log.error({ error }, 'a periodic task failed'))
      .finally(() => {
        isBusy = false;
      });
  }, pauseMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
