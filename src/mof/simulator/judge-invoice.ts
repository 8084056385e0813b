/** The platform's rules on an F0401 that need nothing but the message (codes of MOF Turnkey 3.2). */
import { exact, sumOf } from './exact.ts';
import { itemsOf, type Tree, textAt } from './read-message.ts';

/** Rates of special-tax invoices that E0225 allows. */
const SPECIAL_RATES = ['0.02', '0.05', '0.15', '0.25'].map(exact);

/** The first code that speaks against the invoice, or null. */
export function judgeInvoice(tree: Tree): string | null {
  const items = itemsOf(tree);
  const quantities = items.map((item) => exact(textAt(item, 'Quantity')));
  const lineAmounts = items.map((item) => exact(textAt(item, 'Amount')));
  const amount = (name: string) => exact(textAt(tree, `Amount/${name}`));
  const sums = ['SalesAmount', 'FreeTaxSalesAmount', 'ZeroTaxSalesAmount'].map(amount);
  const [tax, total] = [amount('TaxAmount'), amount('TotalAmount')];
  const numbers = [...quantities, ...lineAmounts, ...sums, tax, total];
  if (numbers.includes(null)) return 'E0304';
  if (quantities.includes(0n)) return 'E0106';
  const sequences = items.map((item) => textAt(item, 'SequenceNumber'));
  if (new Set(sequences).size !== sequences.length) return 'E0220';
  if (total === 0n) return 'E0105';
  const net = sumOf(sums.filter((sum) => sum !== null));
  const lines = sumOf(lineAmounts.filter((line) => line !== null));
  // Lines of a business invoice exclude tax, those of a consumer's include it.
  const isConsumer = /^0+$/.test(textAt(tree, 'Main/Buyer/Identifier'));
  if (lines !== (isConsumer ? total : net) || net + (tax ?? 0n) !== total) return 'E0103';
  return specialTaxCode(tree, tax ?? 0n) ?? zeroRateCode(tree) ?? holdingCode(tree);
}

function specialTaxCode(tree: Tree, tax: bigint): string | null {
  if (textAt(tree, 'Main/InvoiceType') !== '08') return null;
  if (textAt(tree, 'Amount/TaxType') !== '4') return 'E0226';
  if (!SPECIAL_RATES.includes(exact(textAt(tree, 'Amount/TaxRate')))) return 'E0225';
  return tax === 0n ? null : 'E0227';
}

function zeroRateCode(tree: Tree): string | null {
  const isZeroRated = exact(textAt(tree, 'Amount/ZeroTaxSalesAmount')) !== 0n;
  const isMarked = textAt(tree, 'Main/CustomsClearanceMark') !== '';
  if (isZeroRated === isMarked) return null;
  return isMarked ? 'E0112' : 'E0228';
}

function holdingCode(tree: Tree): string | null {
  const isDonated = textAt(tree, 'Main/DonateMark') === '1';
  if (isDonated && !/^\d{3,7}$/.test(textAt(tree, 'Main/NPOBAN'))) return 'E1001';
  const ids = [textAt(tree, 'Main/CarrierId1'), textAt(tree, 'Main/CarrierId2')];
  return ids.some((id) => id !== id.trim()) ? 'E1005' : null;
}
