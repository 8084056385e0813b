/** Claims about the log: a request's quick line reads as any other, levels hold, lines of threads pass. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogLevel } from './configuration.ts';
import { createLog, REQUEST, type RequestLine } from './log.ts';

function kept(level: LogLevel) {
  const lines: string[] = [];
  return { log: createLog(level, { write: (line) => void lines.push(line) }), lines };
}

const LINE: RequestLine = {
  ...{ requestId: 'a', method: 'POST', path: '/x' },
  ...{ status: 200, durationMs: 1.25, facts: {} },
};

/** The line's members in order, its time apart. */
function membersOf(line: string | undefined): unknown {
  const { time, ...rest } = JSON.parse(line ?? '');
  assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  return Object.entries(rest);
}

test('the line of a request reads as an ordinary one of its level', () => {
  const { log, lines } = kept('info');
  const line = { ...LINE, facts: { merchant: '中文 "1"' } };
  log.request(line);
  log.info(line, REQUEST);
  assert.equal(lines.length, 2);
  assert.deepEqual(membersOf(lines[0]), membersOf(lines[1]));
  for (const line of lines) assert(line.endsWith('}\n'));
});

test('above its level it is not written', () => {
  const { log, lines } = kept('warn');
  log.request(LINE);
  log.info({}, 'b');
  log.warn({}, 'c');
  assert.equal(lines.length, 1);
});

test('a line that another thread made passes as it is', () => {
  const { log, lines } = kept('info');
  log.relay('{"level":"info","msg":"there"}\n');
  assert.deepEqual(lines, ['{"level":"info","msg":"there"}\n']);
});
