/**
 * What every store promises, whatever its engine: one suite of claims that each engine's own test runs
 * on real databases. An engine adds to it only what is its own, in its folder.
 */
import { claimsAboutCompanies } from './conformance/companies.ts';
import { claimsAboutDirectory } from './conformance/directory.ts';
import { claimsAboutMigrations } from './conformance/migrations.ts';
import { claimsAboutMixedSets } from './conformance/mixed-sets.ts';
import { claimsAboutNotices } from './conformance/notices.ts';
import { claimsAboutNumberReports } from './conformance/number-reports.ts';
import type { MakeData } from './conformance/opened.ts';
import { claimsAboutPrints } from './conformance/prints.ts';
import { claimsAboutReads } from './conformance/reads.ts';
import { claimsAboutTransactions } from './conformance/transactions.ts';
import { claimsAboutWrites } from './conformance/writes.ts';

/** Declares every claim; each group of them asks for data of its own. */
export function claimsOfEveryStore(makeData: MakeData): void {
  claimsAboutWrites(makeData);
  claimsAboutMixedSets(makeData);
  claimsAboutTransactions(makeData);
  claimsAboutReads(makeData);
  claimsAboutNotices(makeData);
  claimsAboutNumberReports(makeData);
  claimsAboutPrints(makeData);
  claimsAboutDirectory(makeData);
  claimsAboutCompanies(makeData);
  claimsAboutMigrations(makeData);
}
