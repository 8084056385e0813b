/**
 * Composes the messages of filings. What speaks against handing one over comes back as holds with a text.
 * A filing that cannot be composed at all is held too: it must not stop the others.
 */
import { setImmediate } from 'node:timers/promises';
import type { HoldReason } from '../../domain/invoice.ts';
import type { FilingRow } from '../../ledger/rows.ts';
import type { ComposedMessage } from '../mig/check-message.ts';
import { composeMessage } from '../mig/compose.ts';
import { composeExchange } from '../mig/compose-exchange.ts';
import { composeNumberMessage } from '../mig/compose-numbers.ts';
import { type FilingSource, loadSources } from './load-sources.ts';
import type { OutboxContext } from './outbox-context.ts';

export interface ComposedFiling {
  readonly filing: FilingRow;
  /** The file. As bytes: the text is made of hundreds of pieces, which need not outlive it. */
  readonly bytes: Uint8Array;
}
export interface ObstructedFiling {
  readonly filing: FilingRow;
  readonly holds: readonly HoldReason[];
  readonly text: string;
}
export interface ComposedFilings {
  readonly composed: readonly ComposedFiling[];
  readonly obstructed: readonly ObstructedFiling[];
}

/** What composing needs of the outbox. */
export type ComposeContext = Pick<OutboxContext, 'ledger' | 'accounts' | 'log'>;

const HOLD_TEXT_CHARACTERS_MAX = 500;
/** Messages composed before others get a turn. */
const COMPOSED_AT_ONCE_MAX = 10;

export async function composeFilings(
  context: ComposeContext,
  filings: readonly FilingRow[],
): Promise<ComposedFilings> {
  const composed: ComposedFiling[] = [];
  const obstructed: ObstructedFiling[] = [];
  const sources = await loadSources(context, filings);
  for (const [index, filing] of filings.entries()) {
    // Files of the group before are being written, a step at a time: they must not wait for this.
    if (index % COMPOSED_AT_ONCE_MAX === 0) await setImmediate();
    const result = composeOne(context, filing, sources[index] ?? null);
    if ('bytes' in result) composed.push(result);
    else obstructed.push(result);
  }
  return { composed, obstructed };
}

function composeOne(
  context: ComposeContext,
  filing: FilingRow,
  source: FilingSource | null,
): ComposedFiling | ObstructedFiling {
  if (source === null)
    return obstruct(filing, ['would-be-refused'], '查無此上傳的發票或營業人資料');
  let message: ComposedMessage;
  try {
    message = compose(source);
  } catch (error) {
    // A defect of the composer for this one document: a person must see it, the others go on.
    const { seller, sequence } = filing;
    context.log.error({ err: error, seller, filing: sequence }, 'a message could not be composed');
    return obstruct(filing, ['would-be-refused'], '產生上傳訊息時發生程式錯誤，請回報維護人員');
  }
  if (message.ok) return { filing, bytes: Buffer.from(message.xml) };
  const holds = [...new Set(message.problems.map((problem) => problem.hold))];
  const text = message.problems
    .map(({ rule, element, text: what }) => `${rule}${element && ` ${element}`}：${what}`)
    .join('；');
  return obstruct(filing, holds, text);
}

function compose(source: FilingSource): ComposedMessage {
  if ('report' in source) return composeNumberMessage(source);
  return 'trade' in source ? composeExchange(source) : composeMessage(source);
}

function obstruct(filing: FilingRow, holds: readonly HoldReason[], text: string): ObstructedFiling {
  return { filing, holds, text: [...text].slice(0, HOLD_TEXT_CHARACTERS_MAX).join('') };
}
