/**
 * What one action is to the dialect: answers many items at once, each apart, in their order. Envelope,
 * signature, shapes and the log line are common to all and done in `exchange.ts`.
 */
import type { JsonObject, JsonValue } from '#wire/exact-json.ts';
import type { SystemleadEndpoint } from '#wire/systemlead/endpoint.ts';
import type { Fault, Outcome } from '../../domain/fault.ts';
import type { Origin } from '../../ledger/origin.ts';
import type { DialectContext } from '../dialect.ts';
import type { Caller } from './authenticate.ts';
import type { Refusal } from './refusal.ts';

/** An item whose sender is known. */
export interface Item {
  readonly caller: Caller;
  readonly data: JsonObject;
  readonly ip: string;
  /** Adds a mark to the request's log line, such as a tax ID whose check digit fails. */
  flag(mark: string): void;
}

/** The members of one result, in their order. */
export type Result = Readonly<Record<string, JsonValue | undefined>>;

export interface Endpoint {
  readonly wire: SystemleadEndpoint;
  /** One result an item, in their order. */
  answer(items: readonly Item[], context: DialectContext): Promise<readonly Result[]>;
  /** The result of an item that was refused before, or is refused here. `data` null: unreadable. */
  refused(data: JsonObject | null, why: Refusal): Result;
}

/** What the reply says of a success, for both generations of client. */
export const SUCCESS = { StatusCode: 1, ResultMessage: '成功' } as const;

/** The same of a failure. */
export function failure({ code, text }: Refusal): Result {
  return { StatusCode: 0, ResultMessage: text, Message: text, ErrorCode: code };
}

/** Who asks, for whom, from where. */
export function originOf({ caller, ip }: Item): Origin {
  return { seller: caller.seller.ubn, account: caller.account.id, ip };
}

/** An item's way to the ledger: a command, or why it has none. */
export type Prepared<Command> =
  | { readonly command: Command; readonly refusal: null }
  | { readonly command: null; readonly refusal: Refusal };

/**
 * Sends the commands of all items that have one in one call, and answers every item in its place. A ledger
 * that is too busy fails the whole request, of which nothing is then stored.
 */
export async function answerAll<Command, Value>(
  prepared: readonly Prepared<Command>[],
  send: (commands: readonly Command[]) => Promise<readonly Outcome<Value>[]>,
  render: {
    done(value: Value, index: number, command: Command): Result;
    refused(why: Refusal, index: number): Result;
    refusalOf(fault: Fault): Refusal;
  },
): Promise<readonly Result[]> {
  const commands = prepared.flatMap(({ command }) => (command === null ? [] : [command]));
  const outcomes = commands.length === 0 ? [] : await send(commands);
  let next = 0;
  return prepared.map((item, index) => {
    if (item.refusal !== null) return render.refused(item.refusal, index);
    const outcome = outcomes[next];
    next += 1;
    if (outcome === undefined) throw new Error('the ledger answered fewer commands than it got');
    if (outcome.ok) return render.done(outcome.value, index, item.command);
    const [fault] = outcome.faults;
    if (fault === undefined) throw new Error('a refusal without a fault');
    if (fault.code === 'BUSY') throw new LedgerBusy(fault.hint);
    return render.refused(render.refusalOf(fault), index);
  });
}

/** The ledger took none of the commands; the client sends again. */
export class LedgerBusy extends Error {
  override readonly name = 'LedgerBusy';
}
