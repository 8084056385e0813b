/** The system's Chromium, and a server of its own for pages, with the headers that they come with. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { type Browser, chromium } from 'playwright-core';
import type { HtmlPage } from '../../src/documents/html/pages.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function openBrowser(): Promise<Browser> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  assert(
    executablePath !== undefined,
    'Chromium is missing: apt-get install chromium fonts-noto-cjk',
  );
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface PageServer {
  /** Address of a page. */
  show(page: HtmlPage): string;
  close(): Promise<void>;
}

export async function servePages(): Promise<PageServer> {
  const pages: HtmlPage[] = [];
  const server = createServer((request, response) => {
    const page = pages[Number(request.url?.slice(1))];
    response.writeHead(page?.status ?? 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': page?.contentSecurityPolicy ?? '',
    });
    response.end(page?.body ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  return {
    show(page) {
      pages.push(page);
      return `http://127.0.0.1:${address.port}/${pages.length - 1}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
