/**
 * recordPrint: writes down that a certificate is printed, by whom and when, before it is. The first print
 * of a version is the original, every later one a reprint. For a printer it is also the job, on disk
 * in the same commit: printed once, whatever happens to the printer.
 */
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import { whyNotPrintable } from '../domain/print.ts';
import type { Batch } from './batch.ts';
import { parseInvoiceContent } from './content.ts';
import { contentHash } from './journal.ts';
import type { RecordPrintCommand } from './ledger.ts';
import type { InvoiceRow, PrintRow, VersionRow } from './rows.ts';
import { invoiceKeyText, type Verb } from './verb.ts';

export const recordPrint: Verb<RecordPrintCommand, PrintRow> = { name: 'recordPrint', apply };

/** What a print's journal entry hashes: all but the printer's progress. */
export function printText(print: PrintRow): string {
  const { number, period, version, medium, isOriginal, printer, account, hasDetails } = print;
  return JSON.stringify({
    number,
    period,
    version,
    medium,
    isOriginal,
    printer,
    account,
    hasDetails,
  });
}

async function apply(
  batch: Batch,
  commands: readonly RecordPrintCommand[],
): Promise<readonly Outcome<PrintRow>[]> {
  const keys = [...new Map(commands.map((each) => [invoiceKeyText(each), each])).values()].map(
    ({ seller, period, number }) => ({ seller, period, number }),
  );
  const invoices = byKey(await batch.transaction.findInvoices(keys));
  const versions = byKey(await batch.transaction.findCurrentVersions(keys));
  const known = await batch.transaction.findPrintsOf(keys);
  const prints = known.toSorted((one, other) => one.sequence - other.sequence);
  const made: PrintRow[] = [];
  const outcomes = commands.map((command): Outcome<PrintRow> => {
    const key = invoiceKeyText(command);
    const invoice = invoices.get(key);
    const problem = whyNot(command, invoice, versions.get(key));
    if (problem !== null || invoice === undefined) {
      return refused(problem ?? fault('INVOICE_NOT_FOUND', 'number', 'no invoice of this number'));
    }
    const earlier = prints.filter(
      (print) => invoiceKeyText(print) === key && print.version === invoice.version,
    );
    const [first] = earlier;
    if (command.isOnlyFirst && first !== undefined) return done(first);
    const row = rowOf(batch, command, invoice, earlier.length === 0 && !command.isReprint);
    prints.push(row);
    made.push(row);
    return done(row);
  });
  await batch.transaction.insertPrints(made);
  return outcomes;
}

function whyNot(
  command: RecordPrintCommand,
  invoice: InvoiceRow | undefined,
  version: VersionRow | undefined,
): Fault | null {
  if (invoice === undefined || version === undefined) {
    return fault('INVOICE_NOT_FOUND', 'number', 'no invoice of this number in this period');
  }
  return whyNotPrintable(parseInvoiceContent(version.content), command.hasWon);
}

function rowOf(
  batch: Batch,
  command: RecordPrintCommand,
  invoice: InvoiceRow,
  isOriginal: boolean,
): PrintRow {
  const { seller, account, medium, printer, hasDetails } = command;
  const isJob = medium === 'thermal';
  const row: PrintRow = {
    seller,
    sequence: batch.head(seller).sequence + 1,
    period: invoice.period,
    number: invoice.number,
    version: invoice.version,
    medium,
    isOriginal,
    hasDetails,
    printer,
    account,
    state: isJob ? 'due' : 'printed',
    attempts: 0,
    createdAt: batch.now,
    nextAt: batch.now,
    settledAt: isJob ? null : batch.now,
    result: '',
  };
  const hash = contentHash(printText(row));
  batch.append(seller, recordPrint.name, account, `print/${row.sequence}`, hash);
  return row;
}

function byKey<Row extends { seller: string; period: string; number: string }>(
  rows: readonly Row[],
): Map<string, Row> {
  return new Map(rows.map((row) => [invoiceKeyText(row), row]));
}
