/**
 * Thermal jobs over real TCP: what comes out of the printer is decoded again; printers that are off, slow,
 * half-closed, broken or out of paper; printed once, and the invoice never touched.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, SELLER_A } from '../../../test/support/demo.ts';
import { ENGINES } from '../../../test/support/engines.ts';
import { readEscPos } from '../../../test/support/escpos-paper.ts';
import { PAPER_KEY } from '../../../test/support/papers.ts';
import { openPrintHouse, type PrintHouse } from '../../../test/support/print-house.ts';
import { pictureOf, scanCertificate } from '../../../test/support/scan.ts';
import {
  type PrinterManner,
  startThermalPrinter,
  type ThermalPrinter,
} from '../../../test/support/thermal-printer.ts';
import type { InvoiceContent } from '../../domain/invoice.ts';
import type { PrinterRow, PrintRow } from '../../ledger/rows.ts';
import { barcodeText } from '../code39.ts';
import { certificateQr } from '../qr-text.ts';
import { RETRY_PAUSES_MS, SENDING_LEASE_MS } from './print-worker.ts';

interface Desk {
  readonly house: PrintHouse;
  readonly printer: ThermalPrinter;
  /** Issues an invoice and asks for its print. */
  print(): Promise<{ readonly content: InvoiceContent; readonly job: PrintRow }>;
  tick(answersStatus?: boolean): Promise<void>;
  jobNow(job: PrintRow): Promise<PrintRow>;
}

async function atDesk(manner: PrinterManner, claim: (desk: Desk) => Promise<void>): Promise<void> {
  const house = await openPrintHouse(await ENGINES.sqlite());
  const printer = await startThermalPrinter(manner);
  try {
    await claim({
      house,
      printer,
      async print() {
        const issued = await house.issue(340);
        const { seller, number } = issued;
        const record = await house.ledger.reads.findInvoice({ by: 'number', seller, number });
        const { content } = record ?? assert.fail('not issued');
        const command = house.command(issued, { medium: 'thermal', printer: '00' });
        return { content, job: accepted((await house.ledger.recordPrint([command]))[0]) };
      },
      async tick(answersStatus = true) {
        const row: PrinterRow = {
          seller: SELLER_A.ubn,
          code: '00',
          host: '127.0.0.1',
          port: printer.port,
          roll: 58,
          dpi: 203,
          hasCutter: true,
          answersStatus,
        };
        house.printers.splice(0, 1, row);
        await house.worker.tick();
      },
      async jobNow({ seller, sequence }) {
        return (await house.ledger.reads.findPrint(seller, sequence)) ?? assert.fail('gone');
      },
    });
  } finally {
    await printer.close();
    await house.close();
  }
}

async function assertPaper(bytes: Uint8Array | undefined, content: InvoiceContent): Promise<void> {
  const [strip] = readEscPos(bytes ?? assert.fail('nothing was printed')).strips;
  const { barcode, left, right } = await scanCertificate(pictureOf(strip ?? assert.fail()));
  const codes = certificateQr(content, PAPER_KEY);
  assert.deepEqual(
    { barcode, left, right },
    {
      barcode: barcodeText(content),
      left: codes.left,
      right: codes.right,
    },
  );
}

test('a job comes out of the printer once, and reads to the letter', () =>
  atDesk('well', async ({ print, tick, jobNow, printer }) => {
    const { content, job } = await print();
    await tick();
    await tick();
    assert.equal((await jobNow(job)).state, 'printed');
    assert.equal(printer.jobs.length, 1);
    await assertPaper(printer.jobs[0], content);
  }));

test('a printer that is off delays its jobs, which then come out in their order', () =>
  atDesk('half-closed', async ({ house, print, tick, jobNow, printer }) => {
    const [first, second] = [await print(), await print()];
    await tick();
    const waiting = await jobNow(first.job);
    assert.equal(waiting.state, 'due');
    assert.equal(waiting.attempts, 1);
    assert.equal((await jobNow(second.job)).attempts, 0, 'the second waits for the first');
    printer.manner = 'well';
    await tick();
    assert.equal(printer.jobs.length, 0, 'not before its pause is over');
    house.clock.advanceMs(RETRY_PAUSES_MS[0] ?? 0);
    await tick();
    assert.equal(printer.jobs.length, 2);
    await assertPaper(printer.jobs.at(0), first.content);
    await assertPaper(printer.jobs.at(1), second.content);
  }));

test('a printer that cannot be reached is tried again, and the invoice is as it was', () =>
  atDesk('well', async ({ house, print, tick, jobNow, printer }) => {
    const { content, job } = await print();
    await printer.close();
    await tick();
    const waiting = await jobNow(job);
    assert.equal(waiting.state, 'due');
    assert.match(waiting.result, /ECONNREFUSED/);
    const record = await house.ledger.reads.findInvoice({
      by: 'number',
      seller: content.seller,
      number: content.number,
    });
    assert.deepEqual(record?.content, content);
    const twin = await startThermalPrinter();
    // The desk closes what stands there at last.
    Object.assign(printer, { port: twin.port, close: twin.close });
    house.clock.advanceMs(RETRY_PAUSES_MS[0] ?? 0);
    await tick();
    assert.equal((await jobNow(job)).state, 'printed');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await assertPaper(twin.jobs[0], content);
  }));

test('a slow printer takes its time and prints once', () =>
  atDesk('slow', async ({ print, tick, jobNow, printer }) => {
    const { content, job } = await print();
    await tick();
    assert.equal((await jobNow(job)).state, 'printed');
    assert.equal(printer.jobs.length, 1);
    await assertPaper(printer.jobs[0], content);
  }));

test('a connection that breaks midway is no paper, and the job is sent whole again', () =>
  atDesk('breaks-midway', async ({ house, print, tick, jobNow, printer }) => {
    const { content, job } = await print();
    await tick();
    const waiting = await jobNow(job);
    assert(waiting.state === 'due' || waiting.state === 'unsure', waiting.state);
    if (waiting.state === 'unsure') return;
    printer.manner = 'well';
    house.clock.advanceMs(RETRY_PAUSES_MS[0] ?? 0);
    await tick();
    assert.equal(printer.jobs.length, 1);
    await assertPaper(printer.jobs[0], content);
  }));

test('a job that nobody confirms is not sent a second time by itself', () =>
  atDesk('silent-after', async ({ house, print, tick, jobNow, printer }) => {
    const { job } = await print();
    await tick();
    assert.equal((await jobNow(job)).state, 'unsure');
    house.clock.advanceMs(24 * 3_600_000);
    await tick();
    assert.equal(printer.jobs.length, 1);
  }));

test('a printer without status answers prints once, also where it closes its side at once', () =>
  atDesk('half-closed-printing', async ({ print, tick, jobNow, printer }) => {
    const { content, job } = await print();
    await tick(false);
    assert.equal((await jobNow(job)).state, 'printed');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await assertPaper(printer.jobs[0], content);
  }));

test('a printer without paper is asked again later, and gets nothing meanwhile', () =>
  atDesk('no-paper', async ({ print, tick, jobNow, printer }) => {
    const { job } = await print();
    await tick();
    const waiting = await jobNow(job);
    assert.deepEqual([waiting.state, waiting.result], ['due', 'no paper']);
    assert.equal(printer.jobs.length, 0);
  }));

test('a job that was cut off by a kill is unsure, not printed twice', () =>
  atDesk('well', async ({ house, print, tick, jobNow, printer }) => {
    const { job } = await print();
    const { seller, sequence, createdAt: until } = job;
    const origin = { seller, sequence, account: 'system', ip: '' } as const;
    await house.ledger.recordPrintJob([{ ...origin, to: 'sending', until }]);
    house.clock.advanceMs(SENDING_LEASE_MS);
    await tick();
    assert.equal((await jobNow(job)).state, 'unsure');
    assert.equal(printer.connections, 0);
  }));
