/** The native API's routes, all of one seller beneath `/sellers/{ubn}`. */
import { bookImportRoutes } from './book-import.ts';
import { bookRoutes } from './books.ts';
import { branchRoutes } from './branches.ts';
import { filingRoutes } from './filings.ts';
import { invoiceRoutes } from './invoices.ts';
import { journalRoutes } from './journal.ts';
import { mendFilingRoutes } from './mend-filings.ts';
import { noticeRoutes } from './notices.ts';
import { periodRoutes } from './periods.ts';
import { printRoutes } from './prints.ts';
import { reconciliationRoutes } from './reconciliation.ts';
import type { ApiRoute } from './route.ts';
import { sellerRoutes } from './sellers.ts';

export const API_PREFIX = '/api/v1';

export const apiRoutes: readonly ApiRoute[] = [
  ...sellerRoutes,
  ...bookRoutes,
  ...bookImportRoutes,
  ...branchRoutes,
  ...periodRoutes,
  ...invoiceRoutes,
  ...filingRoutes,
  ...printRoutes,
  ...noticeRoutes,
  ...mendFilingRoutes,
  ...reconciliationRoutes,
  ...journalRoutes,
];
