/**
 * What the simulated platform says about messages of the B2B exchange (MIG 4.1, exchange life cycle): a
 * document comes once, everything else needs what it is about. Written from the rules, not from Kaili's
 * writer.
 */
import { exact } from './exact.ts';
import { judgeAllowance } from './judge-allowance.ts';
import type { InvoiceName, PlatformMemory } from './platform-memory.ts';
import { itemsOf, type ReadMessage, textAt } from './read-message.ts';

const GOOD = '00000';

export function isExchange({ kind }: Pick<ReadMessage, 'kind'>): boolean {
  return kind.startsWith('A') || kind.startsWith('B');
}

/** The document that a flat message is about, by its seller. */
export function subjectOf({ kind, number, tree }: ReadMessage): InvoiceName | null {
  const date = textAt(tree, kind.startsWith('A') ? 'InvoiceDate' : 'AllowanceDate');
  const seller = textAt(tree, 'SellerId');
  return /^\d{8}$/.test(date) && /^\d{8}$/.test(seller) ? { seller, number, date } : null;
}

export async function judgeExchange(message: ReadMessage, memory: PlatformMemory): Promise<string> {
  if (message.kind === 'A0101') {
    if ((await memory.invoice(message)) !== null) return 'E0201';
    return areSumsRight(message) ? GOOD : 'E0103';
  }
  if (message.kind === 'B0101') return judgeAllowance(message, memory);
  const subject = subjectOf(message);
  if (message.kind.startsWith('B')) {
    const stored = subject === null ? null : await memory.allowance(subject);
    if (stored === null) return 'E0205';
    return message.kind === 'B0201' && stored.state === 'voided' ? 'E0218' : GOOD;
  }
  const stored = subject === null ? null : await memory.invoice(subject);
  if (stored === null) return 'E0202';
  if (message.kind !== 'A0201') return GOOD;
  if (stored.state === 'voided') return 'E0402';
  return stored.allowances.length > 0 ? 'E0213' : GOOD;
}

/** Σ Amount is SalesAmount; SalesAmount and TaxAmount are TotalAmount. */
function areSumsRight({ tree }: ReadMessage): boolean {
  const amount = (name: string) => exact(textAt(tree, `Amount/${name}`)) ?? 0n;
  const items = itemsOf(tree).reduce(
    (sum, item) => sum + (exact(textAt(item, 'Amount')) ?? 0n),
    0n,
  );
  const sales = amount('SalesAmount');
  return items === sales && sales + amount('TaxAmount') === amount('TotalAmount');
}
