/** Puts the ledger together: its verbs over one writer, its queries over the store's reads. */
import type { Outcome } from '../domain/fault.ts';
import { allotToBranch } from './allot-to-branch.ts';
import { allow } from './allow.ts';
import { allowStated } from './allow-stated.ts';
import { amend } from './amend.ts';
import { cancelSchedule } from './cancel-schedule.ts';
import { closePeriod } from './close-period.ts';
import { confirm } from './confirm.ts';
import { consentAllowance } from './consent-allowance.ts';
import { declareBlank } from './declare-blank.ts';
import { endEditWindow, holdFiling, recordResult, releaseFiling } from './filing-steps.ts';
import { importBook } from './import-book.ts';
import { issue } from './issue.ts';
import { issuePending } from './issue-pending.ts';
import type { Ledger, Verbs } from './ledger.ts';
import { notify } from './notify.ts';
import type { Origin } from './origin.ts';
import { deletePartner, upsertPartner } from './partners.ts';
import type { Clock, Random, Store } from './ports.ts';
import { receive } from './receive.ts';
import { recordNotice } from './record-notice.ts';
import { recordPrint } from './record-print.ts';
import { recordPrintJob } from './record-print-job.ts';
import { reissue } from './reissue.ts';
import { reportBlank } from './report-blank.ts';
import { reschedule } from './reschedule.ts';
import { resendFiling } from './resend-filing.ts';
import { schedule } from './schedule.ts';
import { setMachine } from './set-machine.ts';
import { setSegmentStatus } from './set-segment-status.ts';
import { splitSegment } from './split-segment.ts';
import { reject, voidTrade } from './trade-deeds.ts';
import { releasePartnerFiling } from './trade-filings.ts';
import { trigger } from './trigger.ts';
import type { Verb } from './verb.ts';
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

/** Every verb by its name in `Verbs`. */
const VERBS = {
  issue,
  amend,
  reissue,
  void: voidInvoice,
  allow,
  allowStated,
  voidAllowance,
  declareBlank,
  reportBlank,
  schedule,
  reschedule,
  trigger,
  cancelSchedule,
  issuePending,
  consentAllowance,
  withdrawAllowance,
  expireAllowance,
  notify,
  recordPrint,
  recordPrintJob,
  recordNotice,
  closePeriod,
  upsertPartner,
  deletePartner,
  confirm,
  reject,
  voidTrade,
  receive,
  releasePartnerFiling,
  importBook,
  allotToBranch,
  splitSegment,
  setSegmentStatus,
  setMachine,
  recordResult,
  holdFiling,
  releaseFiling,
  resendFiling,
  endEditWindow,
} satisfies { readonly [Name in keyof Verbs]: Verb<Origin, unknown> };

// The table has exactly the names of `Verbs`.
const VERB_NAMES = Object.keys(VERBS) as readonly (keyof Verbs)[];

/** A function for each verb; `call` runs the verb of that name. */
export function verbsBy(
  call: (verb: keyof Verbs, commands: readonly Origin[]) => Promise<readonly Outcome<unknown>[]>,
): Verbs {
  const verbs = VERB_NAMES.map((verb) => [
    verb,
    (commands: readonly Origin[]) => call(verb, commands),
  ]);
  // One function a verb; that each takes and gives its own types is `VERBS`' business.
  return Object.fromEntries(verbs) as Verbs;
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
    ...verbsBy((verb, commands) => writer.submit<Origin, unknown>(VERBS[verb], commands)),
    reads: parts.store.reads,
    drain: () => writer.drain(),
    failure: writer.failure,
  };
}
