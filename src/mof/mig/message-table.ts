/**
 * The vocabulary in which one message of MIG 4.1 is described: elements in their order, how often each
 * may stand, what it may hold. One table a message drives writing, reading and checking, and its type
 * is the type of the message's value, so that a mapping that forgets a required element does not compile.
 * It leaves to `rules/` what the schemas do not say.
 */
import type { FilingMessage } from '../../domain/filing.ts';

/** Every message of MIG 4.1, and the two results by which the platform answers. */
export type MigMessage =
  | FilingMessage
  | 'A0101'
  | 'A0102'
  | 'A0201'
  | 'A0202'
  | 'A0301'
  | 'A0302'
  | 'B0101'
  | 'B0102'
  | 'B0201'
  | 'B0202'
  | 'E0501'
  | 'E0502'
  | 'E0503'
  | 'E0504'
  | 'ProcessResult'
  | 'SummaryResult';

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
  /** A whole number from zero on, digits alone. */
  | { readonly kind: 'count'; readonly digits: number }
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

/** A block of elements that stands once, or may be absent. */
export interface Group<
  Name extends string = string,
  Rows extends RowList = RowList,
  Required extends boolean = boolean,
> {
  readonly shape: 'group';
  readonly name: Name;
  readonly isRequired: Required;
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
  readonly message: MigMessage;
  /** How the reference page and tests call it: message and root element. */
  readonly title: string;
  /** Name of the root element. */
  readonly root: string;
  readonly namespace: string;
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
    [R in Rows[number] as R extends Group<string, RowList, true>
      ? R['name']
      : never]: R extends Group<string, infer G> ? ValueOf<G> : never;
  } & {
    [R in Rows[number] as R extends Group<string, RowList, false> ? R['name'] : never]?:
      | (R extends Group<string, infer G> ? ValueOf<G> : never)
      | undefined;
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
): Group<Name, Rows, true> {
  return { shape: 'group', name, isRequired: true, label, rows };
}

export function optionalGroup<const Name extends string, const Rows extends RowList>(
  name: Name,
  label: string,
  rows: Rows,
): Group<Name, Rows, false> {
  return { shape: 'group', name, isRequired: false, label, rows };
}

export function list<const Name extends string, const Rows extends RowList>(
  name: Name,
  label: string,
  itemsMax: number,
  rows: Rows,
  itemsMin = 1,
): List<Name, Rows> {
  return { shape: 'list', name, label, itemsMin, itemsMax, rows };
}

/** What a table may have of its own: results and downloads stay at other versions than 4.1. */
interface TableChanges {
  readonly namespace?: string;
  readonly title?: string;
}

export function messageTable<const Rows extends RowList>(
  message: MigMessage,
  root: string,
  rows: Rows,
  changes: TableChanges = {},
): MessageTable<Rows> {
  return {
    message,
    root,
    rows,
    namespace: changes.namespace ?? `urn:GEINV:eInvoiceMessage:${message}:4.1`,
    title: changes.title ?? `${message} ${root}`,
  };
}
