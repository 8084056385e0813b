/**
 * What Prometheus sees. Requests, issues and batches are counted as they happen; filings and numbers
 * left are read from the store when somebody asks. Labels hold tax IDs of sellers (public data), never
 * an account, a buyer or a document.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { numbersLeft } from '../api/show.ts';
import type { Outcome } from '../domain/fault.ts';
import { periodOf } from '../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../domain/taipei.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Clock, StoreReads } from '../ledger/ports.ts';
import type { BatchReport } from '../ledger/writer.ts';
import type { OutboxStatus } from '../mof/turnkey/outbox.ts';

const LATENCY_BUCKETS_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
const BATCH_BUCKETS_COMMANDS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

export interface WatchedStore {
  readonly reads: StoreReads;
  readonly clock: Clock;
  readonly sellers: () => readonly Ubn[];
}

export interface Metrics {
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  observeBatch(report: BatchReport): void;
  observeIssues(outcomes: readonly Outcome<unknown>[]): void;
  /** Commands handed to the ledger (+) and answered by it (-). */
  addWaiting(commands: number): void;
  readonly contentType: string;
  /** The exposition text. */
  text(): Promise<string>;
  /** Names the store that filings and numbers are read from. */
  watch(watched: WatchedStore): void;
  /** Names the outbox; null while it does not run. */
  watchOutbox(status: () => OutboxStatus | null): void;
  /** Names where alarms are found. */
  watchAlarms(find: AlarmSource): void;
}

export type AlarmSource = () => Promise<
  readonly {
    readonly seller: Ubn | null;
    readonly code: string;
    readonly severity: string;
    readonly count: number;
  }[]
>;

/** What is counted at every request, and told to the registry when somebody asks. */
interface Counts {
  issued: number;
  waiting: number;
}

function watchCounts(registers: Registry[], counts: Readonly<Counts>): void {
  new Counter({
    name: 'kaili_invoices_issued_total',
    help: 'Invoices issued and acknowledged by this process',
    registers,
    collect() {
      this.reset();
      this.inc(counts.issued);
    },
  });
  new Gauge({
    name: 'kaili_ledger_commands_waiting',
    help: 'Commands handed to the ledger and not answered yet',
    registers,
    collect() {
      this.set(counts.waiting);
    },
  });
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counts: Counts = { issued: 0, waiting: 0 };
  watchCounts(registers, counts);
  const latency = new Histogram({
    name: 'kaili_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its reply',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: LATENCY_BUCKETS_SECONDS,
    registers,
  });
  const refusedIssues = new Counter({
    name: 'kaili_issues_refused_total',
    help: 'Issues that the ledger refused, by fault',
    labelNames: ['fault'] as const,
    registers,
  });
  const batch = new Histogram({
    name: 'kaili_ledger_batch_commands',
    help: 'Commands in one transaction of the writer',
    buckets: BATCH_BUCKETS_COMMANDS,
    registers,
  });
  return {
    observeRequest: (method, route, status, seconds) =>
      latency.observe({ method, route, status }, seconds),
    observeBatch: (report) => batch.observe(report.commands),
    observeIssues(outcomes) {
      for (const outcome of outcomes) {
        if (outcome.ok) counts.issued += 1;
        else refusedIssues.inc({ fault: outcome.faults[0]?.code ?? 'none' });
      }
    },
    addWaiting(commands) {
      counts.waiting += commands;
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
    watch: (watched) => watchStore(registers, watched),
    watchOutbox: (status) => watchOutbox(registers, status),
    watchAlarms: (find) => watchAlarms(registers, find),
  };
}

function watchStore(registers: Registry[], { reads, clock, sellers }: WatchedStore): void {
  new Gauge({
    name: 'kaili_filings',
    help: 'Filings that are not confirmed, by seller, message and state',
    labelNames: ['seller', 'message', 'state'] as const,
    registers,
    async collect() {
      this.reset();
      for (const { count, ...labels } of await reads.countFilings()) this.set(labels, count);
    },
  });
  new Gauge({
    name: 'kaili_numbers_left',
    help: 'Free invoice numbers of each segment that Kaili allots',
    labelNames: ['seller', 'period', 'track', 'first', 'category', 'code', 'status'] as const,
    registers,
    async collect() {
      this.reset();
      const current = periodOf(taipeiDateOf(taipeiDateTime(clock.now())));
      for (const seller of sellers()) {
        for (const segment of await reads.listSegments(seller)) {
          const left = numbersLeft(segment);
          // Periods that are over only make the list longer.
          if (left === null || segment.period < current) continue;
          const { period, track, first, category, code, status } = segment;
          this.set({ seller, period, track, first, category, code, status }, left);
        }
      }
    },
  });
}

/** Alarms as gauges, for rules that wake somebody; the texts are at /api/v1/alarms. */
function watchAlarms(registers: Registry[], find: AlarmSource): void {
  new Gauge({
    name: 'kaili_alarms',
    help: 'What a person should look at, by seller (empty: the center itself), code and severity',
    labelNames: ['seller', 'code', 'severity'] as const,
    registers,
    async collect() {
      this.reset();
      for (const { seller, code, severity, count } of await find()) {
        this.inc({ seller: seller ?? '', code, severity }, count);
      }
    },
  });
}

function watchOutbox(registers: Registry[], status: () => OutboxStatus | null): void {
  new Gauge({
    name: 'kaili_outbox_leader',
    help: 'Whether this process works the outbox',
    registers,
    collect() {
      this.set(status()?.isLeader === true ? 1 : 0);
    },
  });
  new Gauge({
    name: 'kaili_outbox_failed_steps',
    help: 'Steps of the outbox that failed since it started; each is in the log',
    registers,
    collect() {
      this.set(status()?.failedSteps ?? 0);
    },
  });
  new Gauge({
    name: 'kaili_outbox_files_lost',
    help: 'Files handed over that are in none of Turnkey’s folders',
    registers,
    collect() {
      this.set(status()?.filesLost ?? 0);
    },
  });
}
