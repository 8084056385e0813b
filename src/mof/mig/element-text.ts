/** How ledger values are written in a message: days, times, sequence numbers, texts that may be absent. */
import type { TaipeiDate, TaipeiDateTime } from '../../domain/taipei.ts';
import { withoutForbidden } from './xml-text.ts';

/** `yyyyMMdd`. */
export function messageDate(date: TaipeiDate): string {
  return date.replaceAll('-', '');
}

/** `HH:mm:ss`, the form of xsd:time without fraction and zone. */
export function messageTime(dateTime: TaipeiDateTime): string {
  return dateTime.slice(11);
}

/** Three digits, `001`, as in the Ministry's own samples; a fourth where needed. */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(3, '0');
}

/** The text of an optional element, or undefined to leave the element out where there is nothing in it. */
export function given(text: string): string | undefined {
  return text.trim() === '' ? undefined : withoutForbidden(text);
}

/** One line of text: line feeds become blanks (addresses). */
export function onOneLine(text: string): string {
  return text.replace(/\r\n|[\r\n\u2028\u2029]/g, ' ').trim();
}
