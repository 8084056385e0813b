/**
 * Sums with cents that together make a whole amount, each cut or raised to whole dollars: what an allowance
 * over several invoices takes from each of them (ECPay B2B API mapping, 16.4: the total is the rounded sum
 * of all lines).
 */
import { DECIMAL_UNIT } from './decimal.ts';
import { wholeDollars } from './decimal-arithmetic.ts';

/**
 * Whole dollars of each sum, none below 0. They add up to the rounded sum of all: those with the largest
 * rests are raised, as far as their room goes; without any that has room, whichever has the largest.
 */
export function wholeParts(
  sums: readonly bigint[],
  roomOf: (index: number) => number,
): readonly bigint[] {
  const floors = sums.map((sum) => sum / DECIMAL_UNIT);
  const rests = sums.map((sum) => sum % DECIMAL_UNIT);
  const total = wholeDollars(sums.reduce((all, sum) => all + sum, 0n));
  const missing = Number(total - floors.reduce((all, floor) => all + floor, 0n));
  const hasRoom = (index: number) => (floors[index] ?? 0n) < BigInt(roomOf(index));
  const raised = sums
    .flatMap((_, index) => ((rests[index] ?? 0n) > 0n ? [index] : []))
    .sort((a, b) => {
      if (hasRoom(a) !== hasRoom(b)) return hasRoom(a) ? -1 : 1;
      const [restA = 0n, restB = 0n] = [rests[a], rests[b]];
      return restA === restB ? a - b : restA > restB ? -1 : 1;
    })
    .slice(0, missing);
  return floors.map((floor, index) => (raised.includes(index) ? floor + 1n : floor));
}
