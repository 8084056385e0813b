/**
 * The documents in the server: the parts they need, the pages behind `/i/…`, and the printers' jobs. In the
 * sandbox, where no printer is set up, a job lands as a picture in the data folder, to be looked at.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { DocumentsParts } from '../documents/create.ts';
import { layout } from '../documents/layout/layout.ts';
import { LINK_PREFIX } from '../documents/links.ts';
import type { Paper } from '../documents/paper.ts';
import { png } from '../documents/png.ts';
import { rasterise } from '../documents/raster.ts';
import { serveLink } from '../documents/serve-link.ts';
import { type Delivery, deliver } from '../documents/thermal/deliver.ts';
import { escPos } from '../documents/thermal/escpos.ts';
import { createPrintWorker } from '../documents/thermal/print-worker.ts';
import type { PrinterRow, PrintRow } from '../ledger/rows.ts';
import type { Configuration } from './configuration.ts';
import type { Core } from './core.ts';
import type { Log } from './log.ts';
import { qrKeysOf } from './qr-keys.ts';
import { repeat } from './repeat.ts';

/** How soon a queued job goes to its printer. */
const PRINT_LOOK_MS = 500;
/** Where the sandbox keeps what a printer would have got, within the data folder. */
export const PRINTS_FOLDER = 'prints';
const PICTURE_DOTS_PER_MM = 8;

export function documentsParts(
  core: Pick<Core, 'servedLedger' | 'accounts' | 'clock' | 'secretBox'>,
  isTest: boolean,
  publicUrl: () => string,
): DocumentsParts {
  const { servedLedger: ledger, accounts, clock, secretBox } = core;
  const linkKey = secretBox.keyFor('links');
  return { ledger, accounts, keys: qrKeysOf(accounts), clock, linkKey, publicUrl, isTest };
}

/** Buyer's and print pages: signed addresses, one visitor's own, kept by no cache. */
export function addDocumentRoutes(http: FastifyInstance, parts: DocumentsParts): void {
  http.get(`${LINK_PREFIX}*`, async (request, reply) => {
    const { lang } = request.query as { lang?: unknown };
    const page = await serveLink(parts, {
      path: request.url.split('?')[0] ?? '',
      language: typeof lang === 'string' ? lang : undefined,
      acceptLanguage: request.headers['accept-language'],
    });
    return reply
      .code(page.status)
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': page.contentSecurityPolicy,
        'cache-control': 'private, no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        vary: 'accept-language',
      })
      .send(page.body);
  });
}

/** Works off the printers' jobs until it is stopped. */
export function startPrints(
  core: Core,
  { mode, dataFolder }: Configuration,
  log: Log,
): () => Promise<void> {
  const { servedLedger: ledger, accounts, clock, store } = core;
  let printers: readonly PrinterRow[] = [];
  const isTest = mode === 'sandbox';
  const worker = createPrintWorker({
    ledger,
    accounts,
    keys: qrKeysOf(accounts),
    clock,
    isTest,
    printerOf: (seller, code) =>
      printers.find((printer) => printer.seller === seller && printer.code === code) ?? null,
    async deliver(paper, print, printer) {
      if (printer !== null) return deliver(escPos(paper, shapeOf(printer)), printer);
      if (!isTest) return { kind: 'again', reason: `no printer ${print.printer} is set up` };
      return keepPicture(join(dataFolder, PRINTS_FOLDER), paper, print);
    },
    onProblem: (error) => log.error({ error }, 'a print job failed unexpectedly'),
  });
  return repeat(PRINT_LOOK_MS, log, async () => {
    printers = await store.directory.listPrinters();
    await worker.tick();
  });
}

function shapeOf({ roll, dpi, hasCutter }: PrinterRow) {
  return { roll: roll === 80 ? 80 : 58, dpi: dpi === 300 ? 300 : 203, hasCutter } as const;
}

/** `prints/<seller>-<number>-<sequence>-<strip>.png`. */
async function keepPicture(folder: string, paper: Paper, print: PrintRow): Promise<Delivery> {
  await mkdir(folder, { recursive: true });
  for (const [index, page] of layout(paper).entries()) {
    const name = `${print.seller}-${print.number}-${print.sequence}-${index + 1}.png`;
    const picture = png(rasterise(page, PICTURE_DOTS_PER_MM), PICTURE_DOTS_PER_MM);
    await writeFile(join(folder, name), picture);
  }
  return { kind: 'printed' };
}
