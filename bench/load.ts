/**
 * The load: a process of its own that sends Issue requests over kept connections, each as soon as the
 * last one was answered. Requests are encrypted and laid out as bytes beforehand and replies are barely
 * looked at, so that the machine's time goes to the server. Asked and answered by messages.
 */
import { connect } from 'node:net';
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

/** Between a reply's head and its body. */
const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('\r\ncontent-length: ');
const STATUS = Buffer.from('HTTP/1.1 200');
const SUCCESS = Buffer.from('"TransCode":1,');
/** A reply of `Issue` is less than a kilobyte. */
const REPLY_BYTES_MAX = 16_384;

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

/** Whether the bytes are a whole reply. Throws on a failure. */
function isWhole(bytes: Buffer): boolean {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return false;
  const at = bytes.indexOf(LENGTH);
  const length = Number(bytes.toString('latin1', at + LENGTH.length, bytes.indexOf(13, at + 2)));
  if (at < 0 || bytes.length < headEnd + HEAD_END.length + length) return false;
  const isAccepted = bytes.indexOf(STATUS) === 0 && bytes.indexOf(SUCCESS, headEnd) > 0;
  if (!isAccepted) throw new Error(bytes.toString());
  return true;
}

/**
 * One client: sends what `next` gives until it gives nothing, and tells each answer's time. Reads into
 * memory of its own, without a stream: what the load takes of the machine, the server lacks.
 */
function client(url: URL, next: () => Buffer | undefined, tell: (ms: number) => void) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const received = Buffer.alloc(REPLY_BYTES_MAX);
  let length = 0;
  let sentAt = 0;
  const socket = connect({
    port: Number(url.port),
    host: url.hostname,
    noDelay: true,
    onread: {
      buffer: Buffer.alloc(REPLY_BYTES_MAX),
      callback(count, chunk) {
        length += Buffer.from(chunk.buffer, chunk.byteOffset, count).copy(received, length);
        try {
          if (!isWhole(received.subarray(0, length))) return true;
        } catch (error) {
          reject(error);
          return false;
        }
        length = 0;
        tell(performance.now() - sentAt);
        send();
        return true;
      },
    },
  });
  function send(): void {
    const request = next();
    if (request === undefined) {
      socket.end();
      resolve();
      return;
    }
    sentAt = performance.now();
    socket.write(request);
  }
  socket.on('error', reject);
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
  const clients = Array.from({ length: question.connections }, () => client(url, next, tell));
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
