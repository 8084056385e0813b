/**
 * Print jobs of `Append/PrintInvoices`: one for each invoice that was stored, on record before it is sent. A
 * job that cannot be made, for want of a printer or because the invoice is on a carrier, never fails the
 * issue; it is marked in the log.
 */
import { INVOICE } from '#wire/systemlead/invoice.ts';
import type { IssuedInvoice } from '../../domain/invoice.ts';
import type { RecordPrintCommand } from '../../ledger/ledger.ts';
import type { DialectContext } from '../dialect.ts';
import { type Item, originOf } from './endpoint.ts';
import { MemberReader } from './read-members.ts';

/** Printer of a request that names none. */
const PRINTER_DEFAULT = '00';
/** PrintWithDetail: the invoice alone. */
const INVOICE_ONLY = '2';

/** An invoice that was just stored, with the item that asked for it. */
export interface Stored {
  readonly item: Item;
  readonly issued: IssuedInvoice;
}

/** Makes the jobs; answers when they are on record. */
export async function queuePrints(
  stored: readonly Stored[],
  { ledger }: DialectContext,
): Promise<void> {
  if (stored.length === 0) return;
  try {
    const outcomes = await ledger.recordPrint(stored.map(jobOf));
    outcomes.forEach((outcome, index) => {
      if (!outcome.ok) stored[index]?.item.flag('print-job-refused');
    });
  } catch (error) {
    // The invoices are stored and must be answered; what became of the paper is the operator's.
    for (const { item } of stored) item.flag(`print-job-failed: ${String(error)}`);
  }
}

function jobOf({ item, issued }: Stored): RecordPrintCommand {
  const reader = new MemberReader(INVOICE, item.data);
  return {
    ...originOf(item),
    period: issued.period,
    number: issued.number,
    medium: 'thermal',
    printer: reader.text('PrinterNo') || PRINTER_DEFAULT,
    hasDetails: reader.text('PrintWithDetail') !== INVOICE_ONLY,
    isReprint: false,
    isOnlyFirst: true,
    hasWon: false,
  };
}
