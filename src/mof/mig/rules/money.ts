/**
 * Exact amounts of a message's value, for the rules: decimal text as an integer count of 10^-7. Wider
 * than the ledger's `Decimal`, because a rule must not be evaded by a number the ledger cannot hold.
 */

const SCALE = 7;
/** One dollar. */
export const DOLLAR = 10n ** BigInt(SCALE);

/** Whole amounts as they usually are: small enough for a number to hold them scaled. */
const SMALL_WHOLE = /^\d{1,8}$/;

/** Undefined for text that is no decimal of at most seven places, which the table check reports. */
export function scaledAmount(text: string): bigint | undefined {
  if (SMALL_WHOLE.test(text)) return BigInt(Number(text) * 10 ** SCALE);
  const match = /^(-?)(\d+)(?:\.(\d{1,7})0*)?$/.exec(text);
  if (match === null) return undefined;
  const value = BigInt(`${match[2]}${(match[3] ?? '').padEnd(SCALE, '0')}`);
  return match[1] === '-' ? -value : value;
}

/** Sum of the texts; undefined where one is no decimal. */
export function scaledSum(texts: readonly string[]): bigint | undefined {
  let sum = 0n;
  for (const text of texts) {
    const value = scaledAmount(text);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

/** The amount as a person writes it. */
export function amountText(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  const magnitude = digits.slice(0, -SCALE) + (fraction === '' ? '' : `.${fraction}`);
  return value < 0n ? `-${magnitude}` : magnitude;
}

/** Whether two known amounts are equal; an unknown one is the table check's business. */
export function areEqual(left: bigint | undefined, right: bigint | undefined): boolean {
  return left === undefined || right === undefined || left === right;
}

export function isWhole(value: bigint | undefined): boolean {
  return value === undefined || value % DOLLAR === 0n;
}

/**
 * Amounts as whole dollars that add up to a whole total: each is the rounded running sum less what was
 * given before, the last one the rest (the exchange's B0101 takes whole line amounts only). A text that
 * is no decimal comes back as it is, for the table check to report.
 */
export function wholeAmounts(texts: readonly string[], total: number): readonly string[] {
  let running = 0n;
  let given = 0n;
  return texts.map((text, index) => {
    const amount = scaledAmount(text);
    if (amount === undefined) return text;
    running += amount;
    const upTo = index === texts.length - 1 ? BigInt(total) : roundedDollars(running);
    const whole = upTo - given;
    given = upTo;
    return whole.toString();
  });
}

/** Half a dollar rounds away from zero. */
function roundedDollars(value: bigint): bigint {
  const size = value < 0n ? -value : value;
  const rounded = (size + DOLLAR / 2n) / DOLLAR;
  return value < 0n ? -rounded : rounded;
}
