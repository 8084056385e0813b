/**
 * The one module that finds the reference data which is not part of this repository: the Ministry's
 * schemas and sample messages, and recorded provider requests. It lies in `../shared/reference`, beside
 * the repository. A test that needs it asks here: without it the test is skipped with a printed reason,
 * but under CI it fails, so that a pipeline never passes by not looking.
 */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const REPOSITORY_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const REFERENCE_FOLDER = join(REPOSITORY_ROOT, '..', 'shared', 'reference');

/** Absolute path of the reference data, or null where it is not installed. */
export function referenceFolder(): string | null {
  return existsSync(REFERENCE_FOLDER) ? REFERENCE_FOLDER : null;
}

/**
 * The folder (or the file or folder `parts` below it) for a test that cannot do without it. Where it is
 * absent the test is skipped, its reason is printed, and null is returned so that the test can end;
 * with `CI=true` this throws instead.
 */
export function requireReference(t: TestContext, ...parts: readonly string[]): string | null {
  const folder = referenceFolder();
  const wanted = join(REFERENCE_FOLDER, ...parts);
  if (folder !== null && existsSync(wanted)) return wanted;
  const reason = `needs ${join('../shared/reference', ...parts)} beside the repository, which is absent`;
  if (isContinuousIntegration()) throw new Error(`${reason}; under CI that is a failure`);
  t.diagnostic(`skipped: ${reason}`);
  t.skip(reason);
  return null;
}

function isContinuousIntegration(): boolean {
  const flag = process.env.CI;
  return flag === 'true' || flag === '1';
}
