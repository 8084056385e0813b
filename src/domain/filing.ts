/** A filing 上傳: one message owed to the Ministry for one event of a document. */

/** Messages of MIG 4.1 that Kaili files. */
export const FILING_MESSAGES = [
  'F0401',
  'F0501',
  'F0701',
  'G0401',
  'G0501',
  'E0401',
  'E0402',
] as const;
export type FilingMessage = (typeof FILING_MESSAGES)[number];

/** Messages about numbers instead of documents: results name them by track and type, without a day. */
export const NUMBER_MESSAGES: readonly FilingMessage[] = ['E0401', 'E0402'];

/**
 * held -> ready -> handed -> sent -> confirmed | refused; refused -> ready after mending. Never back
 * otherwise. `handed`: its file is, or is about to be, in Turnkey's SRC folder. `sent`: Turnkey took
 * it. Only `confirmed` counts as uploaded.
 */
export const FILING_STATES = ['held', 'ready', 'handed', 'sent', 'confirmed', 'refused'] as const;
export type FilingState = (typeof FILING_STATES)[number];

const NEXT: Readonly<Record<FilingState, readonly FilingState[]>> = {
  held: ['ready'],
  ready: ['held', 'handed'],
  handed: ['sent', 'confirmed', 'refused'],
  sent: ['confirmed', 'refused'],
  confirmed: [],
  refused: ['ready', 'confirmed'],
};

/**
 * Whether a filing may go from one state to another. `ready -> held` is the outbox finding, before a
 * file exists, that a message would be refused; `refused -> confirmed` is a late answer that wins.
 */
export function canMoveFiling(from: FilingState, to: FilingState): boolean {
  return NEXT[from].includes(to);
}
