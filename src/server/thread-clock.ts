/**
 * One clock for all threads of the process: each reads the machine's, and as far ahead of it as the
 * server's thread says. In production it says nothing, and the clock is the machine's.
 */
import type { Clock } from '../ledger/ports.ts';
import { systemClock } from './clock.ts';

/** The offset that threads share: 0 until it is set. */
export function makeSharedOffset(): SharedArrayBuffer {
  return new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
}

export function setSharedOffset(shared: SharedArrayBuffer, offsetMs: number): void {
  Atomics.store(new BigInt64Array(shared), 0, BigInt(offsetMs));
}

export function sharedClock(shared: SharedArrayBuffer): Clock {
  const offset = new BigInt64Array(shared);
  return { now: () => systemClock.now() + Number(Atomics.load(offset, 0)) };
}
