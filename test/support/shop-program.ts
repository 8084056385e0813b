/** A shop's own program: a real HTTP server that callbacks are posted to. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/** Keeps what is posted to it and answers what a test tells it to. */
export class ShopProgram {
  readonly forms: { readonly path: string; readonly fields: Readonly<Record<string, string>> }[] =
    [];
  /** Next answers, status and body; afterwards `1|OK`. */
  answers: (readonly [number, string])[] = [];
  url = '';
  #server: Server | null = null;

  async start(): Promise<void> {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const fields = Object.fromEntries(new URLSearchParams(body));
      this.forms.push({ path: request.url ?? '', fields });
      const [status, text] = this.answers.shift() ?? [200, '1|OK'];
      response.writeHead(status).end(text);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert(address !== null && typeof address === 'object');
    this.url = `http://127.0.0.1:${address.port}`;
    this.#server = server;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  to(path: string): readonly Readonly<Record<string, string>>[] {
    return this.forms.filter((form) => form.path === path).map(({ fields }) => fields);
  }
}
