/**
 * Members of a JSON object by a table's names, whatever case they were written in: real clients write
 * `vat` and `Vat`, `type` and `Type` for the same member (observed 2026-11), and .NET's reader, which
 * the real server uses, does not mind. Says nothing about the values.
 */

import type { JsonObject, JsonValue } from './exact-json.ts';
import type { WireTable } from './field.ts';

/** The members that a table knows, under the table's spelling. */
export type Members<T extends WireTable> = { readonly [K in keyof T]?: JsonValue };

/** How the members of one table are spelt. */
interface Spellings {
  readonly names: readonly string[];
  /** Exact names and lower-case names to the member's place in the table. */
  readonly places: ReadonlyMap<string, number>;
  /** Lengths that its names have: any other name need not be spelt in lower case to be unknown. */
  readonly lengths: ReadonlySet<number>;
}

const spellings = new WeakMap<WireTable, Spellings>();

/**
 * The table's members out of an object, unknown ones dropped. Of two spellings of one member the later
 * counts. The result has no prototype: an absent member is undefined, also one named `constructor`.
 */
export function pickMembers<T extends WireTable>(table: T, object: JsonObject): Members<T> {
  const { names } = spellingsOf(table);
  const members: Record<string, JsonValue | undefined> = Object.create(null);
  for (const [place, value] of pickValues(table, object).entries()) {
    const name = names[place];
    if (name !== undefined && value !== undefined) members[name] = value;
  }
  // Only names of the table were set.
  return members as Members<T>;
}

/** The same by the members' places in the table; an absent one is undefined. */
export function pickValues(
  table: WireTable,
  object: JsonObject,
): readonly (JsonValue | undefined)[] {
  const { names, places, lengths } = spellingsOf(table);
  const values = new Array<JsonValue | undefined>(names.length).fill(undefined);
  for (const name of Object.keys(object)) {
    let place = places.get(name);
    if (place === undefined && lengths.has(name.length)) place = places.get(name.toLowerCase());
    if (place !== undefined) values[place] = object[name];
  }
  return values;
}

function spellingsOf(table: WireTable): Spellings {
  const kept = spellings.get(table);
  if (kept !== undefined) return kept;
  const names = Object.keys(table);
  const places = new Map<string, number>();
  for (const [place, name] of names.entries()) {
    places.set(name, place);
    places.set(name.toLowerCase(), place);
  }
  const made = {
    names,
    places,
    lengths: new Set(Array.from(places.keys(), ({ length }) => length)),
  };
  spellings.set(table, made);
  return made;
}
