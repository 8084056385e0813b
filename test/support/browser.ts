/** The system's Chromium, and a server of its own for pages, with the headers that they come with. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
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

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What the accessibility check finds wrong with a page that is shown. */
export async function violations(shown: Page): Promise<readonly string[]> {
  await shown.evaluate(AXE);
  const found = await shown.evaluate('axe.run()');
  // axe's own result: only what it calls a violation is looked at.
  const { violations: list } = found as {
    violations: readonly { id: string; nodes: readonly { html: string }[] }[];
  };
  return list.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
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
