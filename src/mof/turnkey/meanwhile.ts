/** Work that goes on while its caller does something else, and is waited for in the end. */

/** A promise that is waited for later; a rejection is not unhandled until then. */
export function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Waits for all, so that nothing is still under way behind a caller; then throws the first failure. */
export async function settle(...promises: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(promises)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}
