/** Tax ID 統一編號 (UBN) of a business. */

declare const ubnBrand: unique symbol;
/** Eight digits whose check digit holds, not 00000000. */
export type Ubn = string & { readonly [ubnBrand]: true };

const WEIGHTS = [1, 2, 1, 2, 1, 2, 4, 1] as const;

/** How a text fails to be a tax ID. */
export type UbnProblem = 'shape' | 'check-digit';

/**
 * Reads a tax ID by the Ministry's rule in force since April 2023: the decimal digits of the weighted
 * products add up to a multiple of five; with a 7 in seventh place one more than the sum will do.
 * Source: MOF Fiscal Information Agency, 營利事業統一編號檢查碼邏輯修正說明 (2021-12-22).
 */
export function parseUbn(text: string): Ubn | UbnProblem {
  if (!/^\d{8}$/.test(text)) return 'shape';
  let sum = 0;
  for (let index = 0; index < WEIGHTS.length; index += 1) {
    const product = Number(text[index]) * (WEIGHTS[index] ?? 0);
    sum += Math.floor(product / 10) + (product % 10);
  }
  const isValid = sum % 5 === 0 || (text[6] === '7' && (sum + 1) % 5 === 0);
  // 00000000 satisfies the arithmetic but is nobody's number.
  if (!isValid || text === '00000000') return 'check-digit';
  return text as Ubn;
}

/**
 * Reads a buyer's tax ID of which only the shape counts: eight digits, not 00000000. Some providers take one
 * whose check digit fails, and the invoice is the seller's to answer for (SystemLead e首發票 API: its own
 * examples fail it).
 */
export function parseUbnShape(text: string): Ubn | undefined {
  return /^\d{8}$/.test(text) && text !== '00000000' ? (text as Ubn) : undefined;
}

/** Brands a tax ID that storage or configuration already checked; throws on anything else. */
export function ubn(text: string): Ubn {
  const parsed = parseUbn(text);
  if (parsed === 'shape' || parsed === 'check-digit') throw new Error('not a tax ID (UBN)');
  return parsed;
}
