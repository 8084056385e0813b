/**
 * What a rule beyond the schema is: a stable id, a text for the clerk who has to mend the invoice, and
 * a function over the message's value. `GATEWAY-nn` are checks of the Ministry's gateway before upload
 * (a file that breaks one lands in Turnkey's ERR folder), `Ennnn` checks of the platform under its own
 * code, `KAILI-nn` what Kaili itself demands so that sums are exact.
 */
import type { HoldReason } from '../../../domain/invoice.ts';

export interface Rule<Value> {
  readonly id: string;
  /** What is demanded, and what a clerk does about it; Traditional Chinese. */
  readonly text: string;
  /** Source of the rule: document and section. */
  readonly source: string;
  find(value: Value): readonly Finding[];
}

export interface Finding {
  /** Path below the root, as in `TableProblem`. */
  readonly element: string;
  /** What came: numbers and codes only, never texts a person wrote; '' where nothing came. */
  readonly got: string;
  /** Absent: the message would be refused. */
  readonly hold?: HoldReason;
}

/** No finding, for rules that are one condition. */
export const NOTHING: readonly Finding[] = [];

/** One finding unless the condition holds. */
export function unless(isKept: boolean, element: string, got = ''): readonly Finding[] {
  return isKept ? NOTHING : [{ element, got }];
}

/** An element that is left out and one that is empty count alike. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

/** Path of an item's element, positions 1-based. */
export function itemPath(index: number, element: string): string {
  return `Details/ProductItem[${index + 1}]/${element}`;
}

/** A finding for each item that repeats an earlier one's sequence number. */
export function findRepeated(sequences: readonly string[], element: string): readonly Finding[] {
  const seen = new Set<string>();
  return sequences.flatMap((sequence, index) => {
    const isRepeated = seen.has(sequence);
    seen.add(sequence);
    return unless(!isRepeated, itemPath(index, element), sequence);
  });
}
