/** Date-times of e首發票's clients: ISO 8601 as .NET reads it, into Taipei's wall clock and back. */
import { taipeiDate } from '../../domain/calendar.ts';
import { type TaipeiDateTime, taipeiDateTime } from '../../domain/taipei.ts';
import type { Settings } from './settings.ts';

const SHAPE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?(Z|[+-]\d{2}:?\d{2})?$/i;
const MINUTE_MS = 60_000;

/** The Taipei time that a text means, or undefined. Without an offset it is of the setting's zone. */
export function readDateTime(
  text: string,
  zone: Settings['naiveDateTimeZone'],
): TaipeiDateTime | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const part = (index: number) => Number(match[index] ?? '0');
  const day = taipeiDate(part(1), part(2), part(3));
  if (day === undefined || part(4) > 23 || part(5) > 59 || part(6) > 59) return undefined;
  const time = [part(4), part(5), part(6)].map((value) => String(value).padStart(2, '0')).join(':');
  const offset = (match[7] ?? (zone === 'UTC' ? 'Z' : '+08:00')).toUpperCase();
  const minutes = offset === 'Z' ? 0 : minutesOf(offset);
  return taipeiDateTime(Date.parse(`${day}T${time}Z`) - minutes * MINUTE_MS);
}

function minutesOf(offset: string): number {
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** As Kaili writes times of its own: Taipei, with a `T`. */
export function shownDateTime(time: TaipeiDateTime): string {
  return time.replace(' ', 'T');
}
