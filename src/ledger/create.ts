/** Puts the ledger together: its verbs over one writer, its queries over the store's reads. */
import { allow } from './allow.ts';
import { allowStated } from './allow-stated.ts';
import { amend } from './amend.ts';
import { cancelSchedule } from './cancel-schedule.ts';
import { closePeriod } from './close-period.ts';
import { consentAllowance } from './consent-allowance.ts';
import { declareBlank } from './declare-blank.ts';
import { endEditWindow, holdFiling, recordResult, releaseFiling } from './filing-steps.ts';
import { importBook } from './import-book.ts';
import { issue } from './issue.ts';
import { issuePending } from './issue-pending.ts';
import type { Ledger } from './ledger.ts';
import { notify } from './notify.ts';
import type { Clock, Random, Store } from './ports.ts';
import { recordNotice } from './record-notice.ts';
import { recordPrint } from './record-print.ts';
import { recordPrintJob } from './record-print-job.ts';
import { reissue } from './reissue.ts';
import { reportBlank } from './report-blank.ts';
import { reschedule } from './reschedule.ts';
import { schedule } from './schedule.ts';
import { setSegmentStatus } from './set-segment-status.ts';
import { splitSegment } from './split-segment.ts';
import { trigger } from './trigger.ts';
import { voidInvoice } from './void.ts';
import { voidAllowance } from './void-allowance.ts';
import { expireAllowance, withdrawAllowance } from './withdraw-allowance.ts';
import { type BatchReport, WRITER_LIMITS, Writer, type WriterLimits } from './writer.ts';

export interface LedgerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: WriterLimits;
  /** Told of every batch that the writer takes; for metrics. */
  readonly onBatch?: (report: BatchReport) => void;
}

export interface LedgerHandle extends Ledger {
  /** Resolves when nothing waits to be written. */
  drain(): Promise<void>;
  /** Rejects when the writer stopped for good (failed commit, broken invariant). */
  readonly failure: Promise<never>;
}

export function createLedger(parts: LedgerParts): LedgerHandle {
  const writer = new Writer({
    store: parts.store,
    clock: parts.clock,
    random: parts.random,
    limits: parts.limits ?? WRITER_LIMITS,
    onBatch: parts.onBatch,
  });
  return {
    reads: parts.store.reads,
    issue: (commands) => writer.submit(issue, commands),
    amend: (commands) => writer.submit(amend, commands),
    reissue: (commands) => writer.submit(reissue, commands),
    void: (commands) => writer.submit(voidInvoice, commands),
    allow: (commands) => writer.submit(allow, commands),
    allowStated: (commands) => writer.submit(allowStated, commands),
    voidAllowance: (commands) => writer.submit(voidAllowance, commands),
    declareBlank: (commands) => writer.submit(declareBlank, commands),
    reportBlank: (commands) => writer.submit(reportBlank, commands),
    schedule: (commands) => writer.submit(schedule, commands),
    reschedule: (commands) => writer.submit(reschedule, commands),
    trigger: (commands) => writer.submit(trigger, commands),
    cancelSchedule: (commands) => writer.submit(cancelSchedule, commands),
    issuePending: (commands) => writer.submit(issuePending, commands),
    consentAllowance: (commands) => writer.submit(consentAllowance, commands),
    withdrawAllowance: (commands) => writer.submit(withdrawAllowance, commands),
    expireAllowance: (commands) => writer.submit(expireAllowance, commands),
    notify: (commands) => writer.submit(notify, commands),
    recordPrint: (commands) => writer.submit(recordPrint, commands),
    recordPrintJob: (commands) => writer.submit(recordPrintJob, commands),
    recordNotice: (commands) => writer.submit(recordNotice, commands),
    closePeriod: (commands) => writer.submit(closePeriod, commands),
    importBook: (commands) => writer.submit(importBook, commands),
    splitSegment: (commands) => writer.submit(splitSegment, commands),
    setSegmentStatus: (commands) => writer.submit(setSegmentStatus, commands),
    recordResult: (commands) => writer.submit(recordResult, commands),
    holdFiling: (commands) => writer.submit(holdFiling, commands),
    releaseFiling: (commands) => writer.submit(releaseFiling, commands),
    endEditWindow: (commands) => writer.submit(endEditWindow, commands),
    drain: () => writer.drain(),
    failure: writer.failure,
  };
}
