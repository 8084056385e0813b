/**
 * Calls of verbs over a wire to the ledger's thread, and their answers. Calls made in one turn of the event
 * loop travel in few messages; many enough leave at once, so that the thread works on the first while the
 * others are still being read.
 *
 * Promises what the ledger promises: an outcome is answered after its commit is on disk. When the
 * thread's writer stops, or the thread itself ends, every open call is rejected and `failure` with it.
 */
import { fault, type Outcome, refused } from '../../domain/fault.ts';
import { type LedgerHandle, verbsBy } from '../../ledger/create.ts';
import type { Verbs } from '../../ledger/ledger.ts';
import type { StoreReads } from '../../ledger/ports.ts';
import { Places } from '../places.ts';
import { takeTexts } from './carried-texts.ts';
import type { Answer, FromThread, ToThread } from './messages.ts';

/**
 * Characters of commands that may be under way at once; more are refused as BUSY. The writer's own limits
 * count commands, and a command may be an invoice of 999 lines.
 */
export const OPEN_CHARACTERS_MAX = 64 * 1024 * 1024;
/**
 * Calls that leave together. A message costs about as much as handling one request; fewer a message let the
 * thread begin sooner (measured with 64 connections).
 */
const CALLS_A_MESSAGE = 8;

interface OpenCall {
  readonly characters: number;
  readonly resolve: (outcomes: readonly never[]) => void;
  readonly reject: (error: Error) => void;
}

export class LedgerCalls {
  readonly #send: (message: ToThread) => void;
  readonly #charactersMax: number;
  /** By the number that a call is answered to. */
  #open = new Places<OpenCall>();
  readonly #failing = Promise.withResolvers<never>();
  #waiting: string[] = [];
  /** Of the invoices in the calls that wait, in order. */
  #texts: string[] = [];
  #isFlushDue = false;
  #openCharacters = 0;
  #stoppedBy: Error | null = null;
  #idle = Promise.withResolvers<void>();

  constructor(send: (message: ToThread) => void, charactersMax = OPEN_CHARACTERS_MAX) {
    this.#send = send;
    this.#charactersMax = charactersMax;
    this.#idle.resolve();
    // Nobody has to listen; the calls that meet a failure are rejected anyway.
    this.#failing.promise.catch(() => {});
  }

  /** The ledger at the other end of the wire; queries are the caller's own business. */
  handle(reads: StoreReads): LedgerHandle {
    return {
      ...verbsBy((verb, commands) => this.#call(verb, commands)),
      reads,
      drain: () => this.drain(),
      failure: this.#failing.promise,
    };
  }

  drain(): Promise<void> {
    return this.#idle.promise;
  }

  /** Waits for every answer, then takes no more calls. */
  async end(): Promise<void> {
    // The answer that ended the last call may have led to another one.
    while (this.#open.size > 0) await this.drain();
    this.#stoppedBy ??= new Error('the ledger is closed');
  }

  receive(message: FromThread): void {
    if (message.kind === 'answers') {
      // Written by `thread.ts` from this very type.
      for (const answer of JSON.parse(message.json) as readonly Answer[]) this.#settle(answer);
    } else if (message.kind === 'failed') {
      const error = new Error(message.message);
      error.name = message.name;
      error.stack = message.stack;
      this.stop(error);
    }
  }

  /** No answer comes any more. */
  stop(error: Error): void {
    const open = this.#open.all();
    this.#open = new Places();
    for (const call of open) call.reject(error);
    this.#openCharacters = 0;
    this.#waiting = [];
    this.#texts = [];
    this.#idle.resolve();
    if (this.#stoppedBy !== null) return;
    this.#stoppedBy = error;
    this.#failing.reject(error);
  }

  #call<Value>(
    verb: keyof Verbs,
    commands: readonly unknown[],
  ): Promise<readonly Outcome<Value>[]> {
    if (this.#stoppedBy !== null) return Promise.reject(this.#stoppedBy);
    if (commands.length === 0) return Promise.resolve([]);
    const texts: string[] = [];
    // A call without its number, which it has once it is open.
    const json = JSON.stringify([verb, takeTexts(verb, commands, texts)]);
    const characters = texts.reduce((sum, text) => sum + text.length, json.length);
    if (this.#openCharacters + characters > this.#charactersMax) {
      const hint = `at most ${this.#charactersMax} characters of commands at once; send again later`;
      return Promise.resolve(commands.map(() => refused(fault('BUSY', '', hint))));
    }
    return new Promise((resolve, reject) => {
      if (this.#open.size === 0) this.#idle = Promise.withResolvers<void>();
      const id = this.#open.enter({ characters, resolve, reject });
      this.#openCharacters += characters;
      this.#post(`[${id},${json.slice(1)}`, texts);
    });
  }

  #post(json: string, texts: readonly string[]): void {
    this.#waiting.push(json);
    this.#texts.push(...texts);
    if (this.#waiting.length >= CALLS_A_MESSAGE) this.#flush();
    else if (!this.#isFlushDue) {
      this.#isFlushDue = true;
      setImmediate(() => {
        this.#isFlushDue = false;
        this.#flush();
      });
    }
  }

  #flush(): void {
    if (this.#waiting.length === 0) return;
    const json = `[${this.#waiting.join()}]`;
    const texts = this.#texts;
    this.#waiting = [];
    this.#texts = [];
    this.#send({ kind: 'calls', json, texts });
  }

  #settle([id, outcomes, problem]: Answer): void {
    const call = this.#open.leave(id);
    if (call === null) return;
    this.#openCharacters -= call.characters;
    // The thread answers a call with the outcomes of the very verb that was called.
    if (outcomes !== null) call.resolve(outcomes as readonly never[]);
    else call.reject(new Error(problem));
    if (this.#open.size === 0) this.#idle.resolve();
  }
}
