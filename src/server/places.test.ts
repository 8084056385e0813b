/** Claims about things under way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Places } from './places.ts';

test('whatever comes and goes, each thing is where it was put until it is taken out', () => {
  const isComing = fc.array(fc.tuple(fc.boolean(), fc.nat()), { maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(isComing, (steps) => {
      const places = new Places<{ readonly n: number }>();
      const known = new Map<number, { readonly n: number }>();
      let most = 0;
      for (const [index, [comes, pick]] of steps.entries()) {
        if (comes) {
          const thing = { n: index };
          const place = places.enter(thing);
          assert(!known.has(place), 'a place that is taken is not given again');
          known.set(place, thing);
        } else {
          const taken = [...known.keys()];
          const place = taken[pick % taken.length] ?? -1;
          assert.equal(places.leave(place), known.get(place) ?? null);
          known.delete(place);
          assert.equal(places.leave(place), null);
        }
        most = Math.max(most, known.size);
        assert.equal(places.size, known.size);
        assert.deepEqual(new Set(places.all()), new Set(known.values()));
        for (const place of known.keys()) assert(place < most, 'places are used again');
      }
    }),
  );
});
