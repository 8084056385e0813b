/**
 * A sweep over the rules of an Issue, on both engines: every rule of the list has orders that break it
 * alone, and each of them is refused with exactly that rule's code and text while the same order
 * unbroken is issued. A rule without such an order fails, and so does a refusal without a rule.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ORDER } from '../../../../test/support/ecpay-b2c-case.ts';
import {
  ISSUE_RULE_CASES,
  type RuleCase,
} from '../../../../test/support/ecpay-b2c-issue-rule-cases.ts';
import type { Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';
import { type OpenedStore, onEveryEngine } from '../../../../test/support/engines.ts';
import { FAULTS, type FaultCode } from '../../../domain/fault.ts';
import { answerTo, memberOf } from '../faults.ts';
import { ISSUE_RULE_LIST, type ListedRule } from './issue-rule-list.ts';

/** Answers of Issue that are no rule of an order: what the center itself fails at, and a second net. */
const NO_RULE: ReadonlySet<FaultCode> = new Set([
  'SELLER_UNKNOWN',
  'BUSY',
  'CLOCK_BEHIND_SEGMENT',
  'AMOUNT_NOT_POSITIVE',
]);

test('every rule has its own key, and a case that breaks it', () => {
  const keys = ISSUE_RULE_LIST.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(Object.keys(ISSUE_RULE_CASES).toSorted(), keys.toSorted());
  for (const [key, { broken }] of Object.entries(ISSUE_RULE_CASES)) assert(broken.length > 0, key);
});

test('every refusal of an Issue is on the list', () => {
  const listed = new Set(ISSUE_RULE_LIST.map(({ code }) => code));
  // Every code is in this table.
  for (const code of Object.keys(FAULTS) as readonly FaultCode[]) {
    if (code.startsWith('FIELD_') || NO_RULE.has(code)) continue;
    const isAnswered = answerTo('Issue', { code, path: '' }) !== undefined;
    assert.equal(listed.has(code), isAnswered, code);
  }
});

onEveryEngine((open, engine) => {
  const place: { opened?: OpenedStore; house?: EcpayHouse } = {};
  before(async () => {
    place.opened = await open();
    place.house = await openEcpayHouse({ opened: place.opened });
  });
  after(async () => {
    await place.house?.close();
    await place.opened?.remove();
  });

  for (const [index, rule] of ISSUE_RULE_LIST.entries()) {
    const example = ISSUE_RULE_CASES[rule.key];
    if (example === undefined) continue;
    test(`${rule.key} alone is ${rule.answer.rtnCode}, ${engine}`, async () => {
      if (example.house === undefined) {
        assert(place.house !== undefined);
        return breaks(place.house, rule, example, index);
      }
      const opened = await open();
      const house = await openEcpayHouse({ ...example.house, opened });
      try {
        await breaks(house, rule, example, index);
      } finally {
        await house.close();
        await opened.remove();
      }
    });
  }
});

async function breaks(
  house: EcpayHouse,
  rule: ListedRule,
  example: RuleCase,
  index: number,
): Promise<void> {
  const valid: Members = { ...ORDER, RelateNumber: `Valid-${index}`, ...example.valid };
  const issued = await house.call('Issue', valid);
  assert.equal(issued.data.RtnCode, 1, `not valid: ${issued.dataText}`);
  for (const [number, changes] of example.broken.entries()) {
    const RelateNumber = `Broken-${index}-${number}`;
    const broken: Members = { ...valid, RelateNumber, ...changes };
    const { data, notes, dataText } = await house.call('Issue', broken, example.brokenBy);
    const { rtnCode, text } = rule.answer;
    const empty = { InvoiceNo: '', InvoiceDate: '', RandomNumber: '' };
    assert.deepEqual(data, { RtnCode: rtnCode, RtnMsg: text, ...empty }, dataText);
    assert(Array.isArray(notes.faults) && notes.faults.length === 1, JSON.stringify(notes));
    const [{ code, field }] = notes.faults;
    assert.deepEqual([code, memberOf(field)], [rule.code, memberOf(rule.path)]);
    const found = await house.call('GetIssue', { RelateNumber });
    assert.equal(found.data.RtnCode, 2, 'a refused order left an invoice');
  }
}
