/** Issued invoices and a print worker over a real ledger and a real SQLite store, for claims about prints. */
import assert from 'node:assert/strict';
import { deliver } from '../../src/documents/thermal/deliver.ts';
import { escPos } from '../../src/documents/thermal/escpos.ts';
import { createPrintWorker, type PrintWorker } from '../../src/documents/thermal/print-worker.ts';
import type { InvoiceDraft, IssuedInvoice } from '../../src/domain/invoice.ts';
import { parseTrack } from '../../src/domain/invoice-number.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { createLedger, type LedgerHandle } from '../../src/ledger/create.ts';
import type { RecordPrintCommand } from '../../src/ledger/ledger.ts';
import type { Store } from '../../src/ledger/ports.ts';
import type { PrinterRow } from '../../src/ledger/rows.ts';
import { accepted, composed, SELLER_A } from './demo.ts';
import { type OpenedStore, seededRandom, TestClock } from './engines.ts';
import { PAPER_KEY } from './papers.ts';

export interface PrintHouse {
  readonly clock: TestClock;
  readonly ledger: LedgerHandle;
  readonly store: Store;
  issue(total: number, changes?: Partial<InvoiceDraft>): Promise<IssuedInvoice>;
  /** What a client asks for: a page of an invoice, unless changed. */
  command(content: IssuedInvoice, changes?: Partial<RecordPrintCommand>): RecordPrintCommand;
  /** The one worker; it looks for printers in this list. */
  readonly printers: PrinterRow[];
  readonly worker: PrintWorker;
  close(): Promise<void>;
}

/** Short, so that a test of a silent printer is one too. */
const LIMITS = { connectMs: 1_000, stallMs: 400, answerMs: 400, graceMs: 200 };

const origin = { seller: SELLER_A.ubn, account: 'ecpay:2000132', ip: '' } as const;

async function importNumbers(ledger: LedgerHandle): Promise<void> {
  const [period, track] = [parsePeriod('11512'), parseTrack('PA')];
  assert(period !== undefined && track !== undefined);
  const [book] = await ledger.importBook([
    {
      ...origin,
      period,
      track,
      first: 0,
      last: 999,
      invoiceType: '07',
      source: 'manual',
      segments: [],
    },
  ]);
  accepted(book);
}

export async function openPrintHouse(opened: OpenedStore): Promise<PrintHouse> {
  const { store } = opened;
  const clock = new TestClock('2026-11-21 10:20:30');
  await store.directory.saveSellers([SELLER_A]);
  const ledger = createLedger({ store, clock, random: seededRandom(57) });
  await importNumbers(ledger);
  let count = 0;
  const printers: PrinterRow[] = [];
  return {
    clock,
    ledger,
    store,
    async issue(total, changes = {}) {
      count += 1;
      const [issued] = await ledger.issue([
        {
          ...origin,
          composed: composed(total, changes),
          references: [{ kind: 'relate', key: `PRINT${count}`, until: 'ever' }],
          reference: `print${count}`,
          billingReference: '',
          channel: 'api',
          channelPartner: '',
          segment: { category: 'b2c', code: '' },
        },
      ]);
      return accepted(issued);
    },
    command: ({ seller, period: issuedIn, number }, changes = {}) => ({
      ...origin,
      seller,
      period: issuedIn,
      number,
      medium: 'page',
      printer: '',
      hasDetails: true,
      isReprint: false,
      isOnlyFirst: false,
      hasWon: false,
      ...changes,
    }),
    printers,
    worker: workerOf(ledger, clock, printers),
    async close() {
      await ledger.drain();
      await opened.remove();
    },
  };
}

function workerOf(
  ledger: LedgerHandle,
  clock: TestClock,
  printers: readonly PrinterRow[],
): PrintWorker {
  return createPrintWorker({
    ledger,
    accounts: { seller: () => SELLER_A },
    keys: { keyOf: () => PAPER_KEY },
    clock,
    isTest: true,
    printerOf: (seller, code) =>
      printers.find((each) => each.seller === seller && each.code === code) ?? null,
    async deliver(paper, _print, printer) {
      if (printer === null) return { kind: 'again', reason: 'no printer of this code' };
      return deliver(escPos(paper, { roll: 58, dpi: 203, hasCutter: true }), printer, LIMITS);
    },
    onProblem: (error) => assert.fail(String(error)),
  });
}
