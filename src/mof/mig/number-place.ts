/** Whose and which numbers a number message speaks of, and how it writes a position in the track. */
import type { InvoiceType } from '../../domain/invoice.ts';
import type { Period } from '../../domain/period.ts';

export interface NumberPlace {
  /** Tax ID to which the Ministry allotted the range. */
  readonly head: string;
  /** Tax ID that issues from it; the same where there are no branches. */
  readonly branch: string;
  readonly invoiceType: InvoiceType;
  readonly period: Period;
  readonly track: string;
}

/** Eight digits. */
export function positionText(position: number): string {
  return String(position).padStart(8, '0');
}
