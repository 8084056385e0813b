/**
 * What the reader of members (`parse.ts`) refuses by a wire table, told member by member: for the reference
 * page, and for the sweeps that break each form alone. Refuses nothing itself.
 */
import type { Field, WireTable } from '#wire/field.ts';
import type { FaultCode } from '../../domain/fault.ts';
import { UNJUDGED } from './parse.ts';

export interface MemberForm {
  readonly code: FaultCode;
  /** Path of the member; a line's member stands as `Items[0].ItemName`. */
  readonly path: string;
  /** What the form asks for. */
  readonly asks: string;
}

/** The forms of a table's members, in the order of the table. */
export function formsOf(table: WireTable, prefix = ''): readonly MemberForm[] {
  return Object.entries(table).flatMap(([name, field]) => {
    if (UNJUDGED.has(name)) return [];
    const path = `${prefix}${name}`;
    const forms = field.need === 'required' ? [form('FIELD_REQUIRED', path, 'a value')] : [];
    forms.push(...formsOfKind(field, path));
    return field.kind === 'rows' ? [...forms, ...formsOf(field.row, `${path}[0].`)] : forms;
  });
}

function form(code: FaultCode, path: string, asks: string): MemberForm {
  return { code, path, asks };
}

function formsOfKind(field: Field, path: string): readonly MemberForm[] {
  switch (field.kind) {
    case 'text':
      return [
        form('FIELD_LENGTH', path, `at most ${field.lengthMax} characters`),
        form(
          'FIELD_FORMAT',
          path,
          field.pattern === undefined
            ? 'text without control characters'
            : `text of the form \`${field.pattern.source}\``,
        ),
      ];
    case 'code':
      return [form('FIELD_FORMAT', path, `one of ${field.values.join(', ')}`)];
    case 'integer': {
      const { min = 0, max } = field;
      const range = max === undefined ? `of ${min} or more` : `from ${min} to ${max}`;
      return [
        form('FIELD_LENGTH', path, digits(field.digitsMax)),
        form('FIELD_FORMAT', path, `a whole number ${range}`),
      ];
    }
    case 'decimal':
      return [
        form('FIELD_LENGTH', path, `${digits(field.integerDigitsMax)} before the point`),
        form('FIELD_FORMAT', path, `a number with at most ${field.decimalsMax} decimals`),
      ];
    case 'rows':
      return [form('FIELD_FORMAT', path, 'an array of objects')];
    case 'identifier':
    case 'object':
      throw new Error(`no request of this dialect has a member of kind ${field.kind}`);
  }
}

function digits(max: number): string {
  return `at most ${max} digit${max === 1 ? '' : 's'}`;
}
