/**
 * Takes allotted ranges in as number books: first a plan that says of every line what would happen, then,
 * unless it is a dry run, the books that are new. Taking the same file in again changes nothing.
 */
import type { FaultCode } from '../../domain/fault.ts';
import { checkBook, countOf } from '../../domain/number-book.ts';
import { periodOf } from '../../domain/period.ts';
import { taipeiDateOf, taipeiDateTime } from '../../domain/taipei.ts';
import type { Ubn } from '../../domain/ubn.ts';
import type { ImportBookCommand, Ledger } from '../../ledger/ledger.ts';
import type { Accounts, Clock } from '../../ledger/ports.ts';
import type { AccountId, BookRow } from '../../ledger/rows.ts';
import type { Allotment, AllottedLine } from './allotment.ts';

export interface ImportLine {
  readonly line: number;
  /** `new` is or would be taken in; `known` is in already; `refused`: `problem` says why. */
  readonly outcome: 'new' | 'known' | 'refused';
  readonly allotment: Allotment | null;
  /** How many numbers it has. */
  readonly count: number;
  readonly problem: string;
}

export interface ImportParts {
  readonly ledger: Pick<Ledger, 'reads' | 'importBook'>;
  readonly accounts: Pick<Accounts, 'seller'>;
  readonly clock: Clock;
}

export interface ImportOptions {
  readonly source: Extract<BookRow['source'], 'csv' | 'e0501'>;
  readonly account: AccountId;
  readonly isDryRun: boolean;
  /** Sellers that the caller may touch. */
  readonly mayTouch: (seller: Ubn) => boolean;
}

const OVERLAP: FaultCode = 'BOOK_OVERLAP';

export async function importBooks(
  parts: ImportParts,
  lines: readonly AllottedLine[],
  options: ImportOptions,
): Promise<readonly ImportLine[]> {
  const plan = await planImport(parts, lines, options);
  if (options.isDryRun) return plan;
  const fresh = plan.filter(({ outcome }) => outcome === 'new');
  const outcomes = await parts.ledger.importBook(
    fresh.flatMap(({ allotment }) => (allotment === null ? [] : [commandOf(allotment, options)])),
  );
  return plan.map((line): ImportLine => {
    const outcome = outcomes[fresh.indexOf(line)];
    if (outcome === undefined || outcome.ok) return line;
    // Another import came between the plan and this one.
    const problem = outcome.faults.map(({ message, hint }) => `${message}：${hint}`).join('；');
    return { ...line, outcome: 'refused', problem };
  });
}

async function planImport(
  { ledger, accounts, clock }: ImportParts,
  lines: readonly AllottedLine[],
  { mayTouch }: ImportOptions,
): Promise<readonly ImportLine[]> {
  const current = periodOf(taipeiDateOf(taipeiDateTime(clock.now())));
  const books = new Map<Ubn, Pick<BookRow, keyof Allotment>[]>();
  const plan: ImportLine[] = [];
  for (const { line, allotment, problem } of lines) {
    const count = allotment === null ? 0 : countOf(allotment);
    const refused = (why: string) =>
      plan.push({ line, outcome: 'refused', allotment, count, problem: why });
    if (allotment === null) {
      refused(problem);
      continue;
    }
    const { seller } = allotment;
    if (!mayTouch(seller) || accounts.seller(seller) === undefined) {
      refused(`統一編號 ${seller} 不是此處的營業人，請先新增營業人`);
      continue;
    }
    const own = books.get(seller) ?? [...(await ledger.reads.listBooks(seller))];
    books.set(seller, own);
    const sameTrack = own.filter(
      (book) => book.period === allotment.period && book.track === allotment.track,
    );
    if (sameTrack.some((book) => isSame(book, allotment))) {
      plan.push({ line, outcome: 'known', allotment, count, problem: '' });
      continue;
    }
    const [fault] = checkBook(allotment, sameTrack);
    if (allotment.period < current) refused(`期別 ${allotment.period} 已結束，不能再取得號碼`);
    else if (fault !== undefined) {
      const text = fault.code === OVERLAP ? '與已匯入之配號重疊' : '起迄號不是整本（50 號）之範圍';
      refused(`${text}（${fault.hint}）`);
    } else {
      own.push(allotment);
      plan.push({ line, outcome: 'new', allotment, count, problem: '' });
    }
  }
  return plan;
}

function isSame(book: Pick<BookRow, keyof Allotment>, allotment: Allotment): boolean {
  return (
    book.first === allotment.first &&
    book.last === allotment.last &&
    book.invoiceType === allotment.invoiceType
  );
}

/** The whole book is one segment that serves everybody; cut it with `splitSegment`. */
function commandOf(allotment: Allotment, { source, account }: ImportOptions): ImportBookCommand {
  return { ...allotment, source, account, ip: '', segments: [] };
}
