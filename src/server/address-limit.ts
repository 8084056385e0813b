/**
 * How often one address may download: so many times in any stretch of so many seconds, as ECPay limits who
 * fetches PDFs (ECPay B2B API, DownloadB2BPdf). A call that is refused does not count, so that who keeps
 * asking is served again as soon as the stretch has passed. Keeps a few numbers an address, for a bounded
 * number of addresses.
 */
import type { AddressLimit } from '../dialects/dialect.ts';
import type { Clock } from '../ledger/ports.ts';

export interface AddressLimitSettings {
  /** Calls of one address within the stretch. */
  readonly callsMax: number;
  readonly stretchMs: number;
}

/** Two calls in ten seconds (ECPay B2B API, DownloadB2BPdf, doc 53383). */
export const DOWNLOADS: AddressLimitSettings = { callsMax: 2, stretchMs: 10_000 };
/** Addresses that are remembered; beyond them the ones that called least recently are forgotten. */
export const ADDRESSES_MAX = 10_000;

export function createAddressLimit(
  { callsMax, stretchMs }: AddressLimitSettings,
  clock: Clock,
  addressesMax = ADDRESSES_MAX,
): AddressLimit {
  /** Times of the calls that were admitted; least recent address first. */
  const calls = new Map<string, readonly number[]>();
  return {
    admits(address) {
      const now = clock.now();
      // What lies ahead was before the clock was set back, and must not block.
      const recent = (calls.get(address) ?? []).filter((at) => at <= now && now - at < stretchMs);
      const isAdmitted = recent.length < callsMax;
      calls.delete(address);
      calls.set(address, isAdmitted ? [...recent, now] : recent);
      if (calls.size > addressesMax) {
        const [oldest] = calls.keys();
        if (oldest !== undefined) calls.delete(oldest);
      }
      return isAdmitted;
    },
  };
}
