/**
 * Work that threw, put off for growing pauses so that it neither spins nor stands in front of the rest.
 * Known to this process alone: another one, or the next run, tries once by itself.
 */
import type { Clock } from '../ledger/ports.ts';

const MINUTE_MS = 60_000;
/** Pause after the first, second, … failure; the last one from then on. */
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS] as const;
const [FIRST_PAUSE_MS] = PAUSES_MS;

interface Entry {
  readonly failures: number;
  readonly untilMs: number;
}

export class PutOff {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many are remembered: so many more must be listed to find others behind them. */
  get size(): number {
    return this.#entries.size;
  }

  isPutOff(name: string): boolean {
    const entry = this.#entries.get(name);
    return entry !== undefined && this.#clock.now() < entry.untilMs;
  }

  /** Puts it off, for longer each time; answers for how long. */
  add(name: string): number {
    const failures = this.#entries.get(name)?.failures ?? 0;
    const pauseMs = PAUSES_MS[failures] ?? PAUSES_MS.at(-1) ?? FIRST_PAUSE_MS;
    this.#entries.set(name, { failures: failures + 1, untilMs: this.#clock.now() + pauseMs });
    return pauseMs;
  }

  delete(name: string): void {
    this.#entries.delete(name);
  }

  /** Forgets what is not among these: it was settled in another way. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#entries.keys()) if (!names.has(name)) this.#entries.delete(name);
  }
}
