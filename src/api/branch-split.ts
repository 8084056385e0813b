/**
 * A split of numbers to a branch, for the API and the command line: the ledger allots and reports, and where the
 * branch is a seller here it gets the range as its book, so that it issues from it and reports its own blank
 * numbers. Two steps: what broke off between them is finished by asking again.
 */
import { fault, type Outcome, refused } from '../domain/fault.ts';
import { rangesOverlap } from '../domain/number-book.ts';
import type { AllotToBranchCommand } from '../ledger/branch-ports.ts';
import type { ImportBookCommand, Ledger } from '../ledger/ledger.ts';
import type { Accounts, StoreReads } from '../ledger/ports.ts';

export interface SplitParts {
  readonly ledger: Pick<Ledger, 'allotToBranch' | 'importBook'>;
  readonly reads: Pick<StoreReads, 'listBooks'>;
  readonly accounts: Pick<Accounts, 'seller'>;
}

export interface Split {
  readonly isNew: boolean;
  /** Whether the branch is a seller here and has the range as its book. */
  readonly isSellerHere: boolean;
}

export async function splitToBranch(
  { ledger, reads, accounts }: SplitParts,
  command: AllotToBranchCommand,
): Promise<Outcome<Split>> {
  const { branch, period, track, account, ip } = command;
  const branches = accounts.seller(command.seller)?.branches ?? [];
  if (!branches.some(({ ubn }) => ubn === branch)) {
    const hint = 'name it under branches of the seller first (kaili seller add)';
    return refused(fault('BRANCH_UNKNOWN', 'branch', hint));
  }
  const isSellerHere = accounts.seller(branch) !== undefined;
  const known = isSellerHere ? await reads.listBooks(branch, period) : [];
  const own = known.filter((book) => book.track === track);
  const isThere = ({ first, last }: { first: number; last: number }): boolean =>
    own.some((book) => book.head === command.seller && book.first === first && book.last === last);
  const missing = isSellerHere ? command.ranges.filter((range) => !isThere(range)) : [];
  // Known before anything is reported: a branch that has these numbers otherwise cannot take them.
  if (own.some((book) => missing.some((range) => rangesOverlap(book, range)))) {
    return refused(fault('BOOK_OVERLAP', 'ranges', 'the branch has numbers of it in a book'));
  }
  if (missing.length > 0 && own.some((book) => book.head !== command.seller)) {
    const hint = 'the branch has numbers of this track that another tax ID was allotted';
    return refused(fault('BOOK_RANGE_INVALID', 'branch', hint));
  }
  const [outcome] = await ledger.allotToBranch([command]);
  if (outcome?.ok !== true) return outcome ?? refused(fault('BUSY', '', 'no answer'));
  const { invoiceType } = outcome.value.book;
  const books = missing.map(({ first, last }): ImportBookCommand => {
    const place = { seller: branch, account, ip, period, track, first, last, invoiceType };
    return { ...place, source: 'branch', head: command.seller, segments: [] };
  });
  const taken = books.length === 0 ? [] : await ledger.importBook(books);
  const failed = taken.find((one) => !one.ok);
  if (failed !== undefined && !failed.ok) return failed;
  return { ok: true, value: { isNew: outcome.value.isNew, isSellerHere } };
}
