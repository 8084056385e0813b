/** Every migration in order. A released one never changes; a new one is a new file and a line here. */
import { ledger } from './0001-ledger.ts';
import { allowanceParts } from './0003-allowance-parts.ts';
import { notices } from './0004-notices.ts';
import { trades } from './0005-trades.ts';
import { numberReports } from './0006-number-reports.ts';
import { documents } from './0007-documents.ts';
import { lookUps } from './0008-look-ups.ts';
import { mendings } from './0009-mendings.ts';
import { branches } from './0010-branches.ts';
import { partnerWords } from './0012-partner-words.ts';
import { indexShapes } from './0016-index-shapes.ts';
import { filingDays } from './0017-filing-days.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  ledger,
  allowanceParts,
  notices,
  trades,
  numberReports,
  documents,
  lookUps,
  mendings,
  branches,
  partnerWords,
  indexShapes,
  filingDays,
];
