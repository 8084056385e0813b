/**
 * Takes a message table apart into files that are right to the last character and files that are wrong
 * in one place each: every element missing, too long, of the wrong form, repeated, misplaced. It
 * writes the files by itself, so that the writer under test is not its own judge.
 */
import type { ElementType, Leaf, MessageTable, RowList } from '../../src/mof/mig/message-table.ts';

export interface Node {
  readonly name: string;
  /** XML text as it stands in the file, or the elements below. */
  readonly content: string | readonly Node[];
}

export interface Mutation {
  /** What was done, e.g. `text too long`. */
  readonly kind: string;
  /** Path of the element it was done to. */
  readonly path: string;
  readonly xml: string;
  /** Whether the file is still right. */
  readonly isValid: boolean;
  /** Of a list that is long: the same file with two items, and how many it has. */
  readonly long?: { readonly brief: string; readonly count: number };
}

const PATTERNED: Readonly<Record<string, string>> = {
  InvoiceNumber: 'KA10000001',
  CancelInvoiceNumber: 'KA10000001',
  VoidInvoiceNumber: 'KA10000001',
  OriginalInvoiceNumber: 'KA10000001',
  RejectInvoiceNumber: 'KA10000001',
  RandomNumber: '0417',
  YearMonth: '11512',
  InvoiceTrack: 'KA',
  InvoiceBeginNo: '10000000',
  InvoiceEndNo: '10000049',
  RecAwardBegin: '1160206',
  RecAwardEnd: '1160508',
  // A date in one shape of the SummaryResult, where it is no `date`.
  InvoiceDate: '2026-11-21',
};

/** A right text for a row whose type has a pattern. */
function exampleOf({ name, type }: Leaf): string | undefined {
  return type.kind === 'text' && type.pattern !== null ? PATTERNED[name] : undefined;
}

/** The longest, largest text that the type takes. */
function fullText(row: Leaf): string {
  const { type } = row;
  switch (type.kind) {
    case 'text':
      return exampleOf(row) ?? '鋒'.repeat(type.lengthMax);
    case 'choice':
      return type.values[0] ?? '';
    case 'decimal':
      return (
        '9'.repeat(type.digits - type.fraction) +
        (type.fraction > 0 ? `.${'9'.repeat(type.fraction)}` : '')
      );
    case 'count':
      return '9'.repeat(type.digits);
    case 'date':
      return '20261121';
    case 'time':
      return '23:59:59';
  }
}

/** Every element present, each as long and large as it may be; lists with two items. */
export function fullNodes(rows: RowList): readonly Node[] {
  return rows.flatMap((row): readonly Node[] => {
    if (row.shape === 'leaf') return [{ name: row.name, content: fullText(row) }];
    const node = { name: row.name, content: fullNodes(row.rows) };
    return row.shape === 'list' ? [node, node] : [node];
  });
}

function isLeftOut(row: RowList[number]): boolean {
  return row.shape === 'list' ? row.itemsMin === 0 : !row.isRequired;
}

/** Required elements only, each as short as it may be. */
function leastNodes(rows: RowList): readonly Node[] {
  return rows.flatMap((row): readonly Node[] => {
    if (isLeftOut(row)) return [];
    if (row.shape !== 'leaf') return [{ name: row.name, content: leastNodes(row.rows) }];
    const isShort = row.type.kind === 'text' && exampleOf(row) === undefined;
    const content =
      isShort && row.type.kind === 'text' ? 'x'.repeat(row.type.lengthMin) : fullText(row);
    if (row.type.kind === 'count') return [{ name: row.name, content: '1' }];
    return [{ name: row.name, content: row.type.kind === 'decimal' ? '0' : content }];
  });
}

export function xmlOf(table: MessageTable, nodes: readonly Node[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${table.root} xmlns="${table.namespace}">${body(nodes)}</${table.root}>`;
}

function body(nodes: readonly Node[]): string {
  return nodes
    .map(({ name, content }) =>
      typeof content === 'string'
        ? `<${name}>${content}</${name}>`
        : `<${name}>${body(content)}</${name}>`,
    )
    .join('');
}

/** Other texts for an element: what was done, the text, whether it is still right. */
type Change = readonly [kind: string, text: string, isValid: boolean];

function textChanges(row: Leaf, type: Extract<ElementType, { kind: 'text' }>): readonly Change[] {
  const example = exampleOf(row);
  const changes: Change[] = [
    ['text too long', `${fullText(row)}x`, false],
    ['character that XML 1.0 forbids', '&#8;', false],
    ['undefined entity', '&nbsp;', false],
  ];
  if (type.lengthMin > 0) changes.push(['text empty', '', false]);
  if (type.lengthMin > 0 && type.isCollapsed) changes.push(['text of blanks alone', '   ', false]);
  if (type.isCollapsed) changes.push(['blanks around', ` ${fullText(row)} `, true]);
  if (type.lengthMin > 1)
    changes.push(['text too short', fullText(row).slice(0, type.lengthMin - 1), false]);
  if (example !== undefined) {
    changes.push(['pattern broken', example.replace(/\d$|[A-Z]$/, '#'), false]);
    if (/\d/.test(example)) {
      changes.push(['pattern in other digits', example.replace(/\d/, '１'), false]);
    }
    if (row.name === 'YearMonth') {
      changes.push(['month odd', '11511', false], ['month of a stray bar', '1150|', false]);
    }
    changes.push(['pattern with a blank', `${example.slice(0, -1)} `, false]);
  } else {
    // A character of two UTF-16 units counts once, as in XML Schema.
    changes.push(['astral characters', '𠮷'.repeat(type.lengthMax), true]);
    changes.push(['escaped characters', '&amp;'.repeat(type.lengthMax), true]);
  }
  return changes;
}

function choiceChanges(type: Extract<ElementType, { kind: 'choice' }>): readonly Change[] {
  const isRate = type.values.includes('0.05');
  return [
    ...type.values.map((value): Change => ['choice of the list', value, true]),
    ['choice not listed', 'x', false],
    // Empty, an element that the schema gives a fixed value has that value.
    [type.values.length > 1 ? 'choice empty' : 'fixed value left empty', '', false],
    [isRate ? 'rate spelled otherwise' : 'choice with a blank', `${type.values[0]} `, false],
    ...(isRate
      ? ([
          ['rate not listed', '0.001', false],
          ['rate as per cent', '5', false],
          ['rate spelled otherwise', '0.050', false],
        ] as const)
      : []),
    // MIG 4.1 lets only the seller issue an allowance; GenericType still lists the buyer's kind.
    ...(type.values.join() === '2' ? ([['allowance by the buyer', '1', false]] as const) : []),
  ];
}

function decimalChanges(type: Extract<ElementType, { kind: 'decimal' }>): readonly Change[] {
  const whole = '9'.repeat(type.digits - type.fraction);
  return [
    ['decimal zero', '0', true],
    ['decimal with closing zeros', `1.${'0'.repeat(type.fraction + 3)}`, true],
    ['decimal with leading zeros', `000${whole}`, true],
    ['decimal negative', '-1', type.isNegativeAllowed],
    ['decimal negative zero', '-0', true],
    ['decimal of too many places', `1.${'1'.repeat(type.fraction + 1)}`, false],
    ['decimal of too many digits', '9'.repeat(type.digits + 1), false],
    ['decimal too many digits in all', `${whole}9.${'9'.repeat(type.fraction)}`, false],
    ['decimal empty', '', false],
    ['decimal of letters', 'abc', false],
    ['decimal with an exponent', '1e3', false],
    ['decimal with a separator', '1,000', false],
    ['decimal that is none', 'NaN', false],
    ['decimal spelled otherwise', '+1', false],
    ['decimal spelled otherwise', '1.', false],
    ['decimal spelled otherwise', '.0', false],
    ['decimal spelled otherwise', ' 1 ', false],
  ];
}

function countChanges(digits: number): readonly Change[] {
  return [
    ['count zero', '0', true],
    ['count with leading zeros', '007', true],
    ['count negative', '-1', false],
    ['count of too many digits', '9'.repeat(digits + 1), false],
    ['count with a fraction', '1.0', false],
    ['count empty', '', false],
    ['count of letters', 'abc', false],
    ['count spelled otherwise', '+1', false],
    ['count spelled otherwise', ' 1 ', false],
  ];
}

const DATE_CHANGES: readonly Change[] = [
  ['date of a leap year', '20280229', true],
  ['date with dashes', '2026-11-21', false],
  ['date of month 13', '20261301', false],
  ['date of day 0', '20261100', false],
  ['date of day 32', '20261132', false],
  ['date of the ROC', '1151121', false],
  ['date empty', '', false],
  ['day that no calendar has', '20260231', false],
  ['day that no calendar has', '20270229', false],
];

const TIME_CHANGES: readonly Change[] = [
  ['time midnight', '00:00:00', true],
  ['time of hour 25', '25:00:00', false],
  ['time of minute 60', '12:60:00', false],
  ['time of second 60', '12:00:60', false],
  ['time without seconds', '12:00', false],
  ['time of one digit', '9:00:00', false],
  ['time empty', '', false],
  ['time with zone or fraction', '12:00:00Z', false],
  ['time with zone or fraction', '12:00:00+08:00', false],
  ['time with zone or fraction', '12:00:00.5', false],
  ['time spelled otherwise', '24:00:00', false],
  ['time spelled otherwise', ' 12:00:00 ', false],
];

function changesOf(row: Leaf): readonly Change[] {
  switch (row.type.kind) {
    case 'text':
      return textChanges(row, row.type);
    case 'choice':
      return choiceChanges(row.type);
    case 'decimal':
      return decimalChanges(row.type);
    case 'count':
      return countChanges(row.type.digits);
    case 'date':
      return DATE_CHANGES;
    case 'time':
      return TIME_CHANGES;
  }
}

/** Every mutation of a table's full message, the full and the least message included. */
export function mutationsOf(table: MessageTable): readonly Mutation[] {
  const found: Mutation[] = [];
  const add = (kind: string, path: string, isValid: boolean, nodes: readonly Node[]): void => {
    found.push({ kind, path, isValid, xml: xmlOf(table, nodes) });
  };
  add('full', '', true, fullNodes(table.rows));
  add('least', '', true, leastNodes(table.rows));
  mutateRows(table.rows, '', {
    change: add,
    lengthen(kind, path, isValid, nodesOf, count) {
      const long = { brief: xmlOf(table, nodesOf(2)), count };
      found.push({ kind, path, isValid, xml: xmlOf(table, nodesOf(count)), long });
    },
  });
  return found;
}

interface Add {
  change(kind: string, path: string, isValid: boolean, nodes: readonly Node[]): void;
  lengthen(
    kind: string,
    path: string,
    isValid: boolean,
    nodesOf: (items: number) => readonly Node[],
    count: number,
  ): void;
}

/** Mutates each row in its place; `add` receives the rows' nodes with one thing changed. */
function mutateRows(rows: RowList, path: string, add: Add): void {
  const nodes = fullNodes(rows);
  const stray = { name: 'Stray', content: 'x' };
  add.change('unknown element', path, false, [...nodes, stray]);
  for (const row of rows) {
    const here = `${path}/${row.name}`;
    const index = nodes.findIndex((node) => node.name === row.name);
    const node = nodes[index];
    if (node === undefined) continue;
    const others = nodes.filter((other) => other.name !== row.name);
    const replaced = (content: Node['content']) => nodes.with(index, { name: row.name, content });
    const isRequired = !isLeftOut(row);
    add.change(
      isRequired ? 'required element missing' : 'optional element missing',
      here,
      !isRequired,
      others,
    );
    if (row.shape !== 'list')
      add.change('element repeated', here, false, nodes.toSpliced(index, 0, node));
    const next = nodes[index + 1];
    if (next !== undefined && next.name !== row.name) {
      add.change(
        'elements in another order',
        here,
        false,
        nodes.with(index, next).with(index + 1, node),
      );
    }
    if (row.shape === 'leaf') {
      add.change('element inside a text', here, false, replaced([stray]));
      for (const [kind, text, isValid] of changesOf(row))
        add.change(kind, here, isValid, replaced(text));
      continue;
    }
    add.change('text where elements belong', here, false, replaced('x'));
    if (row.shape === 'list') {
      const items = (count: number) => [
        ...others,
        ...Array.from({ length: count }, () => {
          return { name: row.name, content: leastNodes(row.rows) };
        }),
      ];
      add.lengthen('list at its limit', here, true, items, row.itemsMax);
      add.lengthen('list above its limit', here, false, items, row.itemsMax + 1);
    }
    mutateRows(row.rows, here, {
      change: (kind, below, isValid, changed) =>
        add.change(kind, below, isValid, replaced(changed)),
      lengthen: (kind, below, isValid, changedOf, count) =>
        add.lengthen(kind, below, isValid, (length) => replaced(changedOf(length)), count),
    });
  }
}
