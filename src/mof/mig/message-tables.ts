/** The table of each message that Kaili files, and of every message that it reads or writes at all. */
import type { FilingMessage } from '../../domain/filing.ts';
import { A0101 } from './a0101.ts';
import { A0102 } from './a0102.ts';
import { A0201 } from './a0201.ts';
import { A0202 } from './a0202.ts';
import { A0301 } from './a0301.ts';
import { A0302 } from './a0302.ts';
import { B0101 } from './b0101.ts';
import { B0102 } from './b0102.ts';
import { B0201 } from './b0201.ts';
import { B0202 } from './b0202.ts';
import { E0401 } from './e0401.ts';
import { E0402 } from './e0402.ts';
import { E0501 } from './e0501.ts';
import { E0502 } from './e0502.ts';
import { E0503 } from './e0503.ts';
import { E0504 } from './e0504.ts';
import { F0401 } from './f0401.ts';
import { F0501 } from './f0501.ts';
import { F0701 } from './f0701.ts';
import { G0401 } from './g0401.ts';
import { G0501 } from './g0501.ts';
import type { MessageTable } from './message-table.ts';
import { PROCESS_RESULT } from './process-result.ts';
import { SUMMARY_RESULT, SUMMARY_RESULT_BY_SCHEMA } from './summary-result.ts';

/** By message; one that Kaili files and that has no table does not compile. */
export const MESSAGE_TABLES: Readonly<Record<FilingMessage, MessageTable>> = {
  F0401,
  F0501,
  F0701,
  G0401,
  G0501,
  E0401,
  E0402,
  A0101,
  A0102,
  A0201,
  A0202,
  A0301,
  A0302,
  B0101,
  B0102,
  B0201,
  B0202,
};

/** Every table, in the order of the reference page. */
export const ALL_TABLES: readonly MessageTable[] = [
  F0401,
  F0501,
  F0701,
  G0401,
  G0501,
  A0101,
  A0102,
  A0201,
  A0202,
  A0301,
  A0302,
  B0101,
  B0102,
  B0201,
  B0202,
  E0401,
  E0402,
  E0501,
  E0502,
  E0503,
  E0504,
  PROCESS_RESULT,
  SUMMARY_RESULT,
  SUMMARY_RESULT_BY_SCHEMA,
];
