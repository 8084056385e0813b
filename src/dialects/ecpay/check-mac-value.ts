/**
 * CheckMacValue: ECPay's check value of a form that it posts to a merchant (ECPay, CheckMacValue with MD5;
 * here only for the callback of an online allowance). Sorted, between the keys, URL-encoded as .NET does,
 * lower case, MD5, upper case.
 */
import { createHash } from 'node:crypto';

/** What .NET's UrlEncode leaves as it is. */
const KEPT = /[A-Za-z0-9\-_.!*()]/;

/** The check value of a form's fields; a CheckMacValue among them does not count. */
export function checkMacValue(
  fields: Readonly<Record<string, string>>,
  keys: { readonly hashKey: string; readonly hashIv: string },
): string {
  const pairs = Object.entries(fields)
    .filter(([name]) => name !== 'CheckMacValue')
    .sort(([one], [other]) => compare(one.toLowerCase(), other.toLowerCase()))
    .map(([name, value]) => `${name}=${value}`);
  const text = [`HashKey=${keys.hashKey}`, ...pairs, `HashIV=${keys.hashIv}`].join('&');
  return createHash('md5').update(dotNetLower(text)).digest('hex').toUpperCase();
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** .NET's UrlEncode, and only then lower case: what was percent-encoded keeps its bytes. */
function dotNetLower(text: string): string {
  let encoded = '';
  for (const character of text) {
    if (KEPT.test(character)) encoded += character.toLowerCase();
    else if (character === ' ') encoded += '+';
    else {
      for (const byte of Buffer.from(character, 'utf8')) {
        encoded += `%${byte.toString(16).padStart(2, '0')}`;
      }
    }
  }
  return encoded;
}
