/**
 * A ledger with something done around every verb: counting for metrics, waiting while the sandbox is
 * reset. What the verbs do is untouched.
 */
import type { Outcome } from '../domain/fault.ts';
import type { Ledger, Verbs } from '../ledger/ledger.ts';

export type AroundVerb = <Value>(
  verb: keyof Verbs,
  run: () => Promise<readonly Outcome<Value>[]>,
  commandCount: number,
) => Promise<readonly Outcome<Value>[]>;

export function aroundLedger(ledger: Ledger, around: AroundVerb): Ledger {
  function wrap<Command, Value>(
    verb: keyof Verbs,
    inner: (commands: readonly Command[]) => Promise<readonly Outcome<Value>[]>,
  ): (commands: readonly Command[]) => Promise<readonly Outcome<Value>[]> {
    return (commands) => around(verb, () => inner(commands), commands.length);
  }
  return {
    reads: ledger.reads,
    issue: wrap('issue', ledger.issue),
    amend: wrap('amend', ledger.amend),
    reissue: wrap('reissue', ledger.reissue),
    void: wrap('void', ledger.void),
    allow: wrap('allow', ledger.allow),
    allowStated: wrap('allowStated', ledger.allowStated),
    voidAllowance: wrap('voidAllowance', ledger.voidAllowance),
    declareBlank: wrap('declareBlank', ledger.declareBlank),
    reportBlank: wrap('reportBlank', ledger.reportBlank),
    schedule: wrap('schedule', ledger.schedule),
    reschedule: wrap('reschedule', ledger.reschedule),
    trigger: wrap('trigger', ledger.trigger),
    cancelSchedule: wrap('cancelSchedule', ledger.cancelSchedule),
    issuePending: wrap('issuePending', ledger.issuePending),
    consentAllowance: wrap('consentAllowance', ledger.consentAllowance),
    withdrawAllowance: wrap('withdrawAllowance', ledger.withdrawAllowance),
    expireAllowance: wrap('expireAllowance', ledger.expireAllowance),
    notify: wrap('notify', ledger.notify),
    recordPrint: wrap('recordPrint', ledger.recordPrint),
    recordPrintJob: wrap('recordPrintJob', ledger.recordPrintJob),
    recordNotice: wrap('recordNotice', ledger.recordNotice),
    closePeriod: wrap('closePeriod', ledger.closePeriod),
    importBook: wrap('importBook', ledger.importBook),
    splitSegment: wrap('splitSegment', ledger.splitSegment),
    setSegmentStatus: wrap('setSegmentStatus', ledger.setSegmentStatus),
    recordResult: wrap('recordResult', ledger.recordResult),
    holdFiling: wrap('holdFiling', ledger.holdFiling),
    releaseFiling: wrap('releaseFiling', ledger.releaseFiling),
    endEditWindow: wrap('endEditWindow', ledger.endEditWindow),
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
