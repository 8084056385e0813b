/** Claims about plans of faults from outside: what is taken, and what is said about the rest. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePlan, parsePlanText } from './plan.ts';

test('every fault can be asked for', () => {
  const plan = {
    ...{ isTurnkeyDown: true, slowerByMs: 5000, isSilent: false, duplicateEvery: 2 },
    ...{ truncateEvery: 3, refuseEvery: { nth: 4, code: 'E0102' } },
  };
  assert.deepEqual(parsePlanText(JSON.stringify(plan)), plan);
  assert.deepEqual(parsePlan({}), {});
});

for (const [text, problem] of [
  ['no json', /JSON object/],
  ['[]', /JSON object/],
  ['{"slow":1}', /slow is no fault; known are isTurnkeyDown/],
  ['{"constructor":1}', /constructor is no fault/],
  ['{"slowerByMs":-1}', /whole number from 1/],
  ['{"slowerByMs":"5"}', /whole number from 1/],
  ['{"isSilent":"yes"}', /true or false/],
  ['{"refuseEvery":{"nth":1}}', /with a code/],
  ['{"refuseEvery":{"nth":1,"code":"x"}}', /with a code/],
  ['{"refuseEvery":{"nth":1,"code":"E0102","more":1}}', /with a code/],
] as const) {
  test(`${text} is refused with what was expected`, () => {
    const reading = parsePlanText(text);
    assert(typeof reading === 'string');
    assert.match(reading, problem);
  });
}
