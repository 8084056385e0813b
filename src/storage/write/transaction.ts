/**
 * The ledger's transaction over an open session. A change is sent and not waited for: the engine runs
 * statements in order, so a later look-up sees it, and a refused one fails the whole transaction at
 * the latest before the commit. On a server a batch thus costs as many round trips as look-ups.
 */
import type { InvoiceNumber } from '../../domain/invoice-number.ts';
import type { Period } from '../../domain/period.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type {
  FilingKey,
  FilingNote,
  FilingPromise,
  FilingTaken,
} from '../../ledger/filing-ports.ts';
import type { MendingRow } from '../../ledger/mending-row.ts';
import type { SegmentQuery, StoreTransaction } from '../../ledger/ports.ts';
import type {
  AllowancePartRow,
  AllowanceRow,
  BlankRow,
  BookRow,
  ConsentRow,
  EntryRow,
  FilingRow,
  InvoiceKey,
  InvoiceRow,
  MachineRow,
  NoticeRow,
  NumberReportRow,
  PendingIssueRow,
  PendingKey,
  PrintRow,
  ReferenceKey,
  ReferenceRow,
  SegmentRow,
  SellerHead,
  VersionRow,
} from '../../ledger/rows.ts';
import type { PartnerKey } from '../../ledger/trade-ports.ts';
import type { PartnerRow, TradeInvoiceRow, TradeKey, TradeRow } from '../../ledger/trade-rows.ts';
import type { Session } from '../engine.ts';
import {
  ALLOWANCE,
  ALLOWANCE_PART,
  BLANK,
  BOOK,
  CONSENT,
  FILING,
  HEAD,
  INVOICE,
  MACHINE,
  NOTICE,
  NUMBER_REPORT,
  PENDING_ISSUE,
  PRINT,
  REFERENCE,
  SEGMENT,
  VERSION,
} from '../schema.ts';
import { PARTNER, TRADE } from '../trade-schema.ts';
import type { MachineKey } from './machine-statements.ts';
import type { EventKey, PendingReferenceKey } from './notice-statements.ts';
import { StatementRunner } from './statement-runner.ts';
import type { InvoiceNumberKey, NumberKey, SequenceKey, WriteStatements } from './statements.ts';

export class LedgerTransaction extends StatementRunner implements StoreTransaction {
  readonly #statements: WriteStatements;

  constructor(session: Session, statements: WriteStatements) {
    super(session);
    this.#statements = statements;
  }

  lockSellers(sellers: readonly Ubn[]): Promise<readonly SellerHead[]> {
    // Everyone locks in the same order, so that two batches never wait for each other in a circle.
    const keys = [...sellers].sort().map((seller) => ({ seller }));
    return this.find(HEAD, this.#statements.lockHeads, keys);
  }

  saveHeads(rows: readonly SellerHead[]): Promise<void> {
    return this.changeAll(this.#statements.saveHeads, rows, 'saveHeads');
  }

  findReferences(keys: readonly ReferenceKey[]): Promise<readonly ReferenceRow[]> {
    return this.find(REFERENCE, this.#statements.findReferences, keys);
  }

  findReferencesOf(invoices: readonly InvoiceKey[]): Promise<readonly ReferenceRow[]> {
    return this.find(REFERENCE, this.#statements.findReferencesOf, invoices);
  }

  deleteReferences(keys: readonly ReferenceKey[]): Promise<void> {
    return this.changeAll(this.#statements.deleteReferences, keys, 'deleteReferences');
  }

  insertReferences(rows: readonly ReferenceRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertReferences, rows, 'insertReferences');
  }

  freeReferences(invoices: readonly InvoiceKey[]): Promise<void> {
    return this.change(this.#statements.freeReferences, invoices, () => undefined);
  }

  findBooks(seller: Ubn, period: Period): Promise<readonly BookRow[]> {
    return this.query(BOOK, this.#statements.findBooks, { seller, period });
  }

  insertBooks(rows: readonly BookRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertBooks, rows, 'insertBooks');
  }

  findOpenSegments(query: SegmentQuery): Promise<readonly SegmentRow[]> {
    return this.query(SEGMENT, this.#statements.findOpenSegments, query);
  }

  insertSegments(rows: readonly SegmentRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertSegments, rows, 'insertSegments');
  }

  saveSegments(rows: readonly SegmentRow[]): Promise<void> {
    return this.changeAll(this.#statements.saveSegments, rows, 'saveSegments');
  }

  findSegments(seller: Ubn, period: Period): Promise<readonly SegmentRow[]> {
    return this.query(SEGMENT, this.#statements.findSegments, { seller, period });
  }

  findSegmentsOfCode(
    seller: Ubn,
    category: SegmentRow['category'],
    code: string,
  ): Promise<readonly SegmentRow[]> {
    return this.query(SEGMENT, this.#statements.findSegmentsOfCode, { seller, category, code });
  }

  findMachines(keys: readonly MachineKey[]): Promise<readonly MachineRow[]> {
    return this.find(MACHINE, this.#statements.findMachines, keys);
  }

  insertMachines(rows: readonly MachineRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertMachines, rows, 'insertMachines');
  }

  saveMachines(rows: readonly MachineRow[]): Promise<void> {
    return this.changeAll(this.#statements.saveMachines, rows, 'saveMachines');
  }

  deleteMachines(rows: readonly MachineRow[]): Promise<void> {
    return this.changeAll(this.#statements.deleteMachines, rows, 'deleteMachines');
  }

  findBlanks(seller: Ubn, period: Period): Promise<readonly BlankRow[]> {
    return this.query(BLANK, this.#statements.findBlanks, { seller, period });
  }

  insertBlanks(rows: readonly BlankRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertBlanks, rows, 'insertBlanks');
  }

  deleteBlanks(rows: readonly BlankRow[]): Promise<void> {
    return this.changeAll(this.#statements.deleteBlanks, rows, 'deleteBlanks');
  }

  findNumberReports(seller: Ubn, period: Period): Promise<readonly NumberReportRow[]> {
    return this.query(NUMBER_REPORT, this.#statements.findNumberReports, { seller, period });
  }

  insertNumberReports(rows: readonly NumberReportRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertNumberReports, rows, 'insertNumberReports');
  }

  findNumberFilings(seller: Ubn, period: Period): Promise<readonly FilingRow[]> {
    return this.query(FILING, this.#statements.findNumberFilings, { seller, period });
  }

  findInvoicesInRange(
    seller: Ubn,
    period: Period,
    from: InvoiceNumber,
    to: InvoiceNumber,
  ): Promise<readonly InvoiceRow[]> {
    const key = { seller, period, from, to };
    return this.query(INVOICE, this.#statements.findInvoicesInRange, key);
  }

  findInvoices(keys: readonly InvoiceKey[]): Promise<readonly InvoiceRow[]> {
    return this.find(INVOICE, this.#statements.findInvoices, keys);
  }

  findNewestInvoices(keys: readonly InvoiceNumberKey[]): Promise<readonly InvoiceRow[]> {
    return this.find(INVOICE, this.#statements.findNewestInvoices, keys);
  }

  insertInvoices(rows: readonly InvoiceRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertInvoices, rows, 'insertInvoices');
  }

  saveInvoices(rows: readonly InvoiceRow[]): Promise<void> {
    return this.changeAll(this.#statements.saveInvoices, rows, 'saveInvoices');
  }

  insertVersions(rows: readonly VersionRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertVersions, rows, 'insertVersions');
  }

  findCurrentVersions(keys: readonly InvoiceKey[]): Promise<readonly VersionRow[]> {
    return this.find(VERSION, this.#statements.findCurrentVersions, keys);
  }

  async findAllowancesOf(invoices: readonly InvoiceKey[]): Promise<readonly AllowanceRow[]> {
    return oldestFirst(await this.find(ALLOWANCE, this.#statements.findAllowancesOf, invoices));
  }

  findAllowances(keys: readonly NumberKey[]): Promise<readonly AllowanceRow[]> {
    return this.find(ALLOWANCE, this.#statements.findAllowances, keys);
  }

  async insertAllowances(
    rows: readonly AllowanceRow[],
    parts: readonly AllowancePartRow[] = [],
  ): Promise<void> {
    const inParts = new Set(parts.map(({ seller, number }) => `${seller}/${number}`));
    const whole = rows.filter(({ seller, number }) => !inParts.has(`${seller}/${number}`));
    const all = [...whole.map(onlyPartOf), ...parts];
    await this.changeAll(this.#statements.insertAllowances, rows, 'insertAllowances');
    await this.changeAll(this.#statements.insertAllowanceParts, all, 'insertAllowanceParts');
  }

  findAllowanceParts(keys: readonly NumberKey[]): Promise<readonly AllowancePartRow[]> {
    return this.find(ALLOWANCE_PART, this.#statements.findAllowanceParts, keys);
  }

  saveAllowances(rows: readonly AllowanceRow[]): Promise<void> {
    return this.changeAll(this.#statements.saveAllowances, rows, 'saveAllowances');
  }

  findFilings(keys: readonly SequenceKey[]): Promise<readonly FilingRow[]> {
    return this.find(FILING, this.#statements.findFilings, keys);
  }

  async findFilingsOf(invoices: readonly InvoiceKey[]): Promise<readonly FilingRow[]> {
    const { findFilingsOf, findFilingsBeyondFirst } = this.#statements;
    const [own, others] = await Promise.all([
      this.find(FILING, findFilingsOf, invoices),
      this.find(FILING, findFilingsBeyondFirst, invoices),
    ]);
    if (others.length === 0) return oldestFirst(own);
    const each = new Map([...own, ...others].map((row) => [`${row.seller}/${row.sequence}`, row]));
    return oldestFirst([...each.values()]);
  }

  insertFilings(rows: readonly FilingRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertFilings, rows, 'insertFilings');
  }

  saveFilings(rows: readonly FilingRow[]): Promise<void> {
    return this.changeAll(this.#statements.saveFilings, rows, 'saveFilings');
  }

  promiseFilings(rows: readonly FilingPromise[]): Promise<readonly FilingKey[]> {
    return this.changeSome(this.#statements.promiseFilings, rows);
  }

  noteFilings(rows: readonly FilingNote[]): Promise<readonly FilingKey[]> {
    return this.changeSome(this.#statements.noteFilings, rows);
  }

  takeFilings(rows: readonly FilingTaken[]): Promise<readonly FilingKey[]> {
    return this.changeSome(this.#statements.takeFilings, rows);
  }

  findPrints(keys: readonly SequenceKey[]): Promise<readonly PrintRow[]> {
    return this.find(PRINT, this.#statements.findPrints, keys);
  }

  findPrintsOf(invoices: readonly InvoiceKey[]): Promise<readonly PrintRow[]> {
    return this.find(PRINT, this.#statements.findPrintsOf, invoices);
  }

  insertPrints(rows: readonly PrintRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertPrints, rows, 'insertPrints');
  }

  savePrints(rows: readonly PrintRow[]): Promise<void> {
    return this.changeAll(this.#statements.savePrints, rows, 'savePrints');
  }

  findNotices(keys: readonly SequenceKey[]): Promise<readonly NoticeRow[]> {
    return this.find(NOTICE, this.#statements.findNotices, keys);
  }

  findNoticesOfEvents(keys: readonly EventKey[]): Promise<readonly NoticeRow[]> {
    return this.find(NOTICE, this.#statements.findNoticesOfEvents, keys);
  }

  insertMendings(rows: readonly MendingRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertMendings, rows, 'insertMendings');
  }

  insertNotices(rows: readonly NoticeRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertNotices, rows, 'insertNotices');
  }

  saveNotices(rows: readonly NoticeRow[]): Promise<void> {
    return this.changeAll(this.#statements.saveNotices, rows, 'saveNotices');
  }

  findPendingIssues(keys: readonly PendingKey[]): Promise<readonly PendingIssueRow[]> {
    return this.find(PENDING_ISSUE, this.#statements.findPendingIssues, keys);
  }

  findPendingReferences(keys: readonly PendingReferenceKey[]): Promise<readonly PendingIssueRow[]> {
    return this.find(PENDING_ISSUE, this.#statements.findPendingReferences, keys);
  }

  insertPendingIssues(rows: readonly PendingIssueRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertPendingIssues, rows, 'insertPendingIssues');
  }

  savePendingIssues(rows: readonly PendingIssueRow[]): Promise<void> {
    return this.changeAll(this.#statements.savePendingIssues, rows, 'savePendingIssues');
  }

  findConsents(keys: readonly NumberKey[]): Promise<readonly ConsentRow[]> {
    return this.find(CONSENT, this.#statements.findConsents, keys);
  }

  insertConsents(rows: readonly ConsentRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertConsents, rows, 'insertConsents');
  }

  saveConsents(rows: readonly ConsentRow[]): Promise<void> {
    return this.changeAll(this.#statements.saveConsents, rows, 'saveConsents');
  }

  findPartners(keys: readonly PartnerKey[]): Promise<readonly PartnerRow[]> {
    return this.find(PARTNER, this.#statements.findPartners, keys);
  }

  insertPartners(rows: readonly PartnerRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertPartners, rows, 'insertPartners');
  }

  savePartners(rows: readonly PartnerRow[]): Promise<void> {
    return this.changeAll(this.#statements.savePartners, rows, 'savePartners');
  }

  deletePartners(rows: readonly PartnerRow[]): Promise<void> {
    return this.changeAll(this.#statements.deletePartners, rows, 'deletePartners');
  }

  findTrades(keys: readonly TradeKey[]): Promise<readonly TradeRow[]> {
    return this.find(TRADE, this.#statements.findTrades, keys);
  }

  async insertTrades(
    rows: readonly TradeRow[],
    others: readonly TradeInvoiceRow[] = [],
  ): Promise<void> {
    await this.changeAll(this.#statements.insertTrades, rows, 'insertTrades');
    await this.changeAll(this.#statements.insertTradeInvoices, others, 'insertTradeInvoices');
  }

  saveTrades(rows: readonly TradeRow[]): Promise<void> {
    return this.changeAll(this.#statements.saveTrades, rows, 'saveTrades');
  }

  insertEntries(rows: readonly EntryRow[]): Promise<void> {
    return this.changeAll(this.#statements.insertEntries, rows, 'insertEntries');
  }
}

/** By journal or filing sequence within a seller: the order in which things happened. */
function oldestFirst<Row extends { readonly seller: string; readonly sequence: number }>(
  rows: readonly Row[],
): readonly Row[] {
  return [...rows].sort(
    (left, right) =>
      (left.seller < right.seller ? -1 : left.seller > right.seller ? 1 : 0) ||
      left.sequence - right.sequence,
  );
}

function onlyPartOf(row: AllowanceRow): AllowancePartRow {
  const { seller, number, period, invoiceNumber, net, tax, total } = row;
  return { seller, number, position: 0, period, invoiceNumber, net, tax, total };
}
