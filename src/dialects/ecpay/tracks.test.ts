/** Claims about TrackIDs: each place has one of at most ten characters, and leads back to the place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTrack } from '../../domain/invoice-number.ts';
import { periodOfTerm } from '../../domain/period.ts';
import { placeOfTrackId, trackIdOf } from './tracks.ts';

const place = fc
  .record({
    period: fc
      .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 6 }))
      .map(([year, term]) => periodOfTerm(year, term) ?? assert.fail()),
    track: fc.stringMatching(/^[A-Z]{2}$/).map((letters) => parseTrack(letters) ?? assert.fail()),
    first: fc.integer({ min: 0, max: 99_999_999 }),
  })
  .map((one) => ({ ...one }));

test('a TrackID leads back to its place, in capitals or not', () => {
  fc.assert(
    fc.property(place, (one) => {
      const id = trackIdOf(one);
      assert.match(id, /^[0-9A-Z]{10}$/);
      assert.deepEqual(placeOfTrackId(id), one);
      assert.deepEqual(placeOfTrackId(id.toLowerCase()), one);
    }),
    { seed: 20261121 },
  );
});

test('two places never share a TrackID', () => {
  fc.assert(
    fc.property(place, place, (one, other) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      assert.equal(trackIdOf(one) === trackIdOf(other), isSame);
    }),
    { seed: 20261121 },
  );
});

test('what was never given names no place', () => {
  for (const text of ['', '0', 'ZZZZZZZZZZ', '12345678901', 'A-1', ' ', '１２３']) {
    assert.equal(placeOfTrackId(text), undefined, text);
  }
});
