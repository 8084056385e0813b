/**
 * A whole Kaili in this process, on a free port and with a data folder of its own, and calls to it over
 * real HTTP. What is read from JSON replies goes through the schema that describes them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { errorView } from '../../src/api/views.ts';
import { readConfiguration } from '../../src/server/configuration.ts';
import { createLog } from '../../src/server/log.ts';
import { type ServerParts, startServer } from '../../src/server/start.ts';
import { noteWritten } from './written-messages.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface Served {
  readonly url: string;
  /** Every line of its log. */
  readonly lines: string[];
  call(path: string, init?: RequestInit): Promise<Reply>;
  /** The body of a 200, as its schema reads it. */
  read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>>;
  /** Sends headers that `fetch` would not let through; answers the status. */
  raw(
    path: string,
    method: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<number>;
  stop(): Promise<void>;
}

export async function startServed(
  environment: Readonly<Record<string, string>> = {},
  parts: Omit<ServerParts, 'log'> = {},
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-served-'));
  const configuration = readConfiguration({
    KAILI_DATA_DIR: join(folder, 'data'),
    KAILI_PORT: '0',
    ...environment,
  });
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const server = await startServer(configuration, { ...parts, log });
  async function call(path: string, init: RequestInit = {}): Promise<Reply> {
    const reply = await fetch(`${server.url}${path}`, init);
    return { status: reply.status, text: await reply.text() };
  }
  return {
    url: server.url,
    lines,
    call,
    async read(path, schema) {
      const { status, text } = await call(path);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
      return schema.parse(JSON.parse(text));
    },
    raw: (path, method, headers, body = '') => sendRaw(server.url, path, method, headers, body),
    async stop() {
      await server.close();
      await noteWritten(configuration.turnkeyFolder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The error that a reply of the native API or the sandbox holds, and nothing besides. */
export function errorOf(reply: Reply): z.output<typeof errorView> {
  return z.strictObject(errorView.shape).parse(JSON.parse(reply.text));
}

function sendRaw(
  url: string,
  path: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (reply) => {
      reply.resume();
      reply.on('end', () => resolve(reply.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
