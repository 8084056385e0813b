/**
 * What the simulated platform says about a message that Turnkey let through: a code of the Ministry's
 * list (MOF Turnkey 3.2, ProcessResult codes), from the message alone and from what it stored before.
 * `judge` only looks; `store` makes a good message part of what is known, and may be repeated.
 */

import { exact } from './exact.ts';
import { judgeAllowance } from './judge-allowance.ts';
import { isOfBranch, judgeBranches, storeBranches } from './judge-branches.ts';
import { isExchange, judgeExchange, subjectOf } from './judge-exchange.ts';
import { judgeInvoice } from './judge-invoice.ts';
import { judgeNumbers, storeNumbers } from './judge-numbers.ts';
import { creditsOf, originalOf } from './originals.ts';
import type { InvoiceName, PlatformMemory } from './platform-memory.ts';
import { type ReadMessage, textAt } from './read-message.ts';
import { isDay, NO_STANDPOINT, numberCode, type Standpoint, timeCode } from './standpoint.ts';

export const GOOD = '00000';

export async function judge(
  message: ReadMessage,
  memory: PlatformMemory,
  standpoint: Standpoint = NO_STANDPOINT,
): Promise<string> {
  const original = originalOf(message);
  if (!isDated(message, original)) return 'E0305';
  const early = numberCode(message, standpoint);
  const time = timeCode(message, standpoint, original?.date ?? null);
  return early ?? time ?? (await judgeState(message, original, memory, standpoint));
}

/** Days and times that are none (platform: content check). */
function isDated({ kind, date, tree }: ReadMessage, original: InvoiceName | null): boolean {
  if (kind === 'E0401' || kind === 'E0402') return true;
  if (!isDay(date) || (original !== null && !isDay(original.date))) return false;
  const element = TIMES[kind];
  if (element === undefined) return true;
  const time = textAt(tree, element);
  return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time);
}

const TIMES: Readonly<Partial<Record<ReadMessage['kind'], string>>> = {
  F0401: 'Main/InvoiceTime',
  F0501: 'CancelTime',
  F0701: 'VoidTime',
  G0501: 'CancelTime',
};

async function judgeState(
  message: ReadMessage,
  original: InvoiceName | null,
  memory: PlatformMemory,
  standpoint: Standpoint,
): Promise<string> {
  switch (message.kind) {
    case 'F0401': {
      const stored = await memory.invoice(message);
      if (stored !== null && stored.state !== 'annulled') {
        return stored.date === message.date ? 'E0201' : 'E1003';
      }
      return judgeInvoice(message.tree) ?? GOOD;
    }
    case 'F0501':
    case 'F0701': {
      const stored = original === null ? null : await memory.invoice(original);
      if (stored === null || stored.date !== original?.date) return 'E0202';
      if (stored.state === 'annulled') return 'E0229';
      if (message.kind === 'F0701') return GOOD;
      if (stored.state === 'voided') return 'E0402';
      return stored.allowances.length > 0 ? 'E0213' : GOOD;
    }
    case 'E0401':
    case 'E0402':
      return judgeRanges(message, memory, standpoint);
    case 'G0401':
      return judgeAllowance(message, memory);
    case 'G0501': {
      const stored = original === null ? null : await memory.allowance(original);
      if (stored === null) return 'E0205';
      return stored.state === 'voided' ? 'E0218' : GOOD;
    }
    default:
      return judgeExchange(message, memory);
  }
}

/** Of numbers: what a branch may report follows from its split, what a head office may from its books. */
async function judgeRanges(
  message: ReadMessage,
  memory: PlatformMemory,
  standpoint: Standpoint,
): Promise<string> {
  const { books } = standpoint;
  if (message.kind === 'E0401') {
    const disorder = await judgeNumbers(message, memory, NO_STANDPOINT);
    return disorder ?? (await judgeBranches(message, memory, books)) ?? GOOD;
  }
  const split = await judgeBranches(message, memory, books);
  const known = isOfBranch(message) ? NO_STANDPOINT : standpoint;
  return split ?? (await judgeNumbers(message, memory, known)) ?? GOOD;
}

export async function store(message: ReadMessage, memory: PlatformMemory): Promise<void> {
  if (isExchange(message)) return storeExchange(message, memory);
  const original = originalOf(message);
  switch (message.kind) {
    case 'F0401': {
      const total = exact(textAt(message.tree, 'Amount/TotalAmount')) ?? 0n;
      const { date } = message;
      const fresh = { state: 'stored', date, total: String(total), allowances: [] } as const;
      await memory.putInvoice(message, fresh);
      return;
    }
    case 'F0501':
    case 'F0701': {
      const stored = original === null ? null : await memory.invoice(original);
      if (original === null || stored === null) return;
      const state = message.kind === 'F0501' ? 'voided' : 'annulled';
      await memory.putInvoice(original, { ...stored, state });
      return;
    }
    case 'E0401':
      await storeBranches(message, memory);
      return;
    case 'E0402':
      await storeNumbers(message, memory);
      return;
    case 'G0401':
      await storeAllowance(message, memory);
      return;
    case 'G0501':
      if (original !== null) await voidAllowance(original, memory);
  }
}

/** An exchanged document counts from its message on; a void of it from the confirmation on. */
async function storeExchange(message: ReadMessage, memory: PlatformMemory): Promise<void> {
  const { kind } = message;
  if (kind === 'A0101') {
    const total = exact(textAt(message.tree, 'Amount/TotalAmount')) ?? 0n;
    const { date } = message;
    const fresh = { state: 'stored', date, total: String(total), allowances: [] } as const;
    await memory.putInvoice(message, fresh);
    return;
  }
  if (kind === 'B0101') return storeAllowance(message, memory);
  const subject = subjectOf(message);
  if (subject === null) return;
  if (kind.startsWith('A')) {
    const stored = await memory.invoice(subject);
    if (stored === null) return;
    const state = kind === 'A0202' ? 'voided' : stored.state;
    await memory.putInvoice(subject, { ...stored, state, acts: [...(stored.acts ?? []), kind] });
    return;
  }
  const stored = await memory.allowance(subject);
  if (stored === null) return;
  await memory.putAllowance(subject, { ...stored, acts: [...(stored.acts ?? []), kind] });
  if (kind === 'B0202') await voidAllowance(subject, memory);
}

async function storeAllowance(message: ReadMessage, memory: PlatformMemory): Promise<void> {
  const credits = creditsOf(message);
  for (const { invoice, amount } of credits) {
    const stored = await memory.invoice(invoice);
    if (stored === null) continue;
    const others = stored.allowances.filter(([number]) => number !== message.number);
    const allowances = [...others, [message.number, String(amount)] as const];
    await memory.putInvoice(invoice, { ...stored, allowances });
  }
  const invoices = credits.map(({ invoice: { number, date } }) => ({ number, date }));
  await memory.putAllowance(message, { state: 'live', invoices });
}

async function voidAllowance(name: InvoiceName, memory: PlatformMemory): Promise<void> {
  const allowance = await memory.allowance(name);
  if (allowance === null) return;
  for (const { number, date } of allowance.invoices) {
    const invoice = { seller: name.seller, number, date };
    const stored = await memory.invoice(invoice);
    if (stored === null) continue;
    const allowances = stored.allowances.filter(([live]) => live !== name.number);
    await memory.putInvoice(invoice, { ...stored, allowances });
  }
  await memory.putAllowance(name, { ...allowance, state: 'voided' });
}
