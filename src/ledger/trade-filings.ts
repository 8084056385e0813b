/**
 * The messages of the exchange that a party owes: which one tells which step, and for which message of the
 * other party it waits. Both parties' messages pass the same platform, which takes an answer only after
 * what it answers to (MIG 4.1, exchange life cycle; platform code E0202).
 */
import { filingDueAt } from '../domain/deadlines.ts';
import { done, type Outcome } from '../domain/fault.ts';
import type { ExchangeMessage, FilingMessage, FilingState } from '../domain/filing.ts';
import type { HoldReason } from '../domain/invoice.ts';
import type { TaipeiDateTime } from '../domain/taipei.ts';
import { taipeiDateOf } from '../domain/taipei.ts';
import type { TradeAct, TradeKind } from '../domain/trade.ts';
import type { Batch } from './batch.ts';
import { Chains, invoiceOfPart } from './chain.ts';
import type { ReleaseFilingCommand } from './filing-commands.ts';
import type { FilingRow, InvoiceKey } from './rows.ts';
import type { TradeRow } from './trade-rows.ts';
import type { Verb } from './verb.ts';

const DEEDS: Readonly<Record<TradeKind, Readonly<Record<TradeAct, ExchangeMessage>>>> = {
  invoice: { issue: 'A0101', void: 'A0201', return: 'A0301' },
  // An allowance is never returned: `actFault` knows no such act of it.
  allowance: { issue: 'B0101', void: 'B0201', return: 'B0201' },
};
const CONFIRMATIONS: typeof DEEDS = {
  invoice: { issue: 'A0102', void: 'A0202', return: 'A0302' },
  allowance: { issue: 'B0102', void: 'B0202', return: 'B0202' },
};

/** Messages of the other party that come before each message, where they exist. */
const AFTER: Readonly<Record<ExchangeMessage, readonly FilingMessage[]>> = {
  A0101: [],
  A0102: ['A0101'],
  A0201: ['A0102', 'B0102', 'B0202'],
  A0202: ['A0201'],
  A0301: ['A0101'],
  A0302: ['A0301'],
  B0101: ['A0102'],
  B0102: ['B0101'],
  B0201: ['B0102'],
  B0202: ['B0201'],
};

export function deedMessage(kind: TradeKind, act: TradeAct): ExchangeMessage {
  return DEEDS[kind][act];
}
export function confirmationMessage(kind: TradeKind, act: TradeAct): ExchangeMessage {
  return CONFIRMATIONS[kind][act];
}

/** What a message tells beside its trade. */
export interface TradeEvent {
  readonly message: ExchangeMessage;
  readonly at: TaipeiDateTime;
  readonly reason: string;
  readonly remark: string;
}

/** The invoice chains that a trade's filings may have to wait in, on both sides. */
export function chainKeysOf({
  seller,
  partner,
  period,
  invoiceNumber,
}: TradeRow): readonly [InvoiceKey, InvoiceKey] {
  return [
    { seller, period, number: invoiceNumber },
    { seller: partner, period, number: invoiceNumber },
  ];
}

/** The filing of an event by the party whose record the trade is, standing in its chain. */
export function fileTradeEvent(
  batch: Batch,
  trade: TradeRow,
  event: TradeEvent,
  chains: Chains,
  invoices: readonly InvoiceKey[] = [chainKeysOf(trade)[0]],
): FilingRow {
  const { seller, partner, period, invoiceNumber } = trade;
  const keyDate = taipeiDateOf(event.at);
  const facts = {
    seller,
    message: event.message,
    period,
    invoiceNumber,
    version: 1,
    allowanceNumber: trade.kind === 'allowance' ? trade.number : '',
    partner,
    eventAt: event.at,
    reason: event.reason,
    remark: event.remark,
    keyDate,
    dueAt: filingDueAt(keyDate, true),
  } as const;
  const waits = partnerFilingsOpen(facts, invoices, chains);
  const holds: readonly HoldReason[] = [
    ...chains.holdsForNext(...invoices),
    ...(waits ? (['partner-filing'] as const) : []),
  ];
  const filing = batch.file({ ...facts, holds });
  chains.add(filing, invoices);
  return filing;
}

type Waiting = Pick<FilingRow, 'message' | 'partner' | 'allowanceNumber'>;

/** Whether a message of the partner's about these invoices that comes before this one is open yet. */
function partnerFilingsOpen(
  { message, partner, allowanceNumber }: Waiting,
  invoices: readonly InvoiceKey[],
  chains: Chains,
): boolean {
  if (partner === '' || !isExchange(message)) return false;
  const before = AFTER[message];
  return invoices
    .flatMap(({ period, number }) => chains.of({ seller: partner, period, number }))
    .some(
      (row) =>
        before.includes(row.message) &&
        (row.allowanceNumber === '' ||
          allowanceNumber === '' ||
          row.allowanceNumber === allowanceNumber) &&
        row.state !== 'confirmed',
    );
}

function isExchange(message: FilingMessage): message is ExchangeMessage {
  return message in AFTER;
}

export const releasePartnerFiling: Verb<ReleaseFilingCommand, FilingState> = {
  name: 'releasePartnerFiling',
  apply,
};

/** Waiting for the other party is book-keeping between messages, as `earlier-filing` is: no entry. */
async function apply(
  batch: Batch,
  commands: readonly ReleaseFilingCommand[],
): Promise<readonly Outcome<FilingState>[]> {
  const keys = new Map(
    commands.map(({ seller, sequence }) => [`${seller}/${sequence}`, { seller, sequence }]),
  );
  const filings = await batch.transaction.findFilings([...keys.values()]);
  const parts = await batch.transaction.findAllowanceParts(
    filings.flatMap(({ seller, allowanceNumber: number }) =>
      number === '' ? [] : [{ seller, number }],
    ),
  );
  const invoicesOf = (filing: FilingRow): readonly InvoiceKey[] => {
    const { seller, period, invoiceNumber: number, allowanceNumber } = filing;
    const own = parts.filter((part) => part.seller === seller && part.number === allowanceNumber);
    if (own.length > 0) return own.map(invoiceOfPart);
    return number === '' ? [] : [{ seller, period, number }];
  };
  const chains = await Chains.open(
    batch,
    filings.flatMap((filing) => {
      const { partner } = filing;
      if (partner === '') return [];
      return invoicesOf(filing).map((invoice) => ({ ...invoice, seller: partner }));
    }),
  );
  const after = new Map<string, FilingRow>();
  for (const filing of filings) {
    const isWaiting = filing.state === 'held' && filing.holds.includes('partner-filing');
    if (!isWaiting || partnerFilingsOpen(filing, invoicesOf(filing), chains)) continue;
    const holds = filing.holds.filter((hold) => hold !== 'partner-filing');
    const state: FilingState = holds.length > 0 ? 'held' : 'ready';
    after.set(`${filing.seller}/${filing.sequence}`, { ...filing, holds, state });
  }
  await batch.transaction.saveFilings([...after.values()]);
  const byKey = new Map(filings.map((row) => [`${row.seller}/${row.sequence}`, row]));
  return commands.map(({ seller, sequence }) => {
    const key = `${seller}/${sequence}`;
    const filing = after.get(key) ?? byKey.get(key);
    if (filing === undefined) throw new Error(`filing ${key} does not exist`);
    return done(filing.state);
  });
}
