/** Members of an area with their numbers: what a field rule's code and text are made of. */

export interface FieldEntry {
  readonly number: number;
  /** Name in the text. */
  readonly name: string;
}

/** Numbers a table's entries from 1 in the order written. */
export function numbered(names: Readonly<Record<string, string>>): ReadonlyMap<string, FieldEntry> {
  return new Map(
    Object.entries(names).map(([member, name], index) => [member, { number: index + 1, name }]),
  );
}
