/** Whatever JSON comes, reading answers members and faults, and never throws. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GET_ISSUE_LIST_REQUEST } from '#wire/ecpay-b2c/get-issue-list.ts';
import { ISSUE_REQUEST } from '#wire/ecpay-b2c/issue.ts';
import { isJsonObject, readJson } from '#wire/exact-json.ts';
import type { WireTable } from '#wire/field.ts';
import { parseDecimal } from '../../domain/decimal.ts';
import { readMembers } from './parse.ts';

const RUNS = process.env.KAILI_TEST_LONG === undefined ? 400 : 20_000;

/** JSON whose members often bear the table's names and nearly right values. */
function bodies(table: WireTable): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('0', '1', '07', '2026-11-21', 'AB12345678', '50.0', ' ', '-1', '1e9'),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const names = fc.constantFrom(...Object.keys(table), 'ItemName', 'ItemCount', 'ItemAmount');
  const object = fc.dictionary(names, value);
  const withItems = fc
    .tuple(object, fc.array(fc.oneof(object, fc.jsonValue()), { maxLength: 4 }))
    .map(([outer, Items]) => ({ ...outer, Items }));
  return fc.oneof(object, withItems).map((found) => JSON.stringify(found));
}

for (const [name, table] of Object.entries({ ISSUE_REQUEST, GET_ISSUE_LIST_REQUEST })) {
  test(`${name}: a member is read in its kind or is named as bad`, () => {
    fc.assert(
      fc.property(bodies(table), (text) => {
        const object = readJson(text);
        assert(isJsonObject(object));
        const { members, faults, bad } = readMembers(table, object);
        const read: Readonly<Record<string, unknown>> = members;
        for (const [member, field] of Object.entries<WireTable[string]>(table)) {
          const value = read[member];
          if (bad.has(member)) assert.equal(value, undefined);
          if (value === undefined) continue;
          if (field.kind === 'integer') assert(Number.isSafeInteger(value));
          if (field.kind === 'code') assert(field.values.includes(String(value)));
          if (field.kind === 'text') assert(typeof value === 'string' && value === value.trim());
          if (field.kind === 'decimal') assert.equal(parseDecimal(String(value)), value);
        }
        assert.equal(bad.size === 0, faults.length === 0);
      }),
      { numRuns: RUNS },
    );
  });
}
