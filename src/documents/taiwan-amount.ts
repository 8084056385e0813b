/** Whole dollars as people write and read them: digits in groups, and the capitals 大寫 of a legal paper. */
import type { Twd } from '../domain/twd.ts';

const DIGITS = '零壹貳參肆伍陸柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
/** 10^0, 10^4, 10^8, 10^12. */
const GROUPS = ['', '萬', '億', '兆'];
const GROUP = 10_000;

/** `1,234,567`; decimals and sign stay as they are. */
export function grouped(amount: string | number): string {
  const [whole = '', fraction] = String(amount).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** `壹佰零伍元整`. */
export function capitals(amount: Twd): string {
  if (amount === 0) return '零元整';
  const groups: number[] = [];
  for (let rest: number = amount; rest > 0; rest = Math.floor(rest / GROUP))
    groups.push(rest % GROUP);
  let text = '';
  for (let at = groups.length - 1; at >= 0; at -= 1) {
    const group = groups[at] ?? 0;
    if (group === 0) continue;
    // A gap within the number is read as one 零.
    const isAfterGap = text !== '' && (group < GROUP / 10 || groups[at + 1] === 0);
    text += `${isAfterGap ? '零' : ''}${groupText(group)}${GROUPS[at] ?? ''}`;
  }
  return `${text}元整`;
}

/** Up to four digits, without leading 零. */
function groupText(group: number): string {
  let text = '';
  let isGap = false;
  for (let place = PLACES.length - 1; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      isGap = text !== '';
      continue;
    }
    text += `${isGap ? '零' : ''}${DIGITS[digit] ?? ''}${PLACES[place] ?? ''}`;
    isGap = false;
  }
  return text;
}
