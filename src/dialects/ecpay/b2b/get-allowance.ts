/**
 * GetAllowance: one allowance, given or received (ECPay B2B API, GetAllowance). No category is sent: a
 * merchant's own allowance comes first, and the side that is not its own is blank.
 */
import {
  B2B_GET_ALLOWANCE,
  type B2B_GET_ALLOWANCE_DATA,
  B2B_GET_ALLOWANCE_REQUEST,
} from '#wire/ecpay-b2b/get-allowance.ts';
import type { Wire } from '#wire/field.ts';
import { writeMessage } from '#wire/write-message.ts';
import { type AllowanceContent, invoiceOfLine } from '../../../domain/allowance.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import { type TaipeiDate, taipeiDateOf } from '../../../domain/taipei.ts';
import { isInForce, stepOf } from '../../../domain/trade.ts';
import { parsePurchasedAllowance, parsePurchasedInvoice } from '../../../ledger/content.ts';
import { findTrade } from '../../../ledger/find-trade.ts';
import type { StoreReads } from '../../../ledger/ports.ts';
import type { FilingRow } from '../../../ledger/rows.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { balanceOf } from './balance.ts';
import { findAllowanceTrade } from './find-document.ts';
import { notFound, withFilings } from './query-invoice.ts';
import { exchangeStatusOf, filingOf, ipNumber, uploadOf } from './trade-view.ts';

export const getAllowance: Endpoint = {
  action: 'B2B/GetAllowance',
  wire: B2B_GET_ALLOWANCE,
  answer,
};

type Shown = Omit<Wire<typeof B2B_GET_ALLOWANCE_DATA>, 'MerchantID'>;
/** What an item shows of the invoice that it names. */
interface Original {
  readonly invoiceType: string;
  readonly balance: number;
}

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_GET_ALLOWANCE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const found = await findAllowanceTrade(call, context, reading.members.AllowanceNo);
  if (found === null) return notFound('AllowanceNo');
  const { trade, filings } = await withFilings(context, found);
  const { reads } = context.ledger;
  const shown =
    trade.side === 'sales' ? await given(reads, trade, filings) : await received(reads, trade);
  if (shown === null) return notFound('AllowanceNo');
  return done(
    writeMessage(B2B_GET_ALLOWANCE.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '查詢成功',
      RtnData: { MerchantID: merchantIdValue(call.account.localId), ...shown },
    }),
  );
}

const NO_SELLER = { Seller_Identifier: '', Seller_Name: '' };
const NO_BUYER = {
  Buyer_Identifier: '',
  Buyer_Name: '',
  Buyer_Address: '',
  Buyer_TelephoneNumber: '',
  Buyer_EmailAddress: '',
};

function tradeMembers(trade: TradeRow) {
  const step = stepOf(trade, 'issue');
  return {
    AllowanceNo: trade.number,
    AllowanceNumber: trade.number,
    // Issued by the seller: buyers issue none since 2025 (MIG 4.1 AllowanceType 2).
    AllowanceType: '2',
    AllowanceDate: trade.at,
    ConfirmDate: step?.confirmedAt ?? null,
    ExchangeStatus: exchangeStatusOf(step),
  };
}

async function given(
  reads: StoreReads,
  trade: TradeRow,
  filings: readonly FilingRow[],
): Promise<Shown | null> {
  const { seller, number } = trade;
  const [record] = await reads.findAllowances({ by: 'allowance', seller, number });
  if (record === undefined) return null;
  const { row, content } = record;
  const { buyerUbn, buyerName } = content.invoice;
  const partner = buyerUbn === null ? null : await reads.findPartner({ seller, partner: buyerUbn });
  return {
    ...tradeMembers(trade),
    ...NO_SELLER,
    Buyer_Identifier: buyerUbn ?? '',
    Buyer_Name: buyerName,
    Buyer_Address: partner?.address ?? '',
    Buyer_TelephoneNumber: partner?.phone ?? '',
    Buyer_EmailAddress: content.notify.email || (partner?.email ?? ''),
    TotalAmount: content.amounts.net,
    TaxAmount: content.amounts.tax,
    IP: ipNumber(row.ip),
    ...uploadOf(filingOf(filings, trade, 'G0401', 'B0101')),
    Invalid_Status: row.state === 'voided' ? 1 : 0,
    Items: await givenItems(reads, content),
    Remark: content.reason,
  };
}

async function givenItems(reads: StoreReads, content: AllowanceContent): Promise<Shown['Items']> {
  const originals = new Originals(reads, content.seller, 'sales');
  const items: Shown['Items'][number][] = [];
  for (const line of content.lines) {
    const invoice = invoiceOfLine(content, line);
    const day = taipeiDateOf(invoice.issuedAt);
    const original = await originals.of(invoice.number, day);
    items.push({
      OriginalInvoiceDate: day,
      OriginalInvoiceNumber: invoice.number,
      OriginalSequenceNumber: line.originalSequence ?? 0,
      OriginalDescription: line.description,
      InvoiceType: original.invoiceType,
      TaxType: line.taxClass,
      AllowanceSequenceNumber: line.sequence,
      Quantity: line.quantity,
      Unit: line.unit,
      UnitPrice: line.unitPrice,
      Tax: line.tax,
      Amount: line.net,
      BalanceAmount: original.balance,
    });
  }
  return items;
}

async function received(reads: StoreReads, trade: TradeRow): Promise<Shown> {
  const content = parsePurchasedAllowance(trade.content);
  const originals = new Originals(reads, trade.seller, 'purchase');
  const items: Shown['Items'][number][] = [];
  for (const line of content.lines) {
    const original = await originals.of(line.invoiceNumber, line.invoiceDay);
    items.push({
      OriginalInvoiceDate: line.invoiceDay,
      OriginalInvoiceNumber: line.invoiceNumber,
      OriginalSequenceNumber: line.originalSequence ?? 0,
      OriginalDescription: line.description,
      InvoiceType: original.invoiceType,
      TaxType: line.taxType,
      AllowanceSequenceNumber: line.sequence,
      Quantity: line.quantity,
      Unit: line.unit,
      UnitPrice: line.unitPrice,
      Tax: line.tax,
      Amount: line.amount,
      BalanceAmount: original.balance,
    });
  }
  return {
    ...tradeMembers(trade),
    ...NO_BUYER,
    Seller_Identifier: content.supplier.ubn,
    Seller_Name: content.supplier.name,
    TotalAmount: content.net,
    TaxAmount: content.tax,
    IP: null,
    ...uploadOf(null),
    Invalid_Status: isInForce(trade, 'void') ? 1 : 0,
    Items: items,
    Remark: '',
  };
}

/** The invoices that an allowance names, each looked up once. */
class Originals {
  readonly #reads: StoreReads;
  readonly #seller: TradeRow['seller'];
  readonly #side: TradeRow['side'];
  readonly #known = new Map<string, Original>();

  constructor(reads: StoreReads, seller: TradeRow['seller'], side: TradeRow['side']) {
    this.#reads = reads;
    this.#seller = seller;
    this.#side = side;
  }

  async of(number: TradeRow['invoiceNumber'], day: TaipeiDate): Promise<Original> {
    const key = `${number}/${day}`;
    const known = this.#known.get(key) ?? (await this.#find(number, day));
    this.#known.set(key, known);
    return known;
  }

  async #find(number: TradeRow['invoiceNumber'], day: TaipeiDate): Promise<Original> {
    const name = { seller: this.#seller, kind: 'invoice', number, day, side: this.#side } as const;
    const trade = await findTrade(this.#reads, name);
    // A buyer may have received an allowance on an invoice that never came.
    if (trade === null) return { invoiceType: '', balance: 0 };
    if (trade.side === 'purchase') {
      const { invoiceType, sales } = parsePurchasedInvoice(trade.content);
      return { invoiceType, balance: await balanceOf(this.#reads, trade, sales) };
    }
    const lookup = { by: 'number', seller: this.#seller, number, issuedOn: day } as const;
    const record = await this.#reads.findInvoice(lookup);
    if (record === null) throw new Error('a trade without its invoice');
    const { invoiceType, amounts } = record.content;
    const net = amounts.sales + amounts.exempt + amounts.zeroRated;
    return { invoiceType, balance: await balanceOf(this.#reads, trade, net) };
  }
}
