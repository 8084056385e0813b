/** A filing 上傳: one message owed to the Ministry for one event of a document. */

/** Messages of MIG 4.1 that Kaili files. */
export const STORAGE_MESSAGES = ['F0401', 'F0501', 'F0701', 'G0401', 'G0501'] as const;
/** Messages about numbers instead of documents: results name them by track and type, without a day. */
const OF_NUMBERS = ['E0401', 'E0402'] as const;
export const NUMBER_MESSAGES: readonly FilingMessage[] = OF_NUMBERS;
export const EXCHANGE_MESSAGES = [
  ...(['A0101', 'A0102', 'A0201', 'A0202', 'A0301', 'A0302'] as const),
  ...(['B0101', 'B0102', 'B0201', 'B0202'] as const),
] as const;
/** Goes to the trading partner through the Ministry 交換; the others are stored with it 存證. */
export type ExchangeMessage = (typeof EXCHANGE_MESSAGES)[number];
export const FILING_MESSAGES = [...STORAGE_MESSAGES, ...OF_NUMBERS, ...EXCHANGE_MESSAGES] as const;
export type FilingMessage = (typeof FILING_MESSAGES)[number];

const EXCHANGED: ReadonlySet<string> = new Set(EXCHANGE_MESSAGES);
export function isExchangeMessage(message: FilingMessage): message is ExchangeMessage {
  return EXCHANGED.has(message);
}

/** Messages of which results and files speak by the allowance's number. */
const OF_ALLOWANCES: ReadonlySet<FilingMessage> = new Set([
  ...(['G0401', 'G0501'] as const),
  ...(['B0101', 'B0102', 'B0201', 'B0202'] as const),
]);
export function isAllowanceMessage(message: FilingMessage): boolean {
  return OF_ALLOWANCES.has(message);
}

/**
 * held -> ready -> handed -> sent -> confirmed | refused; refused -> ready after mending. Never back
 * otherwise, but by a person who sends one again whose file or answer is gone (`resendFiling`). `handed`: its file is, or is about to be, in Turnkey's SRC folder. `sent`: Turnkey took
 * it. Only `confirmed` counts as uploaded.
 */
export const FILING_STATES = ['held', 'ready', 'handed', 'sent', 'confirmed', 'refused'] as const;
export type FilingState = (typeof FILING_STATES)[number];

const NEXT: Readonly<Record<FilingState, readonly FilingState[]>> = {
  held: ['ready'],
  ready: ['held', 'handed', 'confirmed'],
  handed: ['sent', 'confirmed', 'refused'],
  sent: ['confirmed', 'refused'],
  confirmed: [],
  refused: ['ready', 'confirmed'],
};

/**
 * Whether a filing may go from one state to another. `ready -> held` is the outbox finding, before a
 * file exists, that a message would be refused; `refused -> confirmed` and `ready -> confirmed` are late
 * answers to an earlier attempt, which win.
 */
export function canMoveFiling(from: FilingState, to: FilingState): boolean {
  return NEXT[from].includes(to);
}
