/** Days as the Ministry writes them (`yyyyMMdd`), and the two other shapes that results use. */
import { type TaipeiDate, type TaipeiDateTime, taipeiDateTime } from '../../domain/taipei.ts';

/** `yyyyMMdd` some days later; the text itself where it is no day. */
export function addDays(day: string, days: number): string {
  const date = parseTaipeiDate(day);
  if (date === null) return day;
  return compactDay(Temporal.PlainDate.from(date).add({ days }).toString());
}

/** Folders of this hour and the ones beside it, as Turnkey names them: `yyyyMMdd/HH`, this one first. */
export function hourFolders(nowMs: number): readonly string[] {
  return [0, -1, 1].map((hours) => {
    const time = taipeiDateTime(nowMs + hours * 3_600_000);
    return `${compactDay(time)}/${time.slice(11, 13)}`;
  });
}

export function compactDay(date: string): string {
  return date.slice(0, 10).replaceAll('-', '');
}

/** A real day written `yyyyMMdd`, `yyyy-MM-dd` or `yyyy/MM/dd`, or null. */
export function parseTaipeiDate(text: string): TaipeiDate | null {
  const match = /^(\d{4})([-/]?)(\d{2})\2(\d{2})$/.exec(text.trim());
  if (match === null) return null;
  const iso = `${match[1]}-${match[3]}-${match[4]}`;
  try {
    Temporal.PlainDate.from(iso);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  // Checked by the shape and the calendar above.
  return iso as TaipeiDate;
}

/** Milliseconds since 1970 of a Taipei time; null stays null. */
export function epochMsOf(time: TaipeiDateTime | null): number | null {
  if (time === null) return null;
  return Temporal.Instant.from(`${time.replace(' ', 'T')}+08:00`).epochMilliseconds;
}

/** `yyyyMMddHHmmss` as the ledger writes times. */
export function compactToDateTime(compact: string): TaipeiDateTime {
  const [y, m, d] = [compact.slice(0, 4), compact.slice(4, 6), compact.slice(6, 8)];
  const time = compact.slice(8).replace(/(\d{2})(\d{2})(\d{2})/, '$1:$2:$3');
  // The caller matched fourteen digits; compared as text only.
  return `${y}-${m}-${d} ${time}` as TaipeiDateTime;
}
