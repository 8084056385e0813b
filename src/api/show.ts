/** Turns the ledger's rows into what `views.ts` describes. */
import type { z } from 'zod';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import type { BookRow, FilingRow, InvoiceRecord, SegmentRow } from '../ledger/rows.ts';
import type {
  bookView,
  filingView,
  invoiceSummaryView,
  invoiceView,
  segmentView,
} from './views.ts';

export function showTime(time: TaipeiDateTime): string {
  return `${time.replace(' ', 'T')}+08:00`;
}

function showTimeIf(time: TaipeiDateTime | null): string | null {
  return time === null ? null : showTime(time);
}

export function showPosition(position: number): string {
  return String(position).padStart(8, '0');
}

/** Numbers that Kaili may still give from a segment; null where the client's program takes them. */
export function numbersLeft(segment: SegmentRow): number | null {
  if (segment.allotter === 'merchant') return null;
  return Math.max(0, segment.last - segment.next + 1);
}

export function showSegment(segment: SegmentRow): z.input<typeof segmentView> {
  const { code, category, allotter, status } = segment;
  const left = numbersLeft(segment);
  return {
    first: showPosition(segment.first),
    last: showPosition(segment.last),
    code,
    category,
    allotter,
    status,
    next: left === null || left === 0 ? null : showPosition(segment.next),
    left,
    lastIssuedAt: showTimeIf(segment.lastIssuedAt),
  };
}

export function showBook(book: BookRow, segments: readonly SegmentRow[]): z.input<typeof bookView> {
  const { period, track, invoiceType, source, head } = book;
  const own = segments.filter(
    (segment) =>
      segment.period === period &&
      segment.track === track &&
      segment.first >= book.first &&
      segment.last <= book.last,
  );
  return {
    period,
    track,
    first: showPosition(book.first),
    last: showPosition(book.last),
    invoiceType,
    source,
    head,
    importedAt: showTime(book.importedAt),
    segments: own.map(showSegment),
  };
}

export function showFiling(filing: FilingRow): z.input<typeof filingView> {
  const { sequence, message, period, version, allowanceNumber, state, attempts } = filing;
  const { fileName, resultCode, resultText } = filing;
  return {
    sequence,
    message,
    period,
    number: filing.numbers || filing.invoiceNumber,
    version,
    allowanceNumber,
    state,
    holds: [...filing.holds],
    attempts,
    fileName,
    createdAt: showTime(filing.createdAt),
    dueAt: showTime(filing.dueAt),
    handedAt: showTimeIf(filing.handedAt),
    sentAt: showTimeIf(filing.sentAt),
    settledAt: showTimeIf(filing.settledAt),
    resultCode,
    resultText,
  };
}

export function showInvoiceSummary(record: InvoiceRecord): z.input<typeof invoiceSummaryView> {
  const { row } = record;
  const { period, number, version, state, account, channel, channelPartner, reference } = row;
  const { invoiceType, taxType, buyerUbn, buyerName, isPrinted, total, voidReason } = row;
  return {
    period,
    number,
    version,
    state,
    issuedAt: showTime(row.issuedAt),
    account,
    channel,
    channelPartner,
    reference,
    invoiceType,
    taxType,
    buyerUbn,
    buyerName,
    isPrinted,
    total,
    remaining: total - record.allowed,
    filingState: record.issueFiling.state,
    voidedAt: showTimeIf(row.voidedAt),
    voidReason,
  };
}

export function showInvoice(record: InvoiceRecord): z.input<typeof invoiceView> {
  const { content } = record;
  const { buyer, carrier, amounts } = content;
  return {
    ...showInvoiceSummary(record),
    billingReference: content.billingReference,
    randomNumber: content.randomNumber,
    buyer: {
      ubn: buyer.ubn,
      name: buyer.name,
      address: buyer.address,
      phone: buyer.phone,
      email: buyer.email,
      customerId: buyer.customerId,
    },
    carrier: { kind: carrier.kind, visibleId: carrier.visibleId, hiddenId: carrier.hiddenId },
    donationCode: content.donationCode,
    remark: content.remark,
    amounts: {
      sales: amounts.sales,
      exempt: amounts.exempt,
      zeroRated: amounts.zeroRated,
      tax: amounts.tax,
      total: amounts.total,
      taxRate: amounts.taxRate,
    },
    lines: content.lines.map((line) => ({
      sequence: line.sequence,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unitPrice: line.unitPrice,
      amount: line.amount,
      taxClass: line.taxClass,
      remark: line.remark,
    })),
    filings: {
      issue: showFiling(record.issueFiling),
      void: record.voidFiling === null ? null : showFiling(record.voidFiling),
    },
  };
}
