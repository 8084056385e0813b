/**
 * A thermal printer behind a real TCP port: takes jobs, answers status requests when it has "printed"
 * what came before them, and can be as awkward as printers are.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { readEscPos } from './escpos-paper.ts';

export type PrinterManner =
  | 'well'
  /** Reads a little at a time. */
  | 'slow'
  /** Closes its side at once and reads nothing more. */
  | 'half-closed'
  /** Closes its side at once, but prints. */
  | 'half-closed-printing'
  /** Resets the connection in the middle of the job. */
  | 'breaks-midway'
  /** Prints the job, and never says so. */
  | 'silent-after'
  /** Says that it has no paper. */
  | 'no-paper';

const SLOW_BYTES = 4_096;
const SLOW_PAUSE_MS = 2;
const BREAK_AT_BYTES = 5_000;
const NO_PAPER = 0x0c;

export interface ThermalPrinter {
  readonly port: number;
  manner: PrinterManner;
  /** Everything of each connection on which something came whole onto paper. */
  readonly jobs: Uint8Array[];
  connections: number;
  close(): Promise<void>;
}

export async function startThermalPrinter(manner: PrinterManner = 'well'): Promise<ThermalPrinter> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    printer.connections += 1;
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    serve(printer, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  const printer: ThermalPrinter = {
    port: address.port,
    manner,
    jobs: [],
    connections: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return printer;
}

function serve(printer: ThermalPrinter, socket: Socket): void {
  const { manner } = printer;
  if (manner === 'half-closed') {
    socket.end();
    socket.pause();
    return;
  }
  if (manner === 'half-closed-printing') socket.end();
  let bytes = new Uint8Array();
  let answered = 0;
  let at = -1;
  socket.on('data', (chunk) => {
    bytes = new Uint8Array(Buffer.concat([bytes, Buffer.from(chunk)]));
    if (manner === 'slow') throttle(socket, chunk.length);
    if (manner === 'breaks-midway' && bytes.length > BREAK_AT_BYTES) {
      socket.resetAndDestroy();
      return;
    }
    const job = readEscPos(bytes);
    const isWhole = job.unfinished === 0 && job.strips.length > 0;
    if (isWhole) {
      if (at < 0) at = printer.jobs.length;
      printer.jobs[at] = bytes;
    }
    for (; answered < job.statusAsked; answered += 1) {
      if (manner === 'silent-after' && isWhole) break;
      if (socket.writable) socket.write(Uint8Array.of(manner === 'no-paper' ? NO_PAPER : 0));
    }
  });
  socket.on('end', () => socket.end());
}

function throttle(socket: Socket, length: number): void {
  socket.pause();
  setTimeout(() => socket.resume(), Math.ceil(length / SLOW_BYTES) * SLOW_PAUSE_MS);
}
