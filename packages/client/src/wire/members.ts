/**
 * Members of a JSON object by a table's names, whatever case they were written in: real clients write
 * `vat` and `Vat`, `type` and `Type` for the same member (observed 2026-11), and .NET's reader, which
 * the real server uses, does not mind. Says nothing about the values.
 */

import type { JsonObject, JsonValue } from './exact-json.ts';
import type { WireTable } from './field.ts';

/** The members that a table knows, under the table's spelling. */
export type Members<T extends WireTable> = { readonly [K in keyof T]?: JsonValue };

/** Spellings of one table: exact names and lower-case names to the table's spelling. */
interface Spellings {
  readonly byName: ReadonlyMap<string, string>;
  /** Lengths that its names have: any other name need not be spelt in lower case to be unknown. */
  readonly lengths: ReadonlySet<number>;
}

const spellings = new WeakMap<WireTable, Spellings>();

/**
 * The table's members out of an object, unknown ones dropped. Of two spellings of one member the later
 * counts. The result has no prototype: an absent member is undefined, also one named `constructor`.
 */
export function pickMembers<T extends WireTable>(table: T, object: JsonObject): Members<T> {
  const { byName, lengths } = spellingsOf(table);
  const members: Record<string, JsonValue | undefined> = Object.create(null);
  for (const name of Object.keys(object)) {
    let spelling = byName.get(name);
    if (spelling === undefined && lengths.has(name.length)) {
      spelling = byName.get(name.toLowerCase());
    }
    if (spelling !== undefined) members[spelling] = object[name];
  }
  // Only names of the table were set.
  return members as Members<T>;
}

function spellingsOf(table: WireTable): Spellings {
  const kept = spellings.get(table);
  if (kept !== undefined) return kept;
  const byName = new Map<string, string>();
  for (const name of Object.keys(table)) {
    byName.set(name, name);
    byName.set(name.toLowerCase(), name);
  }
  const made = { byName, lengths: new Set(Array.from(byName.keys(), (name) => name.length)) };
  spellings.set(table, made);
  return made;
}
