/**
 * Runs the tests: `npm test`, `npm test -- src/domain test/e2e` for a part, `--browser` for the browser
 * tests too. Builds the client first, since end-to-end tests use it as published, and starts one
 * PostgreSQL cluster that all tests share and that is stopped whatever happens.
 * `KAILI_TEST_LONG=1` turns the short forms of simulation, crash and fuzz tests into the long ones.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startTestCluster } from '../test/support/postgres.ts';
import { report } from './test-report.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEST_FILES = '{src,packages/*/src,scripts,bench,test}/**/*.{test,fuzz}.ts';
const BROWSER_FOLDER = 'test/browser/';
const HOUSES = 'test/';
/** A file that hangs fails, and the others still run. */
const FILE_MS_MAX = process.env.KAILI_TEST_LONG === '1' ? 3_600_000 : 150_000;
/** More files at a time than a small machine has cores: many tests wait for disks and timers. */
const FILES_AT_ONCE = Math.min(4, availableParallelism() + 1);

/**
 * The test files under the wanted paths; all of them where none is named. Those of whole houses come first: they
 * take longest and mostly wait, so that the others fill the time beside them.
 */
function testFiles(wanted: readonly string[], withBrowser: boolean): readonly string[] {
  return globSync(TEST_FILES, { cwd: ROOT, exclude: ['**/node_modules/**'] })
    .filter((path) => withBrowser || !path.startsWith(BROWSER_FOLDER))
    .filter((path) => wanted.length === 0 || wanted.some((prefix) => path.startsWith(prefix)))
    .sort(
      (a, b) => Number(b.startsWith(HOUSES)) - Number(a.startsWith(HOUSES)) || (a < b ? -1 : 1),
    );
}

/** A developer's own Kaili settings must not reach a test; those of the tests themselves do. */
function clearEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('KAILI_') && !name.startsWith('KAILI_TEST_')) delete process.env[name];
  }
}

function buildClient(): void {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const built = spawnSync(
    process.execPath,
    [compiler, '-p', 'packages/client/tsconfig.build.json'],
    {
      cwd: ROOT,
      stdio: 'inherit',
    },
  );
  if (built.status !== 0) throw new Error('the client does not build');
}

/** Runs the files and answers whether all of them passed. */
async function runFiles(files: readonly string[], stop: AbortSignal): Promise<boolean> {
  const events = run({
    cwd: ROOT,
    files: files.map((path) => join(ROOT, path)),
    concurrency: FILES_AT_ONCE,
    timeout: FILE_MS_MAX,
    signal: stop,
  });
  let isGreen = true;
  events.on('test:fail', ({ todo }) => {
    if (todo === undefined || todo === false) isGreen = false;
  });
  await pipeline(events, report, process.stdout, { end: false });
  return isGreen && !stop.aborted;
}

async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const files = testFiles(wanted, args.includes('--browser'));
  if (files.length === 0) throw new Error(`no test file under ${wanted.join(' ')}`);
  clearEnvironment();
  buildClient();

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
  const cluster = await startTestCluster();
  // Each file is a process of its own that compiles much the same modules.
  const compiled = mkdtempSync(join(tmpdir(), 'kaili-test-compiled-'));
  process.env.NODE_COMPILE_CACHE = compiled;
  try {
    process.env.KAILI_TEST_POSTGRES_URL = cluster.url;
    if (!(await runFiles(files, stop.signal))) process.exitCode = 1;
  } finally {
    await cluster.stop();
    rmSync(compiled, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
