/**
 * GetIssue: one invoice by number and day, sold (InvoiceCategory 0) or bought (1) (ECPay B2B API, GetIssue).
 * Observed: RtnCode is text here, also when nothing is found (2026-09, stage).
 */
import {
  B2B_GET_ISSUE,
  type B2B_GET_ISSUE_DATA,
  B2B_GET_ISSUE_REQUEST,
} from '#wire/ecpay-b2b/get-issue.ts';
import type { Wire } from '#wire/field.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import { isInForce, stepOf } from '../../../domain/trade.ts';
import { parsePurchasedInvoice } from '../../../ledger/content.ts';
import type { InvoiceRecord } from '../../../ledger/rows.ts';
import type { PartnerRow, TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import { type Call, merchantIdValue } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { balanceOf } from './balance.ts';
import { findInvoiceTrade, sideOf } from './find-document.ts';
import { dayText, exchangeStatusOf, ipNumber, uploadOf } from './trade-view.ts';

export const getIssue: Endpoint = { action: 'B2B/GetIssue', wire: B2B_GET_ISSUE, answer };

type Shown = Wire<typeof B2B_GET_ISSUE_DATA>;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_GET_ISSUE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const { InvoiceCategory, InvoiceNumber, InvoiceDate } = reading.members;
  const side = sideOf(InvoiceCategory);
  const trade = await findInvoiceTrade(call, context, InvoiceNumber, InvoiceDate, side);
  const shown =
    trade === null
      ? null
      : side === 'sales'
        ? await saleShown(call, context, trade, InvoiceDate)
        : await purchaseShown(call, context, trade);
  if (shown === null) {
    return refused(fault('INVOICE_NOT_FOUND', 'InvoiceNumber', 'no such invoice on this side'));
  }
  return done(
    writeMessage(B2B_GET_ISSUE.reply, {
      RtnCode: String(SUCCESS),
      RtnMsg: '查詢成功',
      RtnData: { MerchantID: merchantIdValue(call.account.localId), ...shown },
    }),
  );
}

/** A party without content: the side that the query does not show. */
function blankParty<P extends 'Buyer' | 'Seller'>(prefix: P) {
  return partyMembers(prefix, { ubn: '', name: '', address: '', phone: '', email: '', fax: '' });
}

function partyMembers<P extends 'Buyer' | 'Seller'>(
  prefix: P,
  party: Readonly<Record<'ubn' | 'name' | 'address' | 'phone' | 'email' | 'fax', string>>,
) {
  const members = {
    [`${prefix}_Identifier`]: party.ubn,
    [`${prefix}_Name`]: party.name,
    [`${prefix}_Address`]: party.address,
    [`${prefix}_TelephoneNumber`]: party.phone,
    [`${prefix}_EmailAddress`]: party.email,
    [`${prefix}_FacsimileNumber`]: party.fax,
  };
  // The six members of one party, as the table names them.
  return members as Pick<Shown, Extract<keyof Shown, `${P}_${string}`>>;
}

/** Members that come of the trade itself. */
function tradeMembers(trade: TradeRow) {
  const step = stepOf(trade, 'issue');
  return {
    Issue_Status: isInForce(trade, 'return') ? 0 : 1,
    ConfirmDate: step?.confirmedAt ?? null,
    ExchangeMode: trade.mode === 'exchange' ? 1 : 0,
    ExchangeStatus: exchangeStatusOf(step),
  };
}

/** Whether a stored invoice was issued again after it was returned: what was returned is the version before. */
function isIssuedAgain(trade: TradeRow, { row, issueFiling }: InvoiceRecord): boolean {
  const returned = stepOf(trade, 'return');
  return row.version > 1 && returned !== undefined && returned.at <= issueFiling.createdAt;
}

async function saleShown(
  call: Call,
  { ledger: { reads } }: DialectContext,
  trade: TradeRow,
  day: string,
): Promise<Omit<Shown, 'MerchantID'> | null> {
  const seller = call.seller.ubn;
  const lookup = { by: 'number', seller, number: trade.invoiceNumber } as const;
  const record = await reads.findInvoice({ ...lookup, issuedOn: dayOf(day) });
  if (record === null || record.content.buyer.ubn === null) return null;
  const { content, row } = record;
  const { ubn, name, address, phone, email } = record.content.buyer;
  const partner: PartnerRow | null =
    ubn === null ? null : await reads.findPartner({ seller, partner: ubn });
  const { amounts } = content;
  const sales = amounts.sales + amounts.exempt + amounts.zeroRated;
  return {
    InvoiceNumber: content.number,
    InvoiceDate: dayText(content.issuedAt),
    RelateNumber: content.reference,
    ...partyMembers('Buyer', {
      ubn: ubn ?? '',
      name,
      address,
      phone,
      email,
      fax: partner?.fax ?? '',
    }),
    ...blankParty('Seller'),
    CustomsClearanceMark: content.clearanceMark,
    InvoiceType: content.invoiceType,
    TaxType: content.taxType,
    ZeroTaxRateReason: content.zeroTaxRateReason,
    TaxRate: amounts.taxRate,
    SpecialTaxType: content.specialTaxCode,
    SalesAmount: sales,
    TaxAmount: amounts.tax,
    TotalAmount: amounts.total,
    IP: ipNumber(row.ip),
    CreateDate: record.issueFiling.createdAt,
    ...uploadOf(record.issueFiling),
    ...tradeMembers(trade),
    ...(isIssuedAgain(trade, record) && { Issue_Status: 1 }),
    Invalid_Status: row.state === 'voided' ? 1 : 0,
    BalanceAmount: await balanceOf(reads, trade, sales),
    MainRemark: content.remark,
    RandomNumber: content.randomNumber,
    items: content.lines.map((line) => ({
      ItemSeq: line.sequence,
      ItemName: line.description,
      ItemCount: line.quantity,
      ItemWord: line.unit,
      ItemPrice: line.unitPrice,
      ItemAmount: line.amount,
      ItemTax: line.tax ?? 0,
      ItemRemark: line.remark,
    })),
  };
}

async function purchaseShown(
  _call: Call,
  { ledger: { reads } }: DialectContext,
  trade: TradeRow,
): Promise<Omit<Shown, 'MerchantID'>> {
  const content = parsePurchasedInvoice(trade.content);
  return {
    InvoiceNumber: content.number,
    InvoiceDate: dayText(content.issuedAt),
    RelateNumber: content.reference,
    ...blankParty('Buyer'),
    ...partyMembers('Seller', content.supplier),
    CustomsClearanceMark: content.clearanceMark,
    InvoiceType: content.invoiceType,
    TaxType: content.taxType,
    ZeroTaxRateReason: content.zeroTaxRateReason,
    TaxRate: content.taxRate,
    // Neither is in what a buyer receives: the A0101 carries no special-tax code, address or random code.
    SpecialTaxType: 0,
    SalesAmount: content.sales,
    TaxAmount: content.tax,
    TotalAmount: content.total,
    IP: null,
    CreateDate: content.issuedAt,
    ...uploadOf(null),
    ...tradeMembers(trade),
    Invalid_Status: isInForce(trade, 'void') ? 1 : 0,
    BalanceAmount: await balanceOf(reads, trade, content.sales),
    MainRemark: content.remark,
    RandomNumber: '',
    items: content.lines.map((line) => ({
      ItemSeq: line.sequence,
      ItemName: line.description,
      ItemCount: line.quantity,
      ItemWord: line.unit,
      ItemPrice: line.unitPrice,
      ItemAmount: line.amount,
      ItemTax: 0,
      ItemRemark: line.remark,
    })),
  };
}
