/** What a migration is: numbered, named, checked before and after, whole or absent. */
import type { SchemaWords } from '../engine.ts';

export interface Migration {
  /** Ascending from 1, never reused; a number may be left out. */
  readonly number: number;
  readonly name: string;
  /** Tables that must exist, and tables that must not, before the statements run. */
  readonly requires: readonly string[];
  readonly forbids: readonly string[];
  /** Statements in order, in the engine's words. */
  statements(words: SchemaWords): Iterable<string>;
  /** Tables that must exist afterwards. */
  readonly promises: readonly string[];
}
