/**
 * Allowance 折讓: gives back on one invoice or several of one buyer, every line naming the line it is of
 * (ECPay B2B API, Allowance). In exchange mode the buyer confirms it.
 */
import {
  B2B_ALLOWANCE,
  type B2B_ALLOWANCE_DETAIL,
  B2B_ALLOWANCE_REQUEST,
} from '#wire/ecpay-b2b/allowance.ts';
import type { Wire } from '#wire/field.ts';
import type { StatedAllowanceDraft } from '../../../domain/allowance.ts';
import { scaled } from '../../../domain/decimal.ts';
import { done, type Fault, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { InvoiceContent } from '../../../domain/invoice.ts';
import type { TaipeiDateTime } from '../../../domain/taipei.ts';
import { partyOf } from '../../../domain/trade.ts';
import type { TradeRow } from '../../../ledger/trade-rows.ts';
import type { DialectContext } from '../../dialect.ts';
import { invoiceNumberOf } from '../b2c/numbers.ts';
import { dayOf } from '../dates.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';
import { lengthOf, wireFault } from '../wire-fault.ts';
import { checkAllowance, lineTaxes } from './allowance-rules.ts';
import { findInvoiceTrade } from './find-document.ts';
import { isWithinDaysBack } from './issue.ts';
import { decimal, dollars, isAddressList, onB2bWire, timeOf } from './values.ts';

export const allowance: Endpoint = { action: 'B2B/Allowance', wire: B2B_ALLOWANCE, answer };

type Request = Wire<typeof B2B_ALLOWANCE_REQUEST>;
export type Detail = Wire<typeof B2B_ALLOWANCE_DETAIL>;

/** An invoice that details name. */
export interface Original {
  readonly trade: TradeRow;
  readonly content: InvoiceContent;
}

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_ALLOWANCE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const request = reading.members;
  const time = request.AllowanceDate === undefined ? undefined : timeOf(request.AllowanceDate);
  const faults: Fault[] = [...formFaults(request, time, context)];
  const originals: Original[] = [];
  for (const [index, detail] of request.Details.entries()) {
    const found = await originalOf(call, context, detail, `Details[${index}]`);
    if ('code' in found) faults.push(found);
    else originals.push(found);
  }
  if (faults.length > 0) return refused(...faults);
  const broken = checkAllowance(request, originals);
  if (broken.length > 0) return refused(...broken);
  const [first] = originals;
  if (first === undefined) throw new Error('an allowance without details was read');
  const email = request.CustomerEmail ?? (await partnerEmail(call, context, first));
  const [outcome] = await context.ledger.allowStated([
    {
      ...originOf(call),
      counterparty: first.trade.partner,
      draft: draftOf(request, originals, email),
      ...(time !== undefined && { allowedAt: time }),
      trade: { mode: first.trade.mode, supplier: partyOf(call.seller) },
    },
  ]);
  if (outcome === undefined) throw new Error('the ledger answered no allowance');
  if (!outcome.ok) return onB2bWire(outcome.faults);
  const { number } = outcome.value.content;
  // Observed in the documents' sample: no text.
  const result = { RtnCode: SUCCESS, RtnMsg: '' };
  return done(JSON.stringify({ ...result, AllowanceNo: number, AllowanceNumber: number }));
}

function formFaults(
  { AllowanceDate: date, CustomerEmail: email }: Request,
  time: TaipeiDateTime | undefined,
  context: DialectContext,
): readonly Fault[] {
  const faults: Fault[] = [];
  if (date !== undefined && (time === undefined || !isWithinDaysBack(time, context))) {
    const hint = 'a time from six days back until now';
    faults.push(wireFault('FIELD_FORMAT', 'AllowanceDate', hint, date, hint));
  }
  if (email !== undefined && !isAddressList(email)) {
    const hint = 'one address, or several separated by ;';
    faults.push(wireFault('FIELD_FORMAT', 'CustomerEmail', hint, lengthOf(email), hint));
  }
  return faults;
}

async function originalOf(
  call: Call,
  context: DialectContext,
  detail: Detail,
  path: string,
): Promise<Original | Fault> {
  const { OriginalInvoiceNumber: number, OriginalInvoiceDate: day } = detail;
  const trade = await findInvoiceTrade(call, context, number, day);
  if (trade?.side === 'purchase') {
    return fault('TRADE_PARTY_WRONG', `${path}.OriginalInvoiceNumber`, 'the seller allows');
  }
  const lookup = {
    by: 'number',
    seller: call.seller.ubn,
    number: invoiceNumberOf(number),
  } as const;
  const record =
    trade === null
      ? null
      : await context.ledger.reads.findInvoice({ ...lookup, issuedOn: dayOf(day) });
  if (trade === null || record === null) {
    const hint = 'no business invoice of this merchant has this number and day';
    return fault('INVOICE_NOT_FOUND', `${path}.OriginalInvoiceNumber`, hint);
  }
  return { trade, content: record.content };
}

/** The addresses of the partner's record; '' where there is none any more. */
async function partnerEmail(
  call: Call,
  { ledger }: DialectContext,
  { content }: Original,
): Promise<string> {
  const partner = content.buyer.ubn;
  if (partner === null) return '';
  const seller = call.seller.ubn;
  return (await ledger.reads.findPartner({ seller, partner }))?.email ?? '';
}

function draftOf(
  request: Request,
  originals: readonly Original[],
  email: string,
): StatedAllowanceDraft {
  const taxes = lineTaxes(request, originals);
  return {
    net: dollars(request.TotalAmount),
    tax: dollars(request.TaxAmount),
    measure: 'net',
    reason: request.Reason ?? '',
    customerName: '',
    notify: { kind: '', email, phone: '' },
    lines: request.Details.map((detail, index) => {
      const number = invoiceNumberOf(detail.OriginalInvoiceNumber);
      const sequence = detail.OriginalSequenceNumber;
      const lines = originals[index]?.content.lines ?? [];
      return {
        sequence: index + 1,
        invoice: { number, issuedOn: dayOf(detail.OriginalInvoiceDate) },
        originalSequence: sequence,
        description: detail.ItemName,
        quantity: decimal(detail.ItemCount),
        unit: lines.find((line) => line.sequence === sequence)?.unit ?? '',
        unitPrice: decimal(detail.ItemPrice),
        net: decimal(detail.ItemAmount),
        tax: dollars(taxes[index] ?? 0),
        taxType: '',
      };
    }),
  };
}

/** Amount of a detail, scaled. */
export function amountOf(detail: Detail): bigint {
  return scaled(decimal(detail.ItemAmount));
}
