/**
 * The only place that makes random bytes: `systemRandom` from the operating system, and a seeded
 * source whose every draw can be repeated, for tests and benchmarks only.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Random } from '../ledger/ports.ts';

export const systemRandom: Random = {
  integer: (bound) => randomInt(bound),
  bytes: (length) => new Uint8Array(randomBytes(length)),
};

const WORD_COUNT = 2 ** 32;

/** The same seed gives the same draws: SHA-256 over the seed and a counter. Not for secrets. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  let block = Buffer.alloc(0);

  function bytes(length: number): Uint8Array {
    const drawn = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) {
      if (block.length === 0) {
        block = createHash('sha256').update(`${seed}/${counter}`).digest();
        counter += 1;
      }
      drawn[index] = block[0] ?? 0;
      block = block.subarray(1);
    }
    return drawn;
  }

  return {
    bytes,
    integer(bound) {
      if (!Number.isSafeInteger(bound) || bound < 1 || bound > WORD_COUNT) {
        throw new RangeError('a random bound is an integer from 1 to 2^32');
      }
      // Words above the last whole multiple of the bound are drawn again, so that none is favoured.
      const fair = WORD_COUNT - (WORD_COUNT % bound);
      for (;;) {
        const word = Buffer.from(bytes(4)).readUInt32BE();
        if (word < fair) return word % bound;
      }
    },
  };
}
