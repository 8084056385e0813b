/** Steps of the outbox that fail at present: since when, how often, and why in one line. */
import { codeOf } from './file-system.ts';

export interface StepFailure {
  readonly step: string;
  /** First failure since the step last went well. */
  readonly sinceMs: number;
  readonly count: number;
  /** The operating system's code, e.g. `ENOSPC`; '' for anything else. */
  readonly code: string;
  readonly text: string;
}

const TEXT_CHARACTERS_MAX = 300;
/** Errors wrap each other; a circle of them must not hang anything. */
const CAUSES_MAX = 5;

export class StepFailures {
  readonly #failures = new Map<string, StepFailure>();

  get all(): readonly StepFailure[] {
    return [...this.#failures.values()];
  }

  succeeded(step: string): void {
    this.#failures.delete(step);
  }

  failed(step: string, error: unknown, nowMs: number): void {
    const before = this.#failures.get(step);
    const text = error instanceof Error ? error.message : 'unknown error';
    this.#failures.set(step, {
      step,
      sinceMs: before?.sinceMs ?? nowMs,
      count: (before?.count ?? 0) + 1,
      code: deepestCode(error),
      text: text.slice(0, TEXT_CHARACTERS_MAX),
    });
  }
}

/** The code of the error, or of what caused it. */
function deepestCode(error: unknown): string {
  let found = '';
  let next: unknown = error;
  for (let depth = 0; depth < CAUSES_MAX && next instanceof Error; depth += 1) {
    found = codeOf(next) || found;
    next = next.cause;
  }
  return found;
}
