/**
 * One pass over the messages that trading partners sent: files that Turnkey put into its DownCast folders.
 * Each is read as hostile, handed to the seller that it is for, and left where it lies. Reading one again
 * changes nothing, so a restart may do it.
 */
import { join } from 'node:path';
import { EXCHANGE_MESSAGES, type ExchangeMessage } from '../../domain/filing.ts';
import { taipeiDateTime } from '../../domain/taipei.ts';
import { readExchange } from '../mig/read-exchange.ts';
import type { TurnkeyFolders } from './folders.ts';
import type { OutboxContext } from './outbox-context.ts';
import { XML_BYTES_MAX } from './read-xml.ts';
import { RESULT_DAYS_MAX, type ResultFile, ResultInbox } from './result-inbox.ts';
import { addDays, compactDay } from './taipei-days.ts';

/** Where Turnkey lays down what was received, by message (MOF Turnkey, DownCast; Kaili's reading). */
export function incomingFolder(root: string, message: ExchangeMessage): string {
  return join(root, 'DownCast', 'B2BEXCHANGE', message);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

interface Lane {
  readonly message: ExchangeMessage;
  readonly inbox: ResultInbox;
}

export class IncomingReader {
  readonly #context: OutboxContext;
  readonly #lanes = new Map<string, readonly Lane[]>();
  /** Why a file was given up, by path. */
  readonly #reasons = new Map<string, string>();

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  /** Files that could not be taken, and still lie there, each with the reason. */
  get untaken(): readonly string[] {
    return [...this.#lanes.values()]
      .flat()
      .flatMap(({ inbox }) =>
        inbox.givenUp.map((path) => `${path}: ${this.#reasons.get(path) ?? ''}`),
      );
  }

  async pass(): Promise<void> {
    for (const folders of this.#context.folders.all()) {
      // In the order of a document's life, so that what is read in one pass finds what it is about.
      for (const lane of this.#lanesOf(folders)) await this.#passLane(lane);
    }
  }

  #lanesOf({ root }: TurnkeyFolders): readonly Lane[] {
    const known = this.#lanes.get(root);
    if (known !== undefined) return known;
    const { files } = this.#context;
    const made = EXCHANGE_MESSAGES.map((message) => ({
      message,
      inbox: new ResultInbox(files, incomingFolder(root, message)),
    }));
    this.#lanes.set(root, made);
    return made;
  }

  async #passLane({ message, inbox }: Lane): Promise<void> {
    const { clock, limits } = this.#context;
    const nowMs = clock.now();
    const since = addDays(compactDay(taipeiDateTime(nowMs)), -RESULT_DAYS_MAX);
    for (const file of await inbox.fresh(since, nowMs, limits.resultFilesMax)) {
      const reason = await this.#take(message, file);
      if (reason === null) {
        inbox.settle(file);
        this.#reasons.delete(file.path);
      } else this.#refuse(inbox, file, message, nowMs, reason);
    }
  }

  /** Null when taken; else why not. */
  async #take(message: ExchangeMessage, file: ResultFile): Promise<string | null> {
    const { accounts, files, ledger } = this.#context;
    const bytes = await files.read(file.path, XML_BYTES_MAX);
    if (bytes === 'too-large') return 'larger than 20 MB';
    if (bytes === 'unreadable') return 'cannot be opened';
    let text: string;
    try {
      text = UTF8.decode(bytes);
    } catch {
      // Not UTF-8, hence no message.
      return 'not UTF-8';
    }
    const read = readExchange(message, text);
    if (!read.ok) return read.reason;
    const { from, to, incoming } = read.received;
    if (accounts.seller(to) === undefined) return 'it is for nobody of this center';
    const [outcome] = await ledger.receive([
      { seller: to, account: 'system', ip: '', counterparty: from, from, incoming },
    ]);
    if (outcome === undefined) throw new Error('the ledger answered no receipt');
    return outcome.ok ? null : outcome.faults.map(({ code }) => code).join();
  }

  /** Tried again for a while: it may still be arriving, or what it is about may. */
  #refuse(
    inbox: ResultInbox,
    file: ResultFile,
    message: ExchangeMessage,
    nowMs: number,
    reason: string,
  ): void {
    if (!inbox.reject(file, nowMs)) return;
    this.#reasons.set(file.path, reason);
    const { log } = this.#context;
    log.error({ file: file.path, message, reason }, 'a received message cannot be taken');
  }
}
