/**
 * The vocabulary in which a provider's messages are written down: one table a message, one entry a
 * member, in the order in which the members travel. A table is plain data (no dependency, readable by
 * server and browser) and the TypeScript types of its message are derived from it, so that an editor
 * shows the doc comment of the table's entry wherever the member is used.
 *
 * Tables say what the provider documents or was observed to do: lengths, digits, allowed values. What
 * is refused with which code, and every rule across members, is the server dialect's business.
 */

/**
 * `required`: refused without it. `conditional`: required in the cases that its doc comment names.
 * `optional`: may be missing. A missing member, null, `""` and `false` all mean "not given"
 * (observed: public clients, among them Odoo's module, 2026-11).
 */
export type Requirement = 'required' | 'conditional' | 'optional';

interface FieldBase {
  readonly need: Requirement;
  /** The member may hold JSON null in a good message. */
  readonly nullable?: true;
  /**
   * In replies: what stands here when RtnCode is not a success. Without this entry the member is left
   * out of such a reply.
   */
  readonly refused?: '' | null | 0;
}

/** Any text. Lengths count UTF-16 code units, as .NET's String.Length does. */
export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly lengthMax: number;
  /** Form that the document fixes; matched against the text without surrounding blanks. */
  readonly pattern?: RegExp;
}

/** Text out of a fixed list. On requests the same digits as a JSON number mean the same. */
export interface CodeField extends FieldBase {
  readonly kind: 'code';
  readonly lengthMax: number;
  readonly values: readonly string[];
}

/** A whole number; at most twelve digits, so a JavaScript number holds it exactly. */
export interface IntegerField extends FieldBase {
  readonly kind: 'integer';
  readonly digitsMax: number;
  readonly min?: number;
  readonly max?: number;
}

/** A number with decimals, up to 12 + 7 digits: more than a float holds, so it travels as its text. */
export interface DecimalField extends FieldBase {
  readonly kind: 'decimal';
  readonly integerDigitsMax: number;
  readonly decimalsMax: number;
}

/** A merchant's id: a JSON number where it is all digits, otherwise text (observed 2026-08, stage). */
export interface IdentifierField extends FieldBase {
  readonly kind: 'identifier';
  readonly lengthMax: number;
}

/** An array of objects of one shape. */
export interface RowsField extends FieldBase {
  readonly kind: 'rows';
  readonly rowsMin?: number;
  readonly rowsMax?: number;
  readonly row: WireTable;
}

/** One nested object. */
export interface ObjectField extends FieldBase {
  readonly kind: 'object';
  readonly members: WireTable;
}

export type Field =
  | TextField
  | CodeField
  | IntegerField
  | DecimalField
  | IdentifierField
  | RowsField
  | ObjectField;

/** A message: members by their exact wire names, in wire order. */
export interface WireTable {
  readonly [name: string]: Field;
}

/** One action of a provider's API: where it lives and its two messages. */
export interface WireEndpoint {
  /** Path below the provider's base URL. */
  readonly path: string;
  readonly request: WireTable;
  readonly reply: WireTable;
  /** Whether the reply's `Data` is ciphertext. */
  readonly isReplyEncrypted: boolean;
  /** RtnCodes that mean success, where 1 does not. */
  readonly successCodes?: readonly number[];
}

/**
 * An exact decimal as text: `10.5`, `-3`, `0.0000001`. In values read by this package it is canonical:
 * no exponent, no plus sign, no superfluous zero.
 */
export type DecimalText = string;

/** Text of a known list that a later version of the service may lengthen. */
export type OpenCode<Known extends string> = Known | (string & Record<never, never>);

// Conditional at the top, so that an editor shows the resulting type and not the name of this one.
type ReadValue<F extends Field> = F extends { readonly nullable: true } ? Read<F> | null : Read<F>;

type Read<F extends Field> = F extends TextField
  ? string
  : F extends CodeField
    ? OpenCode<F['values'][number]>
    : F extends IntegerField
      ? number
      : F extends DecimalField
        ? DecimalText
        : F extends IdentifierField
          ? number | string
          : F extends RowsField
            ? readonly Wire<F['row']>[]
            : F extends ObjectField
              ? Wire<F['members']>
              : never;

type WrittenValue<F extends Field> = F extends { readonly nullable: true }
  ? Written<F> | null
  : Written<F>;

type Written<F extends Field> = F extends TextField
  ? string
  : F extends CodeField
    ? F['values'][number] | (F['need'] extends 'required' ? never : '')
    : F extends IntegerField
      ? number
      : F extends DecimalField
        ? number | DecimalText
        : F extends IdentifierField
          ? number | string
          : F extends RowsField
            ? readonly WireInput<F['row']>[]
            : F extends ObjectField
              ? WireInput<F['members']>
              : never;

type RequiredNames<T extends WireTable> = {
  [K in keyof T]: T[K]['need'] extends 'required' ? K : never;
}[keyof T];

// Both mapped types run over `K extends keyof T`: that form, unlike an `as` clause, keeps the link from
// a member to its entry in the table, and with it the doc comment.
type ReadMembers<T extends WireTable, K extends keyof T> = { readonly [P in K]: ReadValue<T[P]> };
type WrittenMembers<T extends WireTable, K extends keyof T> = {
  readonly [P in K]: WrittenValue<T[P]>;
};
type OrUndefined<T> = { readonly [P in keyof T]?: T[P] | undefined };

/** A message of this table as it is read: decimals as exact text, code lists open at the end. */
export type Wire<T extends WireTable> = ReadMembers<T, RequiredNames<T>> &
  OrUndefined<ReadMembers<T, Exclude<keyof T, RequiredNames<T>>>>;

/** A message of this table as a caller may write it: decimals as number or exact text, codes closed. */
export type WireInput<T extends WireTable> = WrittenMembers<T, RequiredNames<T>> &
  OrUndefined<WrittenMembers<T, Exclude<keyof T, RequiredNames<T>>>>;
