/**
 * The sandbox's number books: for each demo seller, in the current and in the next period, one book of
 * type 07 and one of type 08. Importing them again changes nothing.
 */
import { parseTrack, type Track } from '../../domain/invoice-number.ts';
import { nextPeriod, type Period, periodOf, periodParts } from '../../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../domain/taipei.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type { ImportBookCommand, Ledger } from '../../ledger/ledger.ts';
import type { Clock } from '../../ledger/ports.ts';
import { demoSellers } from './demo-sellers.ts';

type Cut = ImportBookCommand['segments'][number];

/** Every book begins here: eight digits without a leading zero are easier on the eye. */
const FIRST_POSITION = 10_000_000;
const LETTERS = 26;

/** The one machine that every demo seller has. */
export const DEMO_MACHINE = 'POS1';

type DemoCut = Pick<Cut, 'category' | 'code' | 'allotter' | 'status'> & { readonly count: number };

const CUTS_07: readonly DemoCut[] = [
  { category: 'b2c', code: '', allotter: 'center', count: 100_000 },
  { category: 'b2b', code: '', allotter: 'center', count: 10_000 },
  { category: 'systemlead', code: 'U1', allotter: 'center', count: 10_000 },
  { category: 'systemlead', code: '', allotter: 'merchant', count: 10_000 },
  // A machine takes its numbers itself and sends the invoices afterwards.
  { category: 'pos', code: DEMO_MACHINE, allotter: 'merchant', count: 5_000 },
  // Allotted, and taken into use by nobody yet: what a client adds as a track is cut out of it.
  { category: 'any', code: '', allotter: 'center', count: 10_000, status: 'idle' },
];
const CUTS_08: readonly DemoCut[] = [
  { category: 'any', code: '', allotter: 'center', count: 1_000 },
];

/**
 * A track of its own for every seller, period and type: numbers never clash, whatever is compared.
 * 24 tracks a year are used up, so that one comes back after 28 years.
 */
export function demoTrack(sellerIndex: number, period: Period, invoiceType: '07' | '08'): Track {
  const { rocYear, term } = periodParts(period);
  const slot = sellerIndex * 2 + (invoiceType === '07' ? 0 : 1);
  const index = ((rocYear * 6 + term - 1) * demoSellers.length * 2 + slot) % LETTERS ** 2;
  const letters = String.fromCharCode(65 + Math.floor(index / LETTERS), 65 + (index % LETTERS));
  const track = parseTrack(letters);
  if (track === undefined) throw new Error(`${letters} is no track`);
  return track;
}

/** Registers the machine of every demo seller, where it is missing. */
export async function provideMachines(ledger: Ledger): Promise<void> {
  for (const { ubn: seller } of demoSellers) {
    const machines = await ledger.reads.listMachines(seller);
    if (machines.some(({ id }) => id === DEMO_MACHINE)) continue;
    const machine = { change: 'add', id: DEMO_MACHINE, remark: '示範機台' } as const;
    // Another process on the same database may be faster: then it is registered all the same.
    await ledger.setMachine([{ seller, account: 'system', ip: '', ...machine }]);
  }
}

/** The books of a seller in a period, as commands. */
export function demoBooks(sellerIndex: number, period: Period): readonly ImportBookCommand[] {
  const seller = demoSellers[sellerIndex]?.ubn;
  if (seller === undefined) return [];
  return [
    bookOf(seller, period, demoTrack(sellerIndex, period, '07'), '07', CUTS_07),
    bookOf(seller, period, demoTrack(sellerIndex, period, '08'), '08', CUTS_08),
  ];
}

/** The periods that must have books at an instant. */
export function coveredPeriods(clock: Clock): readonly Period[] {
  const current = periodOf(taipeiDateOf(taipeiDateTime(clock.now())));
  return [current, nextPeriod(current)];
}

/** Imports what is missing; answers how many books came in. */
export async function provideBooks(ledger: Ledger, clock: Clock): Promise<number> {
  const missing: ImportBookCommand[] = [];
  for (const period of coveredPeriods(clock)) {
    for (const [index, { ubn }] of demoSellers.entries()) {
      const present = await ledger.reads.listBooks(ubn, period);
      const isThere = (command: ImportBookCommand) =>
        present.some((book) => book.track === command.track && book.first === command.first);
      missing.push(...demoBooks(index, period).filter((command) => !isThere(command)));
    }
  }
  let imported = 0;
  for (const outcome of await ledger.importBook(missing)) {
    if (outcome.ok) imported += 1;
    // Another process on the same database was faster, with the very same book.
    else if (outcome.faults.some(({ code }) => code !== 'BOOK_OVERLAP')) {
      throw new Error(`a sandbox book was refused: ${outcome.faults[0]?.hint ?? ''}`);
    }
  }
  return imported;
}

function bookOf(
  seller: Ubn,
  period: Period,
  track: Track,
  invoiceType: '07' | '08',
  cuts: typeof CUTS_07,
): ImportBookCommand {
  let next = FIRST_POSITION;
  const segments = cuts.map(({ count, ...cut }) => {
    const first = next;
    next += count;
    return { ...cut, first, last: next - 1 };
  });
  return {
    seller,
    account: 'system',
    ip: '',
    period,
    track,
    first: FIRST_POSITION,
    last: next - 1,
    invoiceType,
    source: 'sandbox',
    segments,
  };
}
