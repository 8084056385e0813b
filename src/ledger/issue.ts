/**
 * issue 開立: gives each composed invoice the next number, its time and its random code, keeps it as
 * version 1 and owes the Ministry its F0401. A reference that is taken refuses its command alone.
 */
import { filingDueAt } from '../domain/deadlines.ts';
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import type { IssuedInvoice } from '../domain/invoice.ts';
import { type Period, periodOf } from '../domain/period.ts';
import { type TaipeiDate, type TaipeiDateTime, taipeiDateOf } from '../domain/taipei.ts';
import { Allotment, type AllottedNumber, TakenSegments } from './allot.ts';
import type { Batch } from './batch.ts';
import { textOf } from './carried-invoice.ts';
import { parseInvoiceContent } from './content.ts';
import { correctReports } from './correct-reports.ts';
import { editWindowEnd } from './edit-window.ts';
import { GivenNumbers } from './given-number.ts';
import { issuedTrades } from './issued-trade.ts';
import { contentHash } from './journal.ts';
import type { IssueCommand } from './ledger.ts';
import type { Random } from './ports.ts';
import type {
  FilingRow,
  InvoiceRow,
  ReferenceKey,
  ReferenceRow,
  SegmentRow,
  VersionRow,
} from './rows.ts';
import type { TradeRow } from './trade-rows.ts';
import type { Verb } from './verb.ts';

/** Numbers below which a random code 隨機碼 lies: four digits. */
const RANDOM_CODES = 10_000;

/** A new random code 隨機碼 of four digits. */
export function drawRandomCode(random: Random): string {
  return String(random.integer(RANDOM_CODES)).padStart(4, '0');
}

export const issue: Verb<IssueCommand, IssuedInvoice> = { name: 'issue', apply };

async function apply(
  batch: Batch,
  commands: readonly IssueCommand[],
): Promise<readonly Outcome<IssuedInvoice>[]> {
  const taken = await takenReferences(batch, commands);
  const given = await GivenNumbers.open(batch, commands);
  const days = new IssueDays();
  const allotments: Allotments = { byQuery: new Map(), segments: new TakenSegments(), days };
  const rows = new IssuedRows(days);
  const outcomes: Outcome<IssuedInvoice>[] = [];
  for (const command of commands) {
    const keys = command.references.map((claim) => ({
      seller: command.seller,
      account: command.account,
      kind: claim.kind,
      key: claim.key,
    }));
    const clash = keys.find((key) => taken.has(referenceText(key)));
    if (clash !== undefined) {
      const hint = 'an invoice with this reference exists; query it instead of issuing again';
      outcomes.push(refused(fault('REFERENCE_DUPLICATE', clash.kind, hint)));
      continue;
    }
    const allotted =
      command.given === undefined
        ? (await allotmentFor(batch, allotments, command)).take(command.issuedAt)
        : given.take(command, command.given);
    if (!isFault(allotted) && isTooLate(batch, command, days.of(allotted.issuedAt))) {
      const hint = 'the last day on which the Ministry takes it in time is over';
      outcomes.push(refused(fault('ISSUE_OVERDUE', 'issuedAt', hint)));
      continue;
    }
    if (isFault(allotted)) {
      outcomes.push(refused(allotted));
      continue;
    }
    for (const key of keys) taken.add(referenceText(key));
    outcomes.push(done(rows.add(batch, command, keys, allotted)));
  }
  await rows.write(batch, allotments.segments.changed());
  if (given.late.length > 0) await correctReports(batch, given.late);
  return outcomes;
}

function isFault(answer: AllottedNumber | Fault): answer is Fault {
  return 'code' in answer;
}

/** Whether the client's own time is past the day of upload and its dialect refuses such an invoice. */
function isTooLate(batch: Batch, command: IssueCommand, day: IssueDay): boolean {
  return command.overdue === 'reject' && batch.now > dueAtOf(command, day);
}

function dueAtOf({ composed }: IssueCommand, { dueAt }: IssueDay): TaipeiDateTime {
  return composed.buyer.ubn === null ? dueAt.consumer : dueAt.business;
}

/** What follows from the day of an invoice. */
interface IssueDay {
  readonly date: TaipeiDate;
  readonly period: Period;
  readonly dueAt: { readonly consumer: TaipeiDateTime; readonly business: TaipeiDateTime };
}

/** Nearly all invoices of a batch are of one day, which is reckoned once. */
class IssueDays {
  #last: IssueDay | null = null;

  of(at: TaipeiDateTime): IssueDay {
    const date = taipeiDateOf(at);
    if (this.#last?.date === date) return this.#last;
    const dueAt = { consumer: filingDueAt(date, false), business: filingDueAt(date, true) };
    this.#last = { date, period: periodOf(date), dueAt };
    return this.#last;
  }
}

/** No seller, account or kind holds a line feed, so that no two keys have one text. */
function referenceText({ seller, account, kind, key }: ReferenceKey): string {
  return `${seller}\n${account}\n${kind}\n${key}`;
}

async function takenReferences(
  batch: Batch,
  commands: readonly IssueCommand[],
): Promise<Set<string>> {
  const keys = new Map<string, ReferenceKey>();
  for (const { seller, account, references } of commands) {
    for (const { kind, key } of references) {
      const reference = { seller, account, kind, key };
      keys.set(referenceText(reference), reference);
    }
  }
  const found = await batch.transaction.findReferences([...keys.values()]);
  return new Set(found.map(referenceText));
}

interface Allotments {
  readonly byQuery: Map<string, Allotment>;
  readonly segments: TakenSegments;
  readonly days: IssueDays;
}

/** The allotment of the command's segment query; opened once a batch. */
async function allotmentFor(
  batch: Batch,
  { byQuery, segments, days }: Allotments,
  command: IssueCommand,
): Promise<Allotment> {
  const { invoiceType } = command.composed;
  const { category, code } = command.segment;
  const { period } = days.of(command.issuedAt ?? batch.now);
  // Only the code is a client's own text, and it stands last.
  const name = `${command.seller}/${period}/${invoiceType}/${category}/${code}`;
  const known = byQuery.get(name);
  if (known !== undefined) return known;
  const query = { seller: command.seller, period, invoiceType, category, code };
  const allotment = await Allotment.open(batch, query, segments);
  byQuery.set(name, allotment);
  return allotment;
}

/** The rows of everything that one run issues, written table by table. */
class IssuedRows {
  readonly #invoices: InvoiceRow[] = [];
  readonly #versions: VersionRow[] = [];
  readonly #references: ReferenceRow[] = [];
  readonly #filings: FilingRow[] = [];
  readonly #trades: TradeRow[] = [];
  readonly #days: IssueDays;

  constructor(days: IssueDays) {
    this.#days = days;
  }

  add(
    batch: Batch,
    command: IssueCommand,
    keys: readonly ReferenceKey[],
    { number, issuedAt, isReportedBlank }: AllottedNumber,
  ): IssuedInvoice {
    const { seller, composed } = command;
    const day = this.#days.of(issuedAt);
    const { period } = day;
    const invoice = { seller, period, number };
    const issued: IssuedInvoice = {
      ...invoice,
      version: 1,
      issuedAt,
      randomNumber:
        command.given?.randomNumber || command.randomNumber || drawRandomCode(batch.random),
    };
    const text = contentText(command, issued);
    const hash = contentHash(text);
    const subject = `invoice/${period}/${number}/1`;
    const sequence = batch.append(seller, issue.name, command.account, subject, hash);
    this.#invoices.push(invoiceRow(command, issued, sequence));
    this.#versions.push({ ...invoice, version: 1, content: text, hash });
    const claims = command.references;
    keys.forEach((key, index) => {
      this.#references.push({ ...key, period, number, until: claims[index]?.until ?? 'ever' });
    });
    const dueAt = dueAtOf(command, day);
    const releaseAt = editWindowEnd(issuedAt, command.editHours ?? 0, batch.now);
    const terms = command.trade;
    if (terms !== undefined) {
      this.#trades.push(...issuedTrades(batch, parseInvoiceContent(text), terms, sequence));
    }
    const isExchanged = terms?.mode === 'exchange' && composed.buyer.ubn !== null;
    this.#filings.push(
      batch.file({
        seller,
        message: isExchanged ? 'A0101' : 'F0401',
        ...(isExchanged && { partner: composed.buyer.ubn }),
        period,
        invoiceNumber: number,
        version: 1,
        allowanceNumber: '',
        eventAt: issuedAt,
        reason: '',
        keyDate: day.date,
        dueAt,
        holds: [
          ...composed.holds,
          ...(isReportedBlank === true ? (['blank-reported'] as const) : []),
          ...(command.overdue === 'hold' && batch.now > dueAt ? (['overdue'] as const) : []),
          ...(releaseAt === null ? [] : (['edit-window'] as const)),
        ],
        releaseAt,
      }),
    );
    return issued;
  }

  async write(batch: Batch, segments: readonly SegmentRow[]): Promise<void> {
    if (this.#invoices.length === 0) return;
    const { transaction } = batch;
    await transaction.saveSegments(segments);
    await transaction.insertReferences(this.#references);
    await transaction.insertInvoices(this.#invoices);
    await transaction.insertVersions(this.#versions);
    await transaction.insertFilings(this.#filings);
    await transaction.insertTrades(this.#trades);
  }
}

/**
 * Canonical JSON of the content, an `InvoiceContent`: what the ledger adds, then the invoice as it was
 * composed. The journal hashes it, so the order of its members stays.
 */
function contentText(command: IssueCommand, issued: IssuedInvoice): string {
  const { reference, billingReference, channelPartner } = command;
  const head = JSON.stringify({ ...issued, reference, billingReference, channelPartner });
  return `${head.slice(0, -1)},${textOf(command.composed).slice(1)}`;
}

/** The searchable row of an issued invoice. */
function invoiceRow(command: IssueCommand, issued: IssuedInvoice, sequence: number): InvoiceRow {
  const { buyer, amounts, invoiceType, taxType, isPrinted } = command.composed;
  return {
    seller: issued.seller,
    period: issued.period,
    number: issued.number,
    version: issued.version,
    state: 'issued',
    account: command.account,
    channel: command.channel,
    channelPartner: command.channelPartner,
    reference: command.reference,
    invoiceType,
    taxType,
    buyerUbn: buyer.ubn,
    buyerName: buyer.name,
    buyerPhone: buyer.phone,
    isPrinted,
    total: amounts.total,
    issuedAt: issued.issuedAt,
    sequence,
    ip: command.ip,
    voidedAt: null,
    voidReason: '',
  };
}
