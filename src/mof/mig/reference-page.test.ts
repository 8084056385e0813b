/** `docs/reference/mig.md` names every element and every rule as the tables and the code have them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { repositoryPath } from '../../../test/support/golden.ts';
import {
  A0101_RULES,
  B0101_RULES,
  E0401_RULES,
  E0402_RULES,
  F0401_RULES,
  G0401_RULES,
  SOURCE_RULES,
  VOID_RULES,
} from './message-rules.ts';
import type { ElementType, RowList } from './message-table.ts';
import { ALL_TABLES } from './message-tables.ts';
import { TABLE_RULES } from './table-problem.ts';
import { PARTY } from './types.ts';

const PAGE = readFileSync(repositoryPath('docs/reference/mig.md'), 'utf8');
/** Codes that the page lists one by one; longer lists are named. */
const CHOICES_SHOWN_MAX = 10;

/** The rows of the first table below a heading, cells trimmed. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, section] = PAGE.split(`\n## ${heading}\n`);
  assert(section !== undefined, `no section "${heading}"`);
  const body = section.split('\n## ')[0] ?? '';
  const rows = body.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

function typeText(type: ElementType): string {
  switch (type.kind) {
    case 'text': {
      const range = type.lengthMin === type.lengthMax ? '' : `${type.lengthMin}–`;
      return `text ${range}${type.lengthMax}`;
    }
    case 'choice':
      if (type.values.length > CHOICES_SHOWN_MAX) return 'ISO 4217';
      return type.values.map((value) => `\`${value}\``).join(' ');
    case 'decimal':
      return `decimal(${type.digits},${type.fraction})${type.isNegativeAllowed ? '' : ' ≥ 0'}`;
    case 'count':
      return `count(${type.digits})`;
    case 'date':
      return '`yyyyMMdd`';
    case 'time':
      return '`HH:mm:ss`';
  }
}

/** Element, name, times, type of each element; a party block is told apart once for all. */
function expectedRows(rows: RowList, path: string): readonly (readonly string[])[] {
  return rows.flatMap((row): readonly (readonly string[])[] => {
    const here = path === '' ? row.name : `${path}/${row.name}`;
    if (row.shape === 'leaf') {
      return [[`\`${here}\``, row.label, row.isRequired ? '1' : '0–1', typeText(row.type)]];
    }
    const isParty = row.rows === PARTY;
    const once = row.shape === 'group' && !row.isRequired ? '0–1' : '1';
    const times = row.shape === 'list' ? `${row.itemsMin}–${row.itemsMax}` : once;
    const own = [`\`${here}\``, row.label, times, isParty ? 'party' : 'group'];
    return [own, ...(isParty ? [] : expectedRows(row.rows, here))];
  });
}

function assertElements(heading: string, rows: RowList): void {
  const found = tableUnder(heading);
  assert.deepEqual(
    found.map((cells) => cells.slice(0, 4)),
    expectedRows(rows, ''),
    heading,
  );
  for (const cells of found) assert.notEqual(cells[4] ?? '', '', `${cells[0]} says nothing`);
}

test('every element of every message stands on the page, in order, with its type and its source', () => {
  for (const table of ALL_TABLES) assertElements(table.title, table.rows);
  assertElements('Party block', PARTY);
});

test('every rule stands on the page with the text that a clerk reads', () => {
  const rules = [
    ...[...F0401_RULES, ...G0401_RULES, ...VOID_RULES],
    ...[...A0101_RULES, ...B0101_RULES, ...E0401_RULES, ...E0402_RULES],
  ].map(({ id, text }) => [id, text]);
  const texts = new Map<string, Set<string>>();
  for (const [id, text] of [...rules, ...Object.entries(SOURCE_RULES)]) {
    assert(id !== undefined && text !== undefined);
    texts.set(id, (texts.get(id) ?? new Set()).add(text));
  }
  const expected = [...texts].map(([id, shown]) => [`\`${id}\``, [...shown].join('<br>')]);
  const found = tableUnder('Rules beyond the schema').map((cells) => [cells[0], cells[2]]);
  assert.deepEqual(found, expected);
});

test('every table rule stands on the page', () => {
  const found = tableUnder('Table rules').map((cells) => cells.slice(0, 2));
  assert.deepEqual(
    found,
    Object.entries(TABLE_RULES).map(([id, text]) => [`\`${id}\``, text]),
  );
});
