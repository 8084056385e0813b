/**
 * How much memory a thread's own objects may take. V8 puts the command line's limits before a thread's own, so they
 * are taken back before a thread starts; the main thread, which runs already, keeps what it was given.
 */
import { setFlagsFromString } from 'node:v8';
import type { ResourceLimits } from 'node:worker_threads';

/** A result of 20 MB, read and matched, fits: as much as `npm start` gives the main thread. */
const OLD_MEBIBYTES_MAX = 1_024;
/** Three times what is filled between two scavenges, which V8 rounds up to a power of two: 4 and 2. */
const YOUNG_MEBIBYTES_MAX = { ledger: 8, work: 4 } as const;

export function threadMemory(thread: keyof typeof YOUNG_MEBIBYTES_MAX): ResourceLimits {
  setFlagsFromString('--max-old-space-size=0');
  setFlagsFromString('--max-semi-space-size=0');
  return {
    maxOldGenerationSizeMb: OLD_MEBIBYTES_MAX,
    maxYoungGenerationSizeMb: YOUNG_MEBIBYTES_MAX[thread],
  };
}
