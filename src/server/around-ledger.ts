/**
 * A ledger with something done around every verb: counting for metrics, waiting while the sandbox is
 * reset. What the verbs do is untouched.
 */
import type { Outcome } from '../domain/fault.ts';
import { verbsBy } from '../ledger/create.ts';
import type { Ledger, Verbs } from '../ledger/ledger.ts';
import type { Origin } from '../ledger/origin.ts';

export type AroundVerb = <Value>(
  verb: keyof Verbs,
  run: () => Promise<readonly Outcome<Value>[]>,
  commandCount: number,
) => Promise<readonly Outcome<Value>[]>;

export function aroundLedger(ledger: Ledger, around: AroundVerb): Ledger {
  // Each verb with its own commands: `verbsBy` pairs them.
  const inner = ledger as unknown as Record<
    keyof Verbs,
    (commands: readonly Origin[]) => Promise<readonly Outcome<unknown>[]>
  >;
  return {
    ...verbsBy((verb, commands) => around(verb, () => inner[verb](commands), commands.length)),
    reads: ledger.reads,
  };
}

/** A door in front of the ledger: open, or closed while the sandbox empties its store. */
export interface Gate {
  /** Resolves at once while open, otherwise when it opens again. */
  pass(): Promise<void> | undefined;
  /** Runs the work with the door closed. One at a time; the next waits its turn. */
  closedWhile<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(): Gate {
  let closedUntil: Promise<void> | undefined;
  return {
    pass: () => closedUntil,
    async closedWhile(work) {
      while (closedUntil !== undefined) await closedUntil;
      const { promise, resolve } = Promise.withResolvers<void>();
      closedUntil = promise;
      try {
        return await work();
      } finally {
        closedUntil = undefined;
        resolve();
      }
    },
  };
}
