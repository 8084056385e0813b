/**
 * An independent auditor of amounts: reads an F0401 or G0401 by itself and adds everything up again in
 * integers, so that no mistake of the code that wrote the message can hide. It imports nothing of Kaili
 * on purpose. Rules: MIG 4.1 "how to fill Amount", platform codes E0103, E0105, E0106, E0220, E0227,
 * and the amount invariant of docs/reference/mig.md.
 */

/** 10^-7 dollars, the smallest amount that a message carries. */
type Parts = bigint;
const ONE_DOLLAR: Parts = 10_000_000n;

/** The texts of an element, in document order, without regard to nesting. */
function texts(xml: string, element: string): string[] {
  const found = xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'));
  return [...found].map((match) => match[1] ?? '');
}

function blocks(xml: string, element: string): string[] {
  const found = xml.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'));
  return [...found].map((match) => match[1] ?? '');
}

function only(xml: string, element: string): string {
  const found = texts(xml, element);
  if (found.length !== 1) throw new Error(`${element} stands ${found.length} times, not once`);
  return found[0] ?? '';
}

function parts(text: string): Parts {
  const match = /^(-)?([0-9]+)(\.([0-9]{1,7}))?$/.exec(text);
  if (match === null) throw new Error(`"${text}" is no amount`);
  const size = BigInt(match[2] ?? '0') * ONE_DOLLAR + BigInt((match[4] ?? '').padEnd(7, '0'));
  return match[1] === '-' ? -size : size;
}

function total(amounts: readonly Parts[]): Parts {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

/** The amount block of a message: the last `Amount` that holds other elements. */
function amountBlock(xml: string): string {
  return (
    /<\/Details>\s*<Amount>([\s\S]*)<\/Amount>\s*<\/(?:Invoice|Allowance)>/.exec(xml)?.[1] ?? ''
  );
}

function repeated(values: readonly string[]): boolean {
  return new Set(values).size !== values.length;
}

/**
 * What is wrong with the amounts of one message, in words; empty when all is well. Messages without
 * amounts (F0501, F0701, G0501) have none to get wrong.
 */
export function amountViolations(xml: string): string[] {
  try {
    if (/<Invoice[\s>]/.test(xml)) return invoiceViolations(xml);
    if (/<Allowance[\s>]/.test(xml)) return allowanceViolations(xml);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function invoiceViolations(xml: string): string[] {
  const wrong: string[] = [];
  const sums = amountBlock(xml);
  const [sales, exempt, zero, tax, all] = [
    parts(only(sums, 'SalesAmount')),
    parts(only(sums, 'FreeTaxSalesAmount')),
    parts(only(sums, 'ZeroTaxSalesAmount')),
    parts(only(sums, 'TaxAmount')),
    parts(only(sums, 'TotalAmount')),
  ];
  const taxType = only(sums, 'TaxType');
  const buyer = only(blocks(xml, 'Buyer')[0] ?? '', 'Identifier');
  const isBusiness = /^[0-9]{8}$/.test(buyer);
  const items = blocks(xml, 'ProductItem');
  const lines = items.map((item) => ({
    amount: parts(only(item, 'Amount')),
    quantity: parts(only(item, 'Quantity')),
    taxType: only(item, 'TaxType'),
  }));
  const ofClass = (...classes: string[]) =>
    total(lines.filter((line) => classes.includes(line.taxType)).map((line) => line.amount));
  const net = sales + exempt + zero;
  const lineSum = total(lines.map((line) => line.amount));

  if (lineSum !== net) wrong.push(`(a) lines add up to ${lineSum}, sales to ${net}`);
  if (!isBusiness && lineSum !== all) wrong.push("E0103: a consumer's lines are not the total");
  if (net + tax !== all) wrong.push(`(b) sales ${net} and tax ${tax} are not the total ${all}`);
  for (const amount of [sales, exempt, zero, tax, all]) {
    if (amount % ONE_DOLLAR !== 0n) wrong.push(`(c) ${amount} is not whole`);
    if (amount < 0n) wrong.push(`(c) ${amount} is negative`);
  }
  if (all <= 0n) wrong.push('(c) the total is not above zero');
  if (ofClass('1', '4') !== sales) wrong.push('(d) taxable lines are not SalesAmount');
  if (ofClass('3') !== exempt) wrong.push('(d) exempt lines are not FreeTaxSalesAmount');
  if (ofClass('2') !== zero) wrong.push('(d) zero-rated lines are not ZeroTaxSalesAmount');
  if (isBusiness && (taxType === '1' || taxType === '9')) {
    const off = tax * 100n - sales * 5n;
    if (off > 50n * ONE_DOLLAR || off < -50n * ONE_DOLLAR) {
      wrong.push(`(e) tax ${tax} is not five per cent of ${sales}`);
    }
  } else if (tax !== 0n) {
    wrong.push(
      `(e) tax ${tax} on tax type ${taxType}, buyer ${isBusiness ? 'business' : 'consumer'}`,
    );
  }
  if (lines.some((line) => line.quantity === 0n)) wrong.push('(f) a quantity is zero');
  if (repeated(items.map((item) => only(item, 'SequenceNumber')))) {
    wrong.push('(f) a sequence number is repeated');
  }
  return wrong;
}

interface AllowanceSums {
  readonly net: Parts;
  readonly tax: Parts;
}

function allowanceViolations(xml: string): string[] {
  const wrong: string[] = [];
  const sums = amountBlock(xml);
  const net = parts(only(sums, 'TotalAmount'));
  const tax = parts(only(sums, 'TaxAmount'));
  const items = blocks(xml, 'ProductItem');
  const lineNet = total(items.map((item) => parts(only(item, 'Amount'))));
  const lineTax = total(items.map((item) => parts(only(item, 'Tax'))));
  if (lineNet !== net) wrong.push(`lines add up to ${lineNet}, TotalAmount is ${net}`);
  if (lineTax !== tax) wrong.push(`line taxes add up to ${lineTax}, TaxAmount is ${tax}`);
  if (net % ONE_DOLLAR !== 0n || tax % ONE_DOLLAR !== 0n) wrong.push('a total is not whole');
  if (net < 0n || tax < 0n || net + tax <= 0n) wrong.push('a total is not above zero');
  for (const item of items) {
    if (only(item, 'TaxType') !== '1' && parts(only(item, 'Tax')) !== 0n) {
      wrong.push('a line that is not taxable bears tax');
    }
    if (parts(only(item, 'Quantity')) === 0n) wrong.push('a quantity is zero');
  }
  if (repeated(items.map((item) => only(item, 'AllowanceSequenceNumber')))) {
    wrong.push('a sequence number is repeated');
  }
  return wrong;
}

/**
 * What is wrong with an invoice's live allowances together (platform E0221): by tax class they may not
 * give back more than was sold, nor more tax than the sale bore. A consumer's F0401 shows no tax, so
 * the tax within its taxable sales is computed: amount / 21, rounded.
 */
export function allowanceSumViolations(invoice: string, allowances: readonly string[]): string[] {
  const sums = amountBlock(invoice);
  const buyer = only(blocks(invoice, 'Buyer')[0] ?? '', 'Identifier');
  const limits = limitsByClass(sums, /^[0-9]{8}$/.test(buyer));
  const given = new Map<string, AllowanceSums>();
  for (const item of allowances.flatMap((xml) => blocks(xml, 'ProductItem'))) {
    const taxType = only(item, 'TaxType');
    const before = given.get(taxType) ?? { net: 0n, tax: 0n };
    given.set(taxType, {
      net: before.net + parts(only(item, 'Amount')),
      tax: before.tax + parts(only(item, 'Tax')),
    });
  }
  const wrong: string[] = [];
  for (const [taxType, sum] of given) {
    const limit = limits.get(taxType) ?? { net: 0n, tax: 0n };
    if (sum.net > limit.net) wrong.push(`class ${taxType}: ${sum.net} given back of ${limit.net}`);
    if (sum.tax > limit.tax) wrong.push(`class ${taxType}: tax ${sum.tax} given of ${limit.tax}`);
  }
  return wrong;
}

function limitsByClass(sums: string, isBusiness: boolean): Map<string, AllowanceSums> {
  const sales = parts(only(sums, 'SalesAmount'));
  const isSpecial = only(sums, 'TaxType') === '4';
  const within = ((sales / ONE_DOLLAR) * 2n + 21n) / 42n;
  const tax = isBusiness ? parts(only(sums, 'TaxAmount')) : within * ONE_DOLLAR;
  const none = 0n;
  return new Map([
    ['1', isSpecial ? { net: none, tax: none } : { net: isBusiness ? sales : sales - tax, tax }],
    ['4', { net: isSpecial ? sales : none, tax: none }],
    ['3', { net: parts(only(sums, 'FreeTaxSalesAmount')), tax: none }],
    ['2', { net: parts(only(sums, 'ZeroTaxSalesAmount')), tax: none }],
  ]);
}
