/**
 * Load: many clients that each send the next order as soon as the last one is answered, over kept
 * connections. What was acknowledged is kept beside what was sent; an order whose reply never came is
 * kept too, because nobody knows whether it was issued.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, call, MERCHANT_A, type Members, type Merchant } from './ecpay-bytes.ts';
import type { ServerProcess } from './server-process.ts';

/** After a reply, before its line can be read in the server's log. */
const LOG_MS = 500;

export interface Sent {
  readonly merchant: Merchant;
  readonly order: Members;
  /** Null: the connection broke before a reply came. */
  readonly answer: Answer | null;
}

export interface LoadOptions {
  readonly clients: number;
  /** Servers that the clients are spread over. */
  readonly urls: readonly string[];
  readonly orders: readonly Members[];
  /** Whose orders they are, by turns; the first sandbox merchant's where not given. */
  readonly merchants?: readonly Merchant[];
  /** Rest of each client between two orders; none where not given. */
  readonly restMs?: number;
  /** Looked at before each order: true ends the load. */
  readonly isOver?: () => boolean;
}

/** Sends the orders, each once. Nothing is sent again. */
export async function sendOrders(options: LoadOptions): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const merchants = options.merchants ?? [MERCHANT_A];
  let next = 0;
  const client = async (index: number): Promise<void> => {
    const url = options.urls[index % options.urls.length] ?? '';
    while (!(options.isOver?.() ?? false)) {
      const order = options.orders[next];
      const merchant = merchants[next % merchants.length] ?? MERCHANT_A;
      next += 1;
      if (order === undefined) return;
      const answer = await call(url, 'Issue', order, { merchant }).catch(brokenConnection);
      sent.push({ merchant, order, answer });
      if (answer === null) return;
      if (options.restMs !== undefined) await sleep(options.restMs);
    }
  };
  await Promise.all(Array.from({ length: options.clients }, (_, index) => client(index)));
  return sent;
}

/** Asks a server that must answer; where it could not, its log says why. */
export async function ask(
  server: ServerProcess,
  action: string,
  data: Members,
  merchant = MERCHANT_A,
): Promise<Members> {
  const answer = await call(server.url, action, data, { merchant });
  if (answer.data === null || answer.data.RtnCode === 0) {
    // The log's lines are written together, a little later.
    await sleep(LOG_MS);
    assert.fail(`${action}: ${JSON.stringify(answer)}\n${server.log()}`);
  }
  return answer.data;
}

/** A connection that broke is an answer that never came; anything else is a mistake of the test. */
export function brokenConnection(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNRESET' || code === 'ECONNREFUSED' || code === 'EPIPE') return null;
  throw error;
}

/** Runs the work over the items, so many at a time, and keeps their order. */
export async function eachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const item = items[index];
      assert(item !== undefined);
      results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** The data of a reply that must have come, and been a success. */
export function issued({ order, answer }: Omit<Sent, 'merchant'>): Members {
  assert.equal(
    answer?.data?.RtnCode,
    1,
    `${String(order.RelateNumber)}: ${JSON.stringify(answer)}`,
  );
  return answer.data;
}

/**
 * Numbers as the law wants them: each once, without a gap within their track, and times that never
 * decrease along the numbers.
 */
export function assertNumbers(replies: readonly Members[]): void {
  const tracks = Map.groupBy(replies, (reply) => String(reply.InvoiceNo).slice(0, 2));
  for (const [track, members] of tracks) {
    const sorted = members.toSorted((a, b) => (String(a.InvoiceNo) < String(b.InvoiceNo) ? -1 : 1));
    const first = Number(String(sorted[0]?.InvoiceNo).slice(2));
    let time = '';
    for (const [index, reply] of sorted.entries()) {
      const wanted = `${track}${String(first + index).padStart(8, '0')}`;
      assert.equal(reply.InvoiceNo, wanted, 'a number is missing, or used twice');
      assert(String(reply.InvoiceDate) >= time, `time goes back at ${wanted}`);
      time = String(reply.InvoiceDate);
    }
  }
}
