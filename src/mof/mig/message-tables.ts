/** The table of each message that Kaili files; a message without one does not compile. */
import type { FilingMessage } from '../../domain/filing.ts';
import { F0401 } from './f0401.ts';
import { F0501 } from './f0501.ts';
import { F0701 } from './f0701.ts';
import { G0401 } from './g0401.ts';
import { G0501 } from './g0501.ts';
import type { MessageTable } from './message-table.ts';

export const MESSAGE_TABLES: Readonly<Record<FilingMessage, MessageTable>> = {
  F0401,
  F0501,
  F0701,
  G0401,
  G0501,
};
