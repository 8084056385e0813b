/**
 * The test report: one line a test as it ends, skips with their reasons, then every failure in full,
 * and Node's own closing lines last, so that the end of a log says how the run went.
 */
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

type Passed = Extract<TestEvent, { type: 'test:pass' }>['data'];
type Failed = Extract<TestEvent, { type: 'test:fail' }>['data'];
type Summary = Extract<TestEvent, { type: 'test:summary' }>['data'];

const INDENT = '  ';

/** Turns the runner's events into the text of the report. */
export async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failures: Failed[] = [];
  /** The suites around the next line, outermost first, and how many of them were named already. */
  const suites: string[] = [];
  let named = 0;
  let closing = 'ℹ the run ended before its summary\n';
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      suites.length = data.nesting;
      suites.push(data.name);
      named = Math.min(named, data.nesting);
    } else if (type === 'test:pass' || type === 'test:fail') {
      for (; named < data.nesting; named += 1) yield `${INDENT.repeat(named)}${suites[named]}\n`;
      if (type === 'test:fail') failures.push(data);
      if (data.details.type !== 'suite') yield type === 'test:pass' ? passed(data) : missed(data);
    } else if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    else if (type === 'test:summary' && data.file === undefined) closing = summary(data);
  }
  for (const data of failures) yield failed(data);
  yield closing;
}

function passed(data: Passed): string {
  const reason = data.skip ?? data.todo;
  const mark = reason === undefined ? '✔' : '﹣';
  const note = reason === undefined ? '' : ` # ${reason === true ? 'skipped' : reason}`;
  const milliseconds = Math.round(data.details.duration_ms);
  return `${INDENT.repeat(data.nesting)}${mark} ${data.name} (${milliseconds} ms)${note}\n`;
}

function missed(data: Failed): string {
  return `${INDENT.repeat(data.nesting)}✖ ${data.name}\n`;
}

function failed(data: Failed): string {
  const { error } = data.details;
  // A suite fails because a test in it did, and that one is shown.
  if ('failureType' in error && error.failureType === 'subtestsFailed') return '';
  const place = `${data.file ?? ''}:${data.line ?? 0}`;
  const text = inspect(error.cause ?? error).replaceAll('\n', `\n${INDENT}`);
  return `\n✖ ${data.name}\n${INDENT}${place}\n${INDENT}${text}\n`;
}

function summary({ counts, duration_ms: duration }: Summary): string {
  const { tests, suites, passed: pass, cancelled, skipped, todo } = counts;
  const fail = tests - pass - cancelled - skipped - todo;
  const rows = { tests, suites, pass, fail, cancelled, skipped, todo, duration_ms: duration };
  return Object.entries(rows)
    .map(([name, value]) => `ℹ ${name} ${value}\n`)
    .join('');
}
