/**
 * The vocabulary in which one message of MIG 4.1 is described: elements in their order, how often each
 * may stand, what it may hold. One table a message drives writing, reading and checking, and its type
 * is the type of the message's value, so that a mapping that forgets a required element does not compile.
 * It leaves to `rules/` what the schemas do not say.
 */
import type { FilingMessage } from '../../domain/filing.ts';

/** What a single element may hold. Lengths count characters, as XML Schema does. */
export type ElementType =
  | {
      readonly kind: 'text';
      readonly lengthMin: number;
      readonly lengthMax: number;
      readonly pattern: RegExp | null;
      /** Blanks at both ends and repeated ones do not count (xsd:whiteSpace collapse). */
      readonly isCollapsed: boolean;
    }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | {
      readonly kind: 'decimal';
      /** Significant digits in all, and those after the point. */
      readonly digits: number;
      readonly fraction: number;
      readonly isNegativeAllowed: boolean;
    }
  /** `yyyyMMdd`, a day of the calendar. */
  | { readonly kind: 'date' }
  /** `HH:mm:ss`. */
  | { readonly kind: 'time' };

/** One element without children. */
export interface Leaf<Name extends string = string, Required extends boolean = boolean> {
  readonly shape: 'leaf';
  readonly name: Name;
  readonly isRequired: Required;
  /** The Ministry's own name of it, for people. */
  readonly label: string;
  readonly type: ElementType;
}

/** A block of elements that stands exactly once. */
export interface Group<Name extends string = string, Rows extends RowList = RowList> {
  readonly shape: 'group';
  readonly name: Name;
  readonly label: string;
  readonly rows: Rows;
}

/** A block that stands `itemsMin` to `itemsMax` times. */
export interface List<Name extends string = string, Rows extends RowList = RowList> {
  readonly shape: 'list';
  readonly name: Name;
  readonly label: string;
  readonly itemsMin: number;
  readonly itemsMax: number;
  readonly rows: Rows;
}

export type Row = Leaf | Group | List;
export interface RowList extends ReadonlyArray<Row> {}

export interface MessageTable<Rows extends RowList = RowList> {
  readonly message: FilingMessage;
  /** Name of the root element. */
  readonly root: string;
  readonly rows: Rows;
}

type Flat<T> = { readonly [Key in keyof T]: T[Key] };

/** The typed value of a table's rows: texts as they will stand in the file; absent means left out. */
export type ValueOf<Rows extends RowList> = Flat<
  {
    [R in Rows[number] as R extends Leaf<string, true> ? R['name'] : never]: string;
  } & {
    [R in Rows[number] as R extends Leaf<string, false> ? R['name'] : never]?: string | undefined;
  } & {
    [R in Rows[number] as R extends Group ? R['name'] : never]: R extends Group<string, infer G>
      ? ValueOf<G>
      : never;
  } & {
    [R in Rows[number] as R extends List ? R['name'] : never]: R extends List<string, infer I>
      ? readonly ValueOf<I>[]
      : never;
  }
>;

/** Any message's value, as the table-driven parts walk it. */
export interface MessageValue {
  readonly [element: string]: MessageNode;
}
export type MessageNode = string | undefined | MessageValue | readonly MessageValue[];

export function required<const Name extends string>(
  name: Name,
  label: string,
  type: ElementType,
): Leaf<Name, true> {
  return { shape: 'leaf', name, isRequired: true, label, type };
}

export function optional<const Name extends string>(
  name: Name,
  label: string,
  type: ElementType,
): Leaf<Name, false> {
  return { shape: 'leaf', name, isRequired: false, label, type };
}

export function group<const Name extends string, const Rows extends RowList>(
  name: Name,
  label: string,
  rows: Rows,
): Group<Name, Rows> {
  return { shape: 'group', name, label, rows };
}

export function list<const Name extends string, const Rows extends RowList>(
  name: Name,
  label: string,
  itemsMax: number,
  rows: Rows,
): List<Name, Rows> {
  return { shape: 'list', name, label, itemsMin: 1, itemsMax, rows };
}

export function messageTable<const Rows extends RowList>(
  message: FilingMessage,
  root: string,
  rows: Rows,
): MessageTable<Rows> {
  return { message, root, rows };
}
