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
    if (message.kind === 'B0201' && stored.state === 'voided') return 'E0218';
    return stepCode(message.kind, stored.acts ?? []);
  }
  const stored = subject === null ? null : await memory.invoice(subject);
  if (stored === null) return 'E0202';
  const isDeed = message.kind === 'A0201' || message.kind === 'A0301';
  if (isDeed && stored.state === 'voided') return 'E0402';
  if (isDeed && stored.allowances.length > 0) {
    return message.kind === 'A0201' ? 'E0213' : 'E0214';
  }
  return stepCode(message.kind, stored.acts ?? []);
}

/** What must not have happened before a message, and what must have, each with the code that refuses it. */
const STEPS: Readonly<
  Record<string, { readonly not?: readonly [string, string][]; readonly after?: [string, string] }>
> = {
  A0102: {
    not: [
      ['A0301', 'E0401'],
      ['A0202', 'E0402'],
    ],
  },
  A0201: { not: [['A0301', 'E0401']] },
  A0202: { after: ['A0201', 'E0203'] },
  A0301: {
    not: [
      ['A0102', 'E0214'],
      ['A0201', 'E0214'],
    ],
  },
  A0302: { after: ['A0301', 'E0204'] },
  B0102: { not: [['B0202', 'E0217']] },
  B0202: { after: ['B0201', 'E0206'] },
};

/** A message about a document comes once, and in its turn (MIG 4.1, exchange life cycle). */
function stepCode(kind: string, acts: readonly string[]): string {
  if (acts.includes(kind)) return 'E0201';
  const { not = [], after } = STEPS[kind] ?? {};
  const broken = not.find(([act]) => acts.includes(act));
  if (broken !== undefined) return broken[1];
  return after === undefined || acts.includes(after[0]) ? GOOD : after[1];
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
