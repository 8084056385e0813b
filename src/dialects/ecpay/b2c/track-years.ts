/** Which ROC years the actions about number tracks take (ECPay B2C API, number tracks). */
import { type Fault, fault } from '../../../domain/fault.ts';

/** Why a year is not taken; null where it is. */
export function yearFault(year: number, first: number, last: number): Fault | null {
  if (year >= first && year <= last) return null;
  const hint = `ROC years ${first} to ${last}, got ${year}`;
  return fault('TRACK_YEAR_OUT_OF_RANGE', 'InvoiceYear', hint);
}
