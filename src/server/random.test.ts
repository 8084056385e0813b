/** Claims about the random ports. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { movableClock } from './clock.ts';
import { seededRandom, systemRandom } from './random.ts';

suite('random', () => {
  test('a seed repeats its draws, another seed does not', () => {
    const drawOf = (seed: string) => {
      const random = seededRandom(seed);
      return [random.integer(10_000), random.integer(7), ...random.bytes(40)];
    };
    assert.deepEqual(drawOf('a'), drawOf('a'));
    assert.notDeepEqual(drawOf('a'), drawOf('b'));
  });

  for (const [name, random] of [
    ['seeded', seededRandom('range')],
    ['system', systemRandom],
  ] as const) {
    test(`${name} integers stay below the bound and reach every value`, () => {
      const seen = new Set<number>();
      for (let draw = 0; draw < 500; draw += 1) seen.add(random.integer(6));
      assert.deepEqual([...seen].sort(), [0, 1, 2, 3, 4, 5]);
    });
  }

  test('a bound that is none is refused', () => {
    assert.throws(() => seededRandom('x').integer(0), RangeError);
  });
});

suite('movable clock', () => {
  test('it keeps its distance while the clock beneath runs on', () => {
    let now = 1_000;
    const clock = movableClock({ now: () => now }, 500);
    assert.equal(clock.now(), 1_500);
    clock.setOffsetMs(-200);
    now = 2_000;
    assert.equal(clock.now(), 1_800);
    assert.equal(clock.offsetMs(), -200);
    assert.throws(() => clock.setOffsetMs(0.5), RangeError);
  });
});
