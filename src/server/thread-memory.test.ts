/** A thread has its own limits, not those of the command line. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { threadMemory } from './thread-memory.ts';

const TELL_LIMIT = `
  const { parentPort } = require('node:worker_threads');
  parentPort.postMessage(require('node:v8').getHeapStatistics().heap_size_limit);
`;

test('a thread gets its own limits, whatever the command line said', async () => {
  setFlagsFromString('--max-old-space-size=64');
  setFlagsFromString('--max-semi-space-size=64');
  const resourceLimits = threadMemory('work');
  const { maxOldGenerationSizeMb = 0, maxYoungGenerationSizeMb = 0 } = resourceLimits;
  const worker = new Worker(TELL_LIMIT, { eval: true, resourceLimits });
  const [bytes] = await once(worker, 'message');
  const mebibytes = Number(bytes) / 1024 ** 2;
  assert(mebibytes >= maxOldGenerationSizeMb, `${mebibytes} MiB`);
  assert(mebibytes <= maxOldGenerationSizeMb + 2 * maxYoungGenerationSizeMb, `${mebibytes} MiB`);
});
