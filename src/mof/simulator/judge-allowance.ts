/** The platform's rules on a G0401: its own sums, and the invoices that it credits. */
import { exact, sumOf } from './exact.ts';
import { creditsOf } from './originals.ts';
import type { PlatformMemory } from './platform-memory.ts';
import { itemsOf, type ReadMessage, type Tree, textAt } from './read-message.ts';

export async function judgeAllowance(
  message: ReadMessage,
  memory: PlatformMemory,
): Promise<string> {
  if ((await memory.allowance(message)) !== null) return 'E0201';
  const own = judgeSums(message.tree);
  if (own !== null) return own;
  const credits = creditsOf(message);
  if (credits.length === 0) return 'E0304';
  for (const { invoice, amount } of credits) {
    const stored = await memory.invoice(invoice);
    if (stored === null) return 'E0202';
    if (stored.state === 'voided') return 'E0403';
    if (stored.state === 'annulled') return 'E0211';
    const credited = sumOf(stored.allowances.map(([, live]) => BigInt(live)));
    if (credited + amount > BigInt(stored.total)) return 'E0221';
  }
  return '00000';
}

function judgeSums(tree: Tree): string | null {
  const items = itemsOf(tree);
  const column = (name: string) => items.map((item) => exact(textAt(item, name)));
  const [quantities, amounts, taxes] = [column('Quantity'), column('Amount'), column('Tax')];
  const total = exact(textAt(tree, 'Amount/TotalAmount'));
  const tax = exact(textAt(tree, 'Amount/TaxAmount'));
  if ([...quantities, ...amounts, ...taxes, total, tax].includes(null)) return 'E0304';
  if (quantities.includes(0n)) return 'E0106';
  const sequences = items.map((item) => textAt(item, 'AllowanceSequenceNumber'));
  if (new Set(sequences).size !== sequences.length) return 'E0220';
  const isSum = (values: readonly (bigint | null)[], sum: bigint | null) =>
    sumOf(values.filter((value) => value !== null)) === sum;
  return isSum(amounts, total) && isSum(taxes, tax) ? null : 'E0103';
}
