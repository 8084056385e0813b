/**
 * What a notice about a business document is about, read from the ledger when it is sent or looked at: the
 * trade as one of its parties keeps it, sold or bought, and the step that the notice tells of.
 */
import { invoiceOfLine } from '../domain/allowance.ts';
import type { InvoiceContent } from '../domain/invoice.ts';
import type { NoticeTag } from '../domain/notice.ts';
import { type TaipeiDateTime, taipeiDateOf } from '../domain/taipei.ts';
import { stepOf, type TradeAct } from '../domain/trade.ts';
import type { Ubn } from '../domain/ubn.ts';
import { parsePurchasedAllowance, parsePurchasedInvoice } from '../ledger/content.ts';
import type { StoreReads } from '../ledger/ports.ts';
import type { NoticeRow } from '../ledger/rows.ts';
import { tradeSubject } from '../ledger/trade-book.ts';
import type { TradeRow } from '../ledger/trade-rows.ts';

/** A step as people are told of it. */
export interface ToldStep {
  readonly at: TaipeiDateTime;
  readonly reason: string;
  readonly remark: string;
  readonly confirmedAt: TaipeiDateTime | null;
  readonly confirmRemark: string;
}

export interface TradeFacts {
  readonly trade: TradeRow;
  readonly step: ToldStep;
  /** Invoices that it is about: one, or those that the allowance names. */
  readonly numbers: readonly string[];
  readonly issuedAt: TaipeiDateTime | null;
  /** With tax; of the allowance where it is one. */
  readonly total: number;
  /** The other party. */
  readonly partner: Ubn;
  readonly partnerName: string;
  /** The party's own invoice; null for a purchase and for an allowance. */
  readonly content: InvoiceContent | null;
}

const STEP_OF_TAG: Readonly<Partial<Record<NoticeTag, TradeAct>>> = {
  issued: 'issue',
  voided: 'void',
  returned: 'return',
  allowed: 'issue',
  'allowance-voided': 'void',
  'issue-confirmed': 'issue',
  'void-confirmed': 'void',
  'return-confirmed': 'return',
  'allowance-confirmed': 'issue',
  'allowance-void-confirmed': 'void',
};

/** Whether the tag tells that the other party confirmed a step. */
export function isConfirmation(tag: NoticeTag): boolean {
  return tag.endsWith('-confirmed');
}

/** Whether a notice's subject is a trade. */
export function isTradeSubject(subject: string): boolean {
  return subject.startsWith('trade/');
}

/** The facts of a notice about a trade; null where nothing of what its tag tells has happened. */
export async function tradeFactsOf(
  reads: StoreReads,
  { seller, subject, tag }: Pick<NoticeRow, 'seller' | 'subject' | 'tag'>,
): Promise<TradeFacts | null> {
  const [, kind, number = ''] = subject.split('/');
  if (kind !== 'invoice' && kind !== 'allowance') return null;
  const found = await reads.findTrades({ seller, kind, number });
  const trade = found.find((row) => tradeSubject(row) === subject);
  const act = STEP_OF_TAG[tag];
  if (trade === undefined || act === undefined) return null;
  const document = await documentOf(reads, trade);
  if (document === null) return null;
  const { voided, ...facts } = document;
  const step = stepOf(trade, act) ?? (act === 'void' ? voided : null);
  if (step === null || (isConfirmation(tag) && step.confirmedAt === null)) return null;
  return { trade, step, ...facts };
}

interface DocumentFacts extends Omit<TradeFacts, 'trade' | 'step'> {
  /** A stored document's void, which is the ledger's and no step of the trade. */
  readonly voided: ToldStep | null;
}

function documentOf(reads: StoreReads, trade: TradeRow): Promise<DocumentFacts | null> {
  if (trade.side === 'purchase') return Promise.resolve(purchaseOf(trade));
  return trade.kind === 'invoice' ? soldInvoice(reads, trade) : soldAllowance(reads, trade);
}

function purchaseOf(trade: TradeRow): DocumentFacts {
  if (trade.kind === 'invoice') {
    const { number, issuedAt, total, supplier } = parsePurchasedInvoice(trade.content);
    const shown = { numbers: [number], issuedAt, total, partnerName: supplier.name };
    return { ...shown, partner: trade.partner, content: null, voided: null };
  }
  const { lines, net, tax, supplier } = parsePurchasedAllowance(trade.content);
  const numbers = [...new Set(lines.map(({ invoiceNumber }) => invoiceNumber))];
  const shown = { numbers, issuedAt: null, total: net + tax, partnerName: supplier.name };
  return { ...shown, partner: trade.partner, content: null, voided: null };
}

async function soldInvoice(reads: StoreReads, trade: TradeRow): Promise<DocumentFacts | null> {
  const { seller, invoiceNumber: number, at } = trade;
  const lookup = { by: 'number', seller, number, issuedOn: taipeiDateOf(at) } as const;
  const record = await reads.findInvoice(lookup);
  if (record === null) return null;
  const { row, content } = record;
  return {
    numbers: [number],
    issuedAt: content.issuedAt,
    total: content.amounts.total,
    // It may have been issued again to another buyer, while the trade goes by the first one's name.
    partner: content.buyer.ubn ?? trade.partner,
    partnerName: content.buyer.name,
    content,
    voided: row.voidedAt === null ? null : storedVoid(row.voidedAt, row.voidReason),
  };
}

async function soldAllowance(reads: StoreReads, trade: TradeRow): Promise<DocumentFacts | null> {
  const { seller, number } = trade;
  const [record] = await reads.findAllowances({ by: 'allowance', seller, number });
  if (record === undefined) return null;
  const { row, content } = record;
  return {
    numbers: [...new Set(content.lines.map((line) => invoiceOfLine(content, line).number))],
    issuedAt: null,
    total: content.amounts.total,
    partner: trade.partner,
    partnerName: content.invoice.buyerName,
    content: null,
    voided: row.voidedAt === null ? null : storedVoid(row.voidedAt, row.voidReason),
  };
}

function storedVoid(at: TaipeiDateTime, reason: string): ToldStep {
  return { at, reason, remark: '', confirmedAt: null, confirmRemark: '' };
}
