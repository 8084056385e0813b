/**
 * Code 39: the certificate's bar code, as text and as bars. Nineteen characters between two stars, no
 * check digit (MOF barcode specification 1.9, one-dimensional code; ISO/IEC 16388).
 */
import type { InvoiceContent } from '../domain/invoice.ts';

/** A wide bar or space is this many narrow ones: at most 3, more than 2.2 for narrow ones this small. */
export const CODE39_WIDE = 3;
/** Bars and spaces of a character: nine, and the narrow gap after it. */
const GAP = 1;

/** Nine elements a character, from a bar on; `w` wide, `n` narrow. */
const PATTERNS: Readonly<Record<string, string>> = {
  '0': 'nnnwwnwnn',
  '1': 'wnnwnnnnw',
  '2': 'nnwwnnnnw',
  '3': 'wnwwnnnnn',
  '4': 'nnnwwnnnw',
  '5': 'wnnwwnnnn',
  '6': 'nnwwwnnnn',
  '7': 'nnnwnnwnw',
  '8': 'wnnwnnwnn',
  '9': 'nnwwnnwnn',
  A: 'wnnnnwnnw',
  B: 'nnwnnwnnw',
  C: 'wnwnnwnnn',
  D: 'nnnnwwnnw',
  E: 'wnnnwwnnn',
  F: 'nnwnwwnnn',
  G: 'nnnnnwwnw',
  H: 'wnnnnwwnn',
  I: 'nnwnnwwnn',
  J: 'nnnnwwwnn',
  K: 'wnnnnnnww',
  L: 'nnwnnnnww',
  M: 'wnwnnnnwn',
  N: 'nnnnwnnww',
  O: 'wnnnwnnwn',
  P: 'nnwnwnnwn',
  Q: 'nnnnnnwww',
  R: 'wnnnnnwwn',
  S: 'nnwnnnwwn',
  T: 'nnnnwnwwn',
  U: 'wwnnnnnnw',
  V: 'nwwnnnnnw',
  W: 'wwwnnnnnn',
  X: 'nwnnwnnnw',
  Y: 'wwnnwnnnn',
  Z: 'nwwnwnnnn',
  '-': 'nwnnnnwnw',
  '.': 'wwnnnnwnn',
  ' ': 'nwwnnnwnn',
  '*': 'nwnnwnwnn',
  $: 'nwnwnwnnn',
  '/': 'nwnwnnnwn',
  '+': 'nwnnnwnwn',
  '%': 'nnnwnwnwn',
};

/** What the certificate's bar code says: period, number, random code. 19 characters. */
export function barcodeText({ period, number, randomNumber }: InvoiceContent): string {
  return `${period}${number}${randomNumber}`;
}

export interface Bars {
  /** Widths of bars and spaces in narrow elements, a bar first. */
  readonly widths: readonly number[];
  /** Their sum. */
  readonly total: number;
}

/** The bars of a text with its start and stop star. Throws for a character that Code 39 lacks. */
export function code39(text: string): Bars {
  const widths: number[] = [];
  for (const character of `*${text}*`) {
    const pattern = PATTERNS[character];
    if (pattern === undefined || (character === '*' && text.includes('*'))) {
      throw new RangeError('Code 39 has no such character');
    }
    for (const element of pattern) widths.push(element === 'w' ? CODE39_WIDE : 1);
    widths.push(GAP);
  }
  widths.pop();
  return { widths, total: widths.reduce((sum, width) => sum + width, 0) };
}
