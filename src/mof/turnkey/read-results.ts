/**
 * One pass over Turnkey's results: reads what is new, finds the filings, records the answers. A file
 * counts as dealt with only after its answers are in the ledger, so a crash in between reads it again.
 */
import { taipeiDateTime } from '../../domain/taipei.ts';
import type { Log } from '../ports.ts';
import { EnvelopeFinder } from './envelope.ts';
import type { TurnkeyFolders } from './folders.ts';
import { CLOCK_DIFFERENCE_MS, matchVerdicts } from './match-verdicts.ts';
import type { OutboxContext } from './outbox-context.ts';
import { parseProcessResult } from './process-result.ts';
import { readXml, XML_BYTES_MAX, type XmlElement } from './read-xml.ts';
import { type Noted, Recent } from './recent.ts';
import { recordAll } from './record.ts';
import { RESULT_DAYS_MAX, type ResultFile, ResultInbox } from './result-inbox.ts';
import { parseSummaryResult } from './summary-result.ts';
import { addDays, compactDay } from './taipei-days.ts';
import { processVerdicts, summaryVerdicts, type Verdict } from './verdicts.ts';

/** What has been seen since the start; for metrics and alarms. */
export interface ResultCounts {
  readonly filesRead: number;
  /** Files that are no readable results, left where they lie. */
  readonly filesGivenUp: number;
  /** Answers about messages that no filing here is. */
  readonly unknownAnswers: number;
  /** Results of whole envelopes whose members are not known here. */
  readonly unresolvedEnvelopes: number;
  readonly unreadableFiles: readonly string[];
  /** Of the last day: answers that fit no filing here. */
  readonly strays: readonly Stray[];
  readonly unresolved: readonly Noted[];
  /** Answers whose times show that Turnkey's clock is another one. */
  readonly skews: readonly Noted[];
}

/** An answer about a message that is not filed here; foreign: of a tax ID that is not set up here. */
export interface Stray extends Noted {
  readonly isForeign: boolean;
}

type Reading = { readonly verdicts: readonly Verdict[]; readonly isUnresolved: boolean };

/** Verdicts that are recorded together, whole files at a time. */
const VERDICTS_AT_ONCE_MAX = 500;

/**
 * The window of days to look at begins by the earliest of so many passes: where the sandbox's clock is
 * moved on by months, answers of the moment before are still read.
 */
const PASSES_REMEMBERED = 10;

export class ResultReader {
  readonly #context: OutboxContext;
  /** By Turnkey's working folder. */
  readonly #inboxes = new Map<string, readonly ResultInbox[]>();
  /** Times of the last passes. */
  #passesMs: readonly number[] = [];
  #filesRead = 0;
  #lastResultMs = 0;
  #unknownAnswers = 0;
  #unresolvedEnvelopes = 0;
  readonly #strays = new Recent<Stray>();
  readonly #unresolved = new Recent<Noted>();
  readonly #skews = new Recent<Noted>();

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  get counts(): ResultCounts {
    const unreadableFiles = [...this.#inboxes.values()].flat().flatMap((inbox) => inbox.givenUp);
    const nowMs = this.#context.clock.now();
    return {
      filesRead: this.#filesRead,
      filesGivenUp: unreadableFiles.length,
      unknownAnswers: this.#unknownAnswers,
      unresolvedEnvelopes: this.#unresolvedEnvelopes,
      unreadableFiles,
      strays: this.#strays.since(nowMs),
      unresolved: this.#unresolved.since(nowMs),
      skews: this.#skews.since(nowMs),
    };
  }

  /** Time of the newest result that was read; 0 before any. */
  get lastResultMs(): number {
    return this.#lastResultMs;
  }

  async pass(): Promise<void> {
    this.#passesMs = [...this.#passesMs, this.#context.clock.now()].slice(-PASSES_REMEMBERED);
    for (const folders of this.#context.folders.all()) {
      for (const inbox of this.#inboxesOf(folders)) await this.#passInbox(inbox, folders);
    }
  }

  #inboxesOf({ root, processResults, summaryResults }: TurnkeyFolders): readonly ResultInbox[] {
    const known = this.#inboxes.get(root);
    if (known !== undefined) return known;
    const { files } = this.#context;
    const made = [processResults, summaryResults].map((path) => new ResultInbox(files, path));
    this.#inboxes.set(root, made);
    return made;
  }

  async #passInbox(inbox: ResultInbox, folders: TurnkeyFolders): Promise<void> {
    const { clock, files, limits } = this.#context;
    const nowMs = clock.now();
    const firstMs = Math.min(...this.#passesMs);
    const since = addDays(compactDay(taipeiDateTime(firstMs)), -RESULT_DAYS_MAX);
    const finder = new EnvelopeFinder(files, folders.envelopes);
    let read: ResultFile[] = [];
    let verdicts: Verdict[] = [];
    const record = async () => {
      await this.#record(verdicts);
      for (const file of read) inbox.settle(file);
      this.#filesRead += read.length;
      read = [];
      verdicts = [];
    };
    for (const file of await inbox.fresh(since, nowMs, limits.resultFilesMax)) {
      const reading = await this.#read(file, finder);
      if (typeof reading === 'string') {
        this.#giveUp(inbox, file, nowMs, reading, this.#context.log);
        continue;
      }
      read.push(file);
      this.#lastResultMs = Math.max(this.#lastResultMs, file.modifiedMs);
      verdicts.push(...reading.verdicts);
      if (reading.isUnresolved) {
        this.#unresolvedEnvelopes += 1;
        this.#unresolved.add({ atMs: nowMs, subject: file.path });
      }
      if (verdicts.length >= VERDICTS_AT_ONCE_MAX) await record();
    }
    await record();
  }

  /** The verdicts of a file, or why it is none of ours. */
  async #read(file: ResultFile, finder: EnvelopeFinder): Promise<Reading | string> {
    const bytes = await this.#context.files.read(file.path, XML_BYTES_MAX);
    if (bytes === 'too-large') return 'larger than 20 MB';
    if (bytes === 'unreadable') return 'cannot be opened';
    const reading = readXml(bytes);
    if (!reading.ok) return reading.reason;
    return this.#verdictsOf(reading.name, reading.root, file, finder);
  }

  async #verdictsOf(
    name: string,
    root: XmlElement,
    file: ResultFile,
    finder: EnvelopeFinder,
  ): Promise<Reading | string> {
    const { accounts } = this.#context;
    const arrivedAt = taipeiDateTime(file.modifiedMs);
    const result = parseProcessResult(name, root);
    if (result !== null) return processVerdicts(result, arrivedAt, accounts, finder);
    const summary = parseSummaryResult(name, root);
    if (summary === null) return `neither ProcessResult nor SummaryResult`;
    return { verdicts: summaryVerdicts(summary, arrivedAt, accounts), isUnresolved: false };
  }

  #giveUp(inbox: ResultInbox, file: ResultFile, nowMs: number, reason: string, log: Log): void {
    if (!inbox.reject(file, nowMs)) return;
    log.error({ file: file.path, reason }, 'a result file cannot be read; it stays where it is');
  }

  async #record(verdicts: readonly Verdict[]): Promise<void> {
    if (verdicts.length === 0) return;
    const { ledger, log } = this.#context;
    const matched = await matchVerdicts(ledger.reads, verdicts);
    const atMs = this.#context.clock.now();
    if (matched.unknown.length > 0) {
      this.#unknownAnswers += matched.unknown.length;
      const count = matched.unknown.length;
      log.warn({ count }, 'the platform answered about messages not filed here');
    }
    for (const verdict of matched.unknown) {
      const isForeign = verdict.sellers.length === 0;
      this.#strays.add({ atMs, subject: subjectOf(verdict), isForeign });
    }
    const now = taipeiDateTime(atMs + CLOCK_DIFFERENCE_MS);
    const ahead = verdicts.filter(({ packedAt }) => packedAt !== null && packedAt > now);
    for (const verdict of [...matched.skewed, ...ahead]) {
      this.#skews.add({ atMs, subject: `${subjectOf(verdict)}: packed ${verdict.packedAt}` });
    }
    await recordAll(ledger, matched.commands);
    for (const { seller, sequence, to, code } of matched.commands) {
      if (to === 'refused') log.warn({ seller, filing: sequence, code }, 'a filing was refused');
    }
  }
}

function subjectOf({ message, number, dates }: Verdict): string {
  return [message, number, ...dates].join(' ');
}
