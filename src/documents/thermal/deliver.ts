/**
 * Sends a job to a printer over TCP (port 9100, raw). Answers what is known of the paper: printed; to be
 * sent again, because it cannot have come out whole; or unsure, because all was sent and nothing came
 * back. Never throws, and never takes longer than its limits.
 */
import { connect, type Socket } from 'node:net';
import { ASK_STATUS } from './escpos.ts';

export interface PrinterAddress {
  readonly host: string;
  readonly port: number;
  /** Whether it answers status requests: asked before a job, and after it. */
  readonly answersStatus: boolean;
}

export type Delivery =
  | { readonly kind: 'printed' }
  | { readonly kind: 'again'; readonly reason: string }
  | { readonly kind: 'unsure'; readonly reason: string };

export interface DeliveryLimits {
  readonly connectMs: number;
  /** Without any byte moving. */
  readonly stallMs: number;
  /** For a status answer; the last one comes when the paper is out. */
  readonly answerMs: number;
  /** For a printer that does not answer to close the connection, or to fail. */
  readonly graceMs: number;
}
export const DELIVERY_LIMITS: DeliveryLimits = {
  connectMs: 5_000,
  stallMs: 60_000,
  answerMs: 60_000,
  graceMs: 3_000,
};

/** Paper sensor status: both bits of the end sensor. */
const PAPER_END_BITS = 0x0c;

/** Sends one job on a connection of its own. */
export async function deliver(
  job: Uint8Array,
  printer: PrinterAddress,
  limits: DeliveryLimits = DELIVERY_LIMITS,
): Promise<Delivery> {
  const link = new PrinterLink(printer, limits);
  try {
    const opened = await link.open();
    if (opened !== '') return { kind: 'again', reason: opened };
    if (printer.answersStatus) {
      const ready = await link.ask();
      if (typeof ready === 'string') return { kind: 'again', reason: ready };
      if ((ready & PAPER_END_BITS) !== 0) return { kind: 'again', reason: 'no paper' };
    }
    const sent = await link.send(job);
    if (sent !== '') return { kind: 'again', reason: sent };
    if (!printer.answersStatus) {
      const ended = await link.finish();
      return ended === '' ? { kind: 'printed' } : { kind: 'unsure', reason: ended };
    }
    // The job ends with the same question: its answer comes after the last line was printed.
    const answer = await link.answer();
    if (typeof answer === 'string') return { kind: 'unsure', reason: answer };
    return (answer & PAPER_END_BITS) === 0
      ? { kind: 'printed' }
      : { kind: 'unsure', reason: 'the paper ended while it was printed' };
  } finally {
    link.close();
  }
}

/** One connection: its events as answers in turn. '' means that all went well. */
class PrinterLink {
  readonly #limits: DeliveryLimits;
  readonly #printer: PrinterAddress;
  #socket: Socket | null = null;
  readonly #received: number[] = [];
  #failure = '';
  #isEnded = false;
  #wake: () => void = () => {};

  constructor(printer: PrinterAddress, limits: DeliveryLimits) {
    this.#printer = printer;
    this.#limits = limits;
  }

  async open(): Promise<string> {
    const { host, port } = this.#printer;
    // A printer may close its side early and go on reading.
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    this.#socket = socket;
    socket.on('data', (bytes) => {
      for (const byte of Buffer.from(bytes)) this.#received.push(byte);
      this.#wake();
    });
    socket.on('end', () => {
      this.#isEnded = true;
      this.#wake();
    });
    socket.on('error', (error) => this.#fail('code' in error ? String(error.code) : error.name));
    socket.on('close', () => this.#fail('the printer closed the connection'));
    socket.on('connect', () => this.#wake());
    const isOpen = () => socket.readyState === 'open';
    return this.#until(isOpen, this.#limits.connectMs, 'the printer cannot be reached');
  }

  /** Asks for the status and waits for it. */
  async ask(): Promise<number | string> {
    const sent = await this.send(Uint8Array.from(ASK_STATUS));
    return sent === '' ? this.answer() : sent;
  }

  /** The next byte that the printer says. */
  async answer(): Promise<number | string> {
    const isThere = () => this.#received.length > 0;
    const waited = await this.#until(isThere, this.#limits.answerMs, 'no answer', true);
    return this.#received.shift() ?? waited;
  }

  /** Hands all bytes to the network; a slow printer may take as long as it moves. */
  async send(bytes: Uint8Array): Promise<string> {
    const socket = this.#socket;
    if (socket === null) return 'not connected';
    let isSent = false;
    let isStalled = false;
    socket.setTimeout(this.#limits.stallMs, () => {
      isStalled = true;
      this.#wake();
    });
    socket.write(bytes, (error) => {
      isSent = error === undefined || error === null;
      this.#wake();
    });
    const problem = await this.#until(() => isSent || isStalled, Number.POSITIVE_INFINITY, '');
    socket.setTimeout(0);
    if (isSent) return '';
    return isStalled ? 'the printer stopped taking the job' : problem;
  }

  /** Closes our side and waits a moment, in which a printer that lost the job would say so. */
  async finish(): Promise<string> {
    this.#socket?.end();
    const failed = await this.#until(() => this.#isEnded, this.#limits.graceMs, 'silent');
    return failed === 'silent' ? '' : failed;
  }

  close(): void {
    this.#socket?.destroy();
  }

  #fail(reason: string): void {
    if (this.#failure === '') this.#failure = reason;
    this.#wake();
  }

  /** Waits for a condition, a failure or the time; '' when the condition came. */
  async #until(
    isReached: () => boolean,
    withinMs: number,
    tooLate: string,
    endsWithTheirSide = false,
  ): Promise<string> {
    const late = Promise.withResolvers<'late'>();
    const timer = Number.isFinite(withinMs)
      ? setTimeout(() => late.resolve('late'), withinMs)
      : null;
    try {
      for (;;) {
        if (isReached()) return '';
        if (this.#failure !== '') return this.#failure;
        if (endsWithTheirSide && this.#isEnded) return 'the printer closed its side';
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        if ((await Promise.race([promise, late.promise])) === 'late') return tooLate;
      }
    } finally {
      if (timer !== null) clearTimeout(timer);
    }
  }
}
