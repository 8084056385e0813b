/**
 * What an invoice payload must satisfy as a whole: tax types of header and lines, amounts with the
 * tolerances that the vendor documents, carrier, print and donation (SystemLead e首發票 API, business
 * rules 8.3–8.6). The first rule that is broken is the refusal.
 */
import { DECIMAL_UNIT, scaled } from '../../domain/decimal.ts';
import {
  multiplyScaled,
  roundedQuotient,
  sumOf,
  wholeDollars,
} from '../../domain/decimal-arithmetic.ts';
import type { InvoiceRequest, Mode, RequestLine } from './invoice-request.ts';
import { malformed, missing, type Refusal, refusal } from './refusal.ts';

/** Dollars by which a sum, a line or a business invoice's tax may be off. */
const TOLERANCE = 1;

/** The first broken rule; null where all hold. */
export function checkInvoice(request: InvoiceRequest, mode: Mode): Refusal | null {
  return (
    checkTaxTypes(request) ??
    checkLines(request.lines) ??
    checkAmounts(request) ??
    checkHolding(request) ??
    checkPrint(request, mode)
  );
}

/** The class that each line counts in. */
export function lineClass(request: InvoiceRequest, line: RequestLine): '1' | '2' | '3' | '' {
  if (line.taxType !== '') return line.taxType;
  return request.taxType === '9' ? '' : request.taxType;
}

function checkTaxTypes(request: InvoiceRequest): Refusal | null {
  const { taxType, isBusiness, lines } = request;
  if (taxType === '9' && isBusiness) return refusal('E-INV-021', 'B類發票不可混稅');
  const classes = new Set(lines.map((line) => lineClass(request, line)));
  if (classes.has('')) return missing('ItemTaxType');
  const isMixed = classes.has('1') && classes.has('2') !== classes.has('3');
  const isRight = taxType === '9' ? isMixed : classes.size === 1 && classes.has(taxType);
  if (!isRight) return refusal('E-INV-021', '課稅別不一致');
  const isZeroRated = classes.has('2');
  return isZeroRated && request.clearanceMark === '' ? missing('CustomsClearanceMark') : null;
}

/** A line's SubTotal is its quantity times its price, within a dollar. */
function checkLines(lines: readonly RequestLine[]): Refusal | null {
  const strange = lines.some(({ quantity, unitPrice, amount }) => {
    const off = multiplyScaled(scaled(quantity), scaled(unitPrice)) - scaled(amount);
    return off > BigInt(TOLERANCE) * DECIMAL_UNIT || -off > BigInt(TOLERANCE) * DECIMAL_UNIT;
  });
  return strange ? malformed('SubTotal') : null;
}

function checkAmounts(request: InvoiceRequest): Refusal | null {
  const { isBusiness, taxType, sales, exempt, zeroRated, tax, total } = request;
  if (!isBusiness && tax !== 0) return refusal('E-INV-021', 'C類發票稅額須為0');
  const stated = { '1': sales, '2': zeroRated, '3': exempt } as const;
  for (const taxClass of ['1', '2', '3'] as const) {
    const own = request.lines.filter((line) => lineClass(request, line) === taxClass);
    const sum = Number(wholeDollars(sumOf(own.map(({ amount }) => scaled(amount)))));
    const bound = own.length === 0 ? 0 : TOLERANCE;
    if (Math.abs(stated[taxClass] - sum) > bound) return refusal('E-INV-021', '金額合計錯誤');
  }
  // 5 % of whole dollars, half up.
  const due = taxType === '1' ? Number(roundedQuotient(BigInt(sales), 20n)) : 0;
  const bound = taxType === '1' ? TOLERANCE : 0;
  if (isBusiness && Math.abs(tax - due) > bound) return refusal('E-INV-021', '稅額錯誤');
  const isSum = sales + exempt + zeroRated + tax === total && total > 0;
  return isSum ? null : refusal('E-INV-021', '金額合計錯誤');
}

/** An invoice is printed, on a carrier or donated, and a business one is never donated. */
function checkHolding(request: InvoiceRequest): Refusal | null {
  const { isBusiness, carrier, isPrinted, isDonated, donationCode } = request;
  if (isDonated && (isBusiness || isPrinted || request.buyerUbn !== null)) {
    return malformed('DonateMark');
  }
  if (isDonated && donationCode === '') return missing('NPOBAN');
  const isCarried = carrier.kind !== 'none';
  const isClaim = request.buyerUbn !== null && carrier.kind === 'mobile-barcode';
  if (isCarried && isBusiness && !isClaim) return refusal('E-INV-022', '載具格式錯誤');
  if (isCarried && isPrinted && !isClaim) return refusal('E-INV-022', '載具格式錯誤');
  return null;
}

/** What was printed bears its four digits already. */
function checkPrint({ isPrinted, isBusiness, code }: InvoiceRequest, mode: Mode): Refusal | null {
  const isPrintedBefore = isPrinted && mode === 'number';
  if (!isPrintedBefore || code !== '') return null;
  return missing(isBusiness ? 'CheckNumber' : 'RandomNumber');
}
