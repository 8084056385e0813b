/** Claims about the log: a request's quick line reads as any other, levels hold, lines of threads pass. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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

/** A program that writes lines to its standard output as a server does, then ends as `end` says. */
function linesOf(end: string): readonly { readonly msg: string; readonly requestId?: string }[] {
  const program = `
    import { createLog } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
    const log = createLog('info');
    const line = { method: 'POST', path: '/x', status: 200, durationMs: 1, facts: {} };
    for (let n = 0; n < 2000; n += 1) {
      log.request({ requestId: String(n), ...line });
      if (n % 500 === 250) log.warn({}, 'warned');
      if (n % 500 === 251) log.relay('{"msg":"relayed"}\\n');
    }
    log.info({}, 'last');
    ${end}
    process.exit(0);`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  assert.equal(run.stderr, '');
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

for (const end of ['await log.flush();', 'log.flushNow();']) {
  test(`lines that were held back come out whole and in order: ${end}`, () => {
    const seen = linesOf(end);
    const requests = seen.filter(({ msg }) => msg === REQUEST);
    assert.deepEqual(
      requests.map(({ requestId }) => Number(requestId)),
      Array.from({ length: 2_000 }, (_, n) => n),
    );
    const others = seen.flatMap(({ msg }, index) => (msg === REQUEST ? [] : [{ msg, index }]));
    assert.deepEqual(others[0], { msg: 'warned', index: 251 });
    assert.deepEqual(others[1], { msg: 'relayed', index: 253 });
    assert.equal(others.length, 9);
    assert.equal(seen.at(-1)?.msg, 'last');
  });
}
