/**
 * Goldens: files in `examples/` that are documentation and test at once. A test compares what it made
 * with the file; run with `--update` on the command line of the test file, or with
 * KAILI_UPDATE_GOLDENS=1 (`KAILI_UPDATE_GOLDENS=1 npm test`), it writes the file instead. Read the
 * difference before committing it.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export function isUpdatingGoldens(): boolean {
  const flag = process.env.KAILI_UPDATE_GOLDENS;
  return process.argv.includes('--update') || (flag !== undefined && flag !== '' && flag !== '0');
}

/** Absolute path of a file of the repository, named from its root with slashes. */
export function repositoryPath(path: string): string {
  return join(REPOSITORY_ROOT, ...path.split('/'));
}

/**
 * Asserts that the text is the golden's, byte for byte, or writes it when goldens are updated.
 * `path` counts from the repository's root, e.g. `examples/mig/f0401-zero-rate.xml`.
 */
export function assertGolden(path: string, text: string): void {
  const file = repositoryPath(path);
  if (isUpdatingGoldens()) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert(
    existsSync(file),
    `${path} is absent: run the test with KAILI_UPDATE_GOLDENS=1 and read it`,
  );
  assert.equal(text, readFileSync(file, 'utf8'), `${path} differs from what is made now`);
}
