/**
 * How fast Kaili issues: `node bench/issue.ts [--rounds 5]`. In one run, requests a second and latencies
 * at 1, 16 and 64 connections of (a) a bare handler that only opens and seals envelopes, (b) Kaili on
 * SQLite, (c) Kaili on PostgreSQL. The three take turns, round by round, and medians are shown, because
 * a machine's pace changes while one looks. How to read it: bench/README.md.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startTestCluster } from '../test/support/postgres.ts';
import type { LoadAnswer, LoadQuestion } from './load.ts';
import { type MeasuredServer, residentMebibytes, startBare, startKaili } from './servers.ts';

const ROUNDS_DEFAULT = 3;
/** All loads together, with the warm-up, stay within the sandbox's 100,000 numbers. */
const LOADS = [
  { connections: 1, requests: 4_000 },
  { connections: 16, requests: 20_000 },
  { connections: 64, requests: 30_000 },
] as const;
/** Before the first measurement: code gets compiled, files and connections get opened. */
const WARM_UP = { connections: 64, requests: 10_000 };

const SUBJECTS = {
  'a bare': startBare,
  'b sqlite': () => startKaili('sqlite'),
  'c postgres': () => startKaili('postgres'),
} as const satisfies Readonly<Record<string, () => Promise<MeasuredServer>>>;
type Subject = keyof typeof SUBJECTS;

interface Measurement {
  readonly subject: Subject;
  readonly connections: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** MiB at the end of this load. */
  readonly resident: number;
}

async function ask(load: ChildProcess, question: LoadQuestion): Promise<LoadAnswer> {
  const answered = new AbortController();
  const { signal } = answered;
  load.send(question);
  try {
    const ended = once(load, 'exit', { signal }).then(() => {
      throw new Error('the load ended by itself');
    });
    const [answer] = await Promise.race([once(load, 'message', { signal }), ended]);
    return answer;
  } finally {
    answered.abort();
  }
}

/** Measures one server from empty data, at each number of connections. */
async function measure(subject: Subject, load: ChildProcess): Promise<readonly Measurement[]> {
  const server = await SUBJECTS[subject]();
  try {
    await ask(load, { url: server.url, run: 'warm', ...WARM_UP });
    const measurements: Measurement[] = [];
    for (const { connections, requests } of LOADS) {
      const question = { url: server.url, connections, requests, run: `load${connections}` };
      const { seconds, p50, p99 } = await ask(load, question);
      const resident = residentMebibytes(server.pid)?.now ?? Number.NaN;
      const requestsPerSecond = requests / seconds;
      measurements.push({ subject, connections, requestsPerSecond, p50, p99, resident });
    }
    return measurements;
  } finally {
    await server.remove();
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function rate(measurements: readonly Measurement[], subject: Subject, connections: number): number {
  return median(
    measurements
      .filter((each) => each.subject === subject && each.connections === connections)
      .map((each) => each.requestsPerSecond),
  );
}

function print(measurements: readonly Measurement[]): void {
  const groups = Map.groupBy(measurements, (each) => `${each.subject}/${each.connections}`);
  const rows = [...groups.values()].map((each) => ({
    server: each[0]?.subject,
    connections: each[0]?.connections,
    'requests/s': Math.round(median(each.map((one) => one.requestsPerSecond))),
    'p50 ms': Number(median(each.map((one) => one.p50)).toFixed(2)),
    'p99 ms': Number(median(each.map((one) => one.p99)).toFixed(2)),
    'resident MiB': Math.round(Math.max(...each.map((one) => one.resident))),
  }));
  console.table(rows);
  for (const { connections } of LOADS) {
    const [a, b, c] = [
      rate(measurements, 'a bare', connections),
      rate(measurements, 'b sqlite', connections),
      rate(measurements, 'c postgres', connections),
    ];
    console.log(`${connections} connections: b/a ${(b / a).toFixed(2)}, c/b ${(c / b).toFixed(2)}`);
  }
}

const roundsAt = process.argv.indexOf('--rounds');
const rounds = roundsAt < 0 ? ROUNDS_DEFAULT : Number(process.argv[roundsAt + 1]);
const cluster = await startTestCluster();
process.env.KAILI_TEST_POSTGRES_URL = cluster.url;
const load = fork(fileURLToPath(new URL('./load.ts', import.meta.url)));
try {
  console.log(
    `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, ${rounds} rounds`,
  );
  const measurements: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of ['a bare', 'b sqlite', 'c postgres'] as const) {
      measurements.push(...(await measure(subject, load)));
    }
  }
  print(measurements);
} finally {
  load.kill();
  await cluster.stop();
}
