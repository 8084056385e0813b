/**
 * The platform's own exact arithmetic: decimal texts of a message as integers of 10^-7 (MIG 4.1
 * decimal(20,7)). Its own, because what judges must not share a mistake with what it judges.
 */

const SHAPE = /^(-?)(\d{1,13})(?:\.(\d{1,7}))?$/;
const UNIT = 10_000_000n;

/** Null for anything but a plain decimal within the schema's digits. */
export function exact(text: string): bigint | null {
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const value = BigInt(match[2] ?? '0') * UNIT + BigInt((match[3] ?? '').padEnd(7, '0'));
  return match[1] === '-' ? -value : value;
}

export function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}
