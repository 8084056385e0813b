/** What a verb is to the writer: a name for the journal, and how a run of its commands is applied. */
import type { Outcome } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import type { Origin } from './origin.ts';

export interface Verb<Command extends Origin, Value> {
  readonly name: string;
  /**
   * Applies the commands in order, set by set, and answers each. The heads of all their sellers are
   * locked. A command that is refused writes nothing and does not touch its neighbours.
   */
  apply(batch: Batch, commands: readonly Command[]): Promise<readonly Outcome<Value>[]>;
}

/** One text for each thing with a composite key, for maps and journal subjects. */
export function invoiceKeyText(key: {
  readonly seller: string;
  readonly period: string;
  readonly number: string;
}): string {
  return `${key.seller}/${key.period}/${key.number}`;
}
