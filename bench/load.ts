/**
 * The load: a process of its own that sends Issue requests over kept connections, each as soon as the
 * last one was answered. Requests are encrypted and laid out as bytes beforehand and replies are barely
 * looked at, so that the machine's time goes to the server. Asked and answered by messages.
 */
import { connect, type Socket } from 'node:net';
import { encrypt, envelope, MERCHANT_A, STYLES } from '../test/support/ecpay-bytes.ts';
import { order } from '../test/support/ecpay-orders.ts';

export interface LoadQuestion {
  readonly url: string;
  readonly connections: number;
  readonly requests: number;
  /** Begins every RelateNumber of this load. */
  readonly run: string;
}

export interface LoadAnswer {
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Bytes of `\r\n\r\n` between a reply's head and its body. */
const HEAD_END = Buffer.from('\r\n\r\n');

function requestBytes(url: URL, run: string, n: number): Buffer {
  const text = STYLES.php(
    JSON.stringify({ MerchantID: MERCHANT_A.id, ...order(run, 0), RelateNumber: `${run}-${n}` }),
  );
  const body = envelope({
    merchant: MERCHANT_A,
    data: encrypt(text, MERCHANT_A),
    header: { Revision: '3.0.0' },
  });
  const head = [
    'POST /B2CInvoice/Issue HTTP/1.1',
    `Host: ${url.host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Length of the first whole reply in the bytes; 0 while it is not whole. Throws on a failure. */
function replyLength(bytes: Buffer): number {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return 0;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
  const end = headEnd + HEAD_END.length + length;
  if (bytes.length < end) return 0;
  const isAccepted = head.startsWith('HTTP/1.1 200') && bytes.includes('"TransCode":1,');
  if (!isAccepted) throw new Error(bytes.toString());
  return end;
}

/** One client: sends what `next` gives until it gives nothing, and tells each answer's time. */
function client(socket: Socket, next: () => Buffer | undefined, tell: (ms: number) => void) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let received: Buffer = Buffer.alloc(0);
  let sentAt = 0;
  const send = (): void => {
    const request = next();
    if (request === undefined) {
      socket.end();
      resolve();
      return;
    }
    sentAt = performance.now();
    socket.write(request);
  };
  socket.setNoDelay(true);
  socket.on('error', reject);
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    try {
      if (replyLength(received) === 0) return;
    } catch (error) {
      reject(error);
      return;
    }
    received = Buffer.alloc(0);
    tell(performance.now() - sentAt);
    send();
  });
  socket.on('connect', send);
  return promise;
}

async function load(question: LoadQuestion): Promise<LoadAnswer> {
  const url = new URL(question.url);
  const { requests, run } = question;
  const bodies = Array.from({ length: requests }, (_, n) => requestBytes(url, run, n));
  const times = new Float64Array(requests);
  let sent = 0;
  let answered = 0;
  const next = (): Buffer | undefined => {
    sent += 1;
    return bodies[sent - 1];
  };
  const tell = (ms: number): void => {
    times[answered] = ms;
    answered += 1;
  };
  const start = performance.now();
  const clients = Array.from({ length: question.connections }, () =>
    client(connect(Number(url.port), url.hostname), next, tell),
  );
  await Promise.all(clients);
  const seconds = (performance.now() - start) / 1000;
  times.sort();
  return { seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

function percentile(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

process.on('message', (question: LoadQuestion) => {
  load(question).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
