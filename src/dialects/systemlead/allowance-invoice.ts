/**
 * Update/AllowanceInvoice 折讓: gives back part of an invoice, or of several of one buyer, with amounts
 * without tax and the tax beside them. The client's prefix becomes the allowance's number.
 */
import type { JsonObject } from '#wire/exact-json.ts';
import {
  ALLOWANCE_DETAIL,
  ALLOWANCE_INVOICE,
  ALLOWANCE_REQUEST,
} from '#wire/systemlead/allowance.ts';
import type { StatedAllowanceLine } from '../../domain/allowance.ts';
import { DECIMAL_UNIT, scaled } from '../../domain/decimal.ts';
import { multiplyScaled } from '../../domain/decimal-arithmetic.ts';
import { parseInvoiceNumber } from '../../domain/invoice-number.ts';
import { parseUbnShape } from '../../domain/ubn.ts';
import type { AllowStatedCommand } from '../../ledger/ledger.ts';
import {
  answerAll,
  type Endpoint,
  failure,
  type Item,
  originOf,
  type Prepared,
  SUCCESS,
} from './endpoint.ts';
import { refusalOf } from './faults.ts';
import { MemberReader } from './read-members.ts';
import { malformed, missing, type Refusal, refusal } from './refusal.ts';

/** Dollars by which a line's tax may differ from 5 % (vendor's sales-allowance manual). */
const TAX_TOLERANCE = 1;

export const allowanceInvoice: Endpoint = {
  wire: ALLOWANCE_INVOICE,
  refused(data, why) {
    if (data === null) return failure(why);
    const reader = new MemberReader(ALLOWANCE_REQUEST, data);
    return {
      SellerID: reader.sent('SellerID'),
      AllowanceNumberPrefix: reader.sent('AllowanceNumberPrefix'),
      ...failure(why),
    };
  },
  answer: (items, { ledger }) =>
    answerAll(items.map(prepare), ledger.allowStated, {
      done: ({ content }) => ({
        SellerID: content.seller,
        AllowanceNumber: content.number,
        ...SUCCESS,
      }),
      refused: (why, index) => allowanceInvoice.refused(items[index]?.data ?? null, why),
      refusalOf: (fault) => refusalOf('allowance', fault),
    }),
};

function prepare(item: Item): Prepared<AllowStatedCommand> {
  const command = commandOf(item);
  if ('text' in command) return { command: null, refusal: command };
  return { command, refusal: null };
}

type Reader = MemberReader<typeof ALLOWANCE_REQUEST>;

function commandOf(item: Item): AllowStatedCommand | Refusal {
  const reader = new MemberReader(ALLOWANCE_REQUEST, item.data);
  const prefix = reader.neededIdentifier('AllowanceNumberPrefix');
  const seller = reader.needed('SellerID');
  if (seller !== '' && seller !== item.caller.account.localId) {
    reader.refuse(refusal('E-INV-903', '賣方統編與授權公司不符'));
  }
  const buyerUbn = readBuyer(reader);
  const type = reader.text('AllowanceType');
  if (type !== '' && type !== '2') reader.refuse(refusal('E-INV-042', 'AllowanceType 須為 2'));
  const tax = reader.neededDollars('TaxAmount');
  const net = reader.neededDollars('TotalAmount');
  const lines = readLines(reader);
  if (reader.refusal !== null) return reader.refusal;
  if (tax === null || net === null) return missing('TotalAmount');
  return {
    ...originOf(item),
    naming: { prefix, reuse: item.caller.settings.allowancePrefixReuse },
    draft: {
      net,
      tax,
      buyerUbn,
      taxTolerance: TAX_TOLERANCE,
      measure: 'gross',
      reason: '',
      customerName: '',
      notify: { kind: '', email: '', phone: '' },
      lines,
    },
  };
}

function readBuyer(reader: Reader) {
  const text = reader.needed('BuyerID');
  if (text === '' || /^0{8,10}$/.test(text)) return null;
  const ubn = parseUbnShape(text);
  if (ubn === undefined) reader.refuse(refusal('E-INV-010', '買受人統編錯誤'));
  return ubn ?? null;
}

function readLines(reader: Reader): readonly StatedAllowanceLine[] {
  const lines: StatedAllowanceLine[] = [];
  for (const object of reader.rows('Details')) {
    const line = readLine(object, lines.length + 1);
    if ('text' in line) {
      reader.refuse(line);
      return [];
    }
    lines.push(line);
  }
  return lines;
}

function readLine(object: JsonObject, sequence: number): StatedAllowanceLine | Refusal {
  const reader = new MemberReader(ALLOWANCE_DETAIL, object);
  const number = parseInvoiceNumber(reader.neededIdentifier('InvoiceNumber').toUpperCase());
  const original = reader.neededIdentifier('SequenceNumber');
  const net = reader.decimal('Amount');
  const quantity = reader.decimal('Quantity');
  const unitPrice = reader.decimal('UnitPrice');
  if (net !== null && scaled(net) <= 0n) reader.refuse(malformed('Amount'));
  if (quantity !== null && scaled(quantity) <= 0n) reader.refuse(malformed('Quantity'));
  const tax = reader.neededDollars('Tax');
  const line = {
    sequence,
    originalSequence: Number(original),
    description: reader.cut('Description'),
    unit: '',
    // The table lets nothing else through.
    taxType: reader.code('ItemTaxType') as StatedAllowanceLine['taxType'],
  };
  if (reader.refusal !== null) return reader.refusal;
  if (number === undefined) return malformed('InvoiceNumber');
  if (net === null || quantity === null || unitPrice === null || tax === null) {
    return missing('Details');
  }
  const off = multiplyScaled(scaled(quantity), scaled(unitPrice)) - scaled(net);
  if (off > DECIMAL_UNIT || -off > DECIMAL_UNIT) return malformed('Amount');
  return { ...line, invoice: { number }, net, quantity, unitPrice, tax };
}
