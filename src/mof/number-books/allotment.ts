/** A range of numbers as the Ministry allots it, read from an E0501 or from the platform's CSV. */
import type { InvoiceType } from '../../domain/invoice.ts';
import { parseTrack, type Track } from '../../domain/invoice-number.ts';
import type { NumberRange } from '../../domain/number-book.ts';
import { type Period, parsePeriod } from '../../domain/period.ts';
import { parseUbn, type Ubn } from '../../domain/ubn.ts';

export interface Allotment extends NumberRange {
  readonly seller: Ubn;
  readonly invoiceType: InvoiceType;
  readonly period: Period;
  readonly track: Track;
}

/** A range as read, with where it stood; `allotment` is null where the text says why. */
export interface AllottedLine {
  /** Line of the file, or place in the pack, counted from 1. */
  readonly line: number;
  readonly allotment: Allotment | null;
  /** '' where all is well; for a clerk. */
  readonly problem: string;
}

export interface AllotmentTexts {
  readonly seller: string;
  readonly invoiceType: string;
  /** ROC year and even month. */
  readonly period: string;
  readonly track: string;
  readonly first: string;
  readonly last: string;
}

/** Reads the texts of one range; the range itself is judged where the seller's other books are known. */
export function readAllotment(line: number, texts: AllotmentTexts): AllottedLine {
  const seller = parseUbn(texts.seller);
  const period = parsePeriod(texts.period);
  const track = parseTrack(texts.track);
  const invoiceType = /^0?[78]$/.test(texts.invoiceType) ? texts.invoiceType.slice(-1) : '';
  const problem =
    (seller === 'shape' || seller === 'check-digit' ? `統一編號錯誤：${cut(texts.seller)}` : '') ||
    (invoiceType === '' ? `發票類別應為 07 或 08，實際 ${cut(texts.invoiceType)}` : '') ||
    (period === undefined ? `發票期別錯誤：${cut(texts.period)}` : '') ||
    (track === undefined ? `字軌應為二個大寫英文字母，實際 ${cut(texts.track)}` : '') ||
    (isPosition(texts.first) && isPosition(texts.last)
      ? ''
      : `起迄號應為 8 位數字，實際 ${cut(texts.first)}–${cut(texts.last)}`);
  if (
    problem !== '' ||
    seller === 'shape' ||
    seller === 'check-digit' ||
    period === undefined ||
    track === undefined
  ) {
    return { line, allotment: null, problem };
  }
  const range = { first: Number(texts.first), last: Number(texts.last) };
  const type: InvoiceType = invoiceType === '8' ? '08' : '07';
  return { line, allotment: { seller, period, track, invoiceType: type, ...range }, problem: '' };
}

function isPosition(text: string): boolean {
  return /^\d{8}$/.test(text);
}

function cut(text: string): string {
  return text.length <= 24 ? text : `${text.slice(0, 24)}…`;
}
