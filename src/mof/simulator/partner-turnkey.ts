/**
 * The outside trading partner's own Turnkey: what a developer lays into
 * `partner/UpCast/B2BEXCHANGE/<message>/SRC` goes through the same platform as if a business outside this center had
 * sent it, and comes to its receiver here through DownCast. So a purchase can be tried: an invoice from
 * outside, its void before or after it was confirmed, an allowance.
 *
 * A file is taken once: to `BAK` with a ProcessResult beside it in the partner's `Unpack`, or to `ERR`.
 */
import { lstat, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnswerContext } from './answer-envelopes.ts';
import { GOOD, judge, store } from './judge.ts';
import {
  dayOf,
  type Layout,
  layoutOf,
  moveIfThere,
  namesIn,
  readIfThere,
  SIMULATED_MESSAGES,
  type SimulatedMessage,
  writeWhole,
} from './layout.ts';
import { checkLocally } from './local-check.ts';
import { MESSAGE_BYTES_MAX, type ReadMessage, textAt } from './read-message.ts';
import { processResultXml } from './result-xml.ts';

/** Below Turnkey's working folder. */
export const PARTNER_FOLDER = 'partner';
const FILES_PER_ROUND_MAX = 50;
const EXCHANGED = SIMULATED_MESSAGES.filter((kind) => /^[AB]/.test(kind));

/** Makes the folders, so that they are found. */
export async function makePartnerFolders(folder: string): Promise<void> {
  const partner = layoutOf(join(folder, PARTNER_FOLDER));
  for (const kind of EXCHANGED) await mkdir(partner.source(kind), { recursive: true });
}

type PartnerContext = Pick<AnswerContext, 'layout' | 'memory' | 'books' | 'isHere'>;

export async function takePartnerFiles(
  context: PartnerContext,
  folder: string,
  nowMs: number,
): Promise<void> {
  const partner = layoutOf(join(folder, PARTNER_FOLDER));
  let room = FILES_PER_ROUND_MAX;
  for (const kind of EXCHANGED) {
    for (const name of await namesIn(partner.source(kind))) {
      if (room <= 0) return;
      room -= 1;
      await takeFile(context, partner, kind, name, nowMs);
    }
  }
}

async function takeFile(
  context: PartnerContext,
  partner: Layout,
  kind: SimulatedMessage,
  name: string,
  nowMs: number,
): Promise<void> {
  const path = join(partner.source(kind), name);
  const stats = await lstat(path);
  if (!stats.isFile() || stats.size === 0) return;
  const isLarge = stats.size > MESSAGE_BYTES_MAX;
  const bytes = isLarge ? new Uint8Array() : await readFile(path);
  const message = isLarge ? 'larger than 20 MB' : checkLocally(kind, bytes);
  if (typeof message === 'string') {
    await moveIfThere(path, join(partner.done(kind, 'ERR', nowMs), name));
    return;
  }
  const code = await pass(context, message, new TextDecoder().decode(bytes), nowMs);
  const route = { seller: message.seller, envelopeId: name, message: kind, sizeBytes: stats.size };
  const result = processResultXml(route, [{ number: message.number, date: message.date, code }]);
  const results = partner.result('ProcessResult', nowMs);
  await writeWhole(context.layout, join(results, `${name}.ProcessResult`), result, nowMs);
  await moveIfThere(path, join(partner.done(kind, 'BAK', nowMs), name));
}

/** The platform's code; what is good lies in the receiver's DownCast folder. */
async function pass(
  { layout, memory, books, isHere }: PartnerContext,
  message: ReadMessage,
  xml: string,
  nowMs: number,
): Promise<string> {
  // E0110, E0111 (MOF Turnkey 3.2): only an outsider sends here, and only to somebody of this center.
  if (isHere(message.seller)) return 'E0110';
  if (!isHere(receiverOf(message))) return 'E0111';
  const incoming = `${message.kind}_${message.number}_${message.seller}.xml`;
  const path = layout.incoming(message.kind, nowMs, incoming);
  // A stop between laying it down and moving it away: it went through before.
  if ((await readIfThere(path)) === xml) return GOOD;
  const code = await judge(message, memory, { today: dayOf(nowMs), books: await books() });
  if (code !== GOOD) return code;
  await store(message, memory);
  await memory.flush(nowMs);
  await writeWhole(layout, path, xml, nowMs);
  return GOOD;
}

function receiverOf({ tree, seller }: ReadMessage): string {
  const parties = ['Main/Seller/Identifier', 'Main/Buyer/Identifier', 'SellerId', 'BuyerId'];
  return parties.map((path) => textAt(tree, path)).find((id) => id !== '' && id !== seller) ?? '';
}
