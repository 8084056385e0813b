/**
 * Days and seconds in Taipei time (UTC+8, no summer time since 1980). Texts, because that is how
 * every party of an invoice writes them, and because they compare as they sort.
 */

declare const dateBrand: unique symbol;
declare const dateTimeBrand: unique symbol;
/** `yyyy-MM-dd` in Taipei. */
export type TaipeiDate = string & { readonly [dateBrand]: true };
/** `yyyy-MM-dd HH:mm:ss` in Taipei. */
export type TaipeiDateTime = string & { readonly [dateTimeBrand]: true };

export const TAIPEI_ZONE = 'Asia/Taipei';
const TAIPEI_OFFSET_MS = 8 * 3_600_000;

/** The Taipei wall clock at an instant, to the second (fractions are cut). */
export function taipeiDateTime(epochMs: number): TaipeiDateTime {
  const iso = new Date(epochMs + TAIPEI_OFFSET_MS).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}` as TaipeiDateTime;
}

export function taipeiDateOf(dateTime: TaipeiDateTime): TaipeiDate {
  return dateTime.slice(0, 10) as TaipeiDate;
}
