/** The platform's daily SummaryResult, made on demand from what was answered that day. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TaipeiDate } from '../../domain/taipei.ts';
import { summaryPath } from './answer-envelopes.ts';
import { type Layout, readIfThere, writeWhole } from './layout.ts';
import { type SummaryDetail, summaryResultXml } from './result-xml.ts';

/** Messages named in one summary file; a day with more gives several files. */
const SUMMARY_MESSAGES_MAX = 20_000;

/** Writes the summaries of a day, one or more a seller; answers how many files. */
export async function summarizeDay(
  layout: Layout,
  date: TaipeiDate,
  nowMs: number,
): Promise<number> {
  const day = date.replaceAll('-', '');
  const path = summaryPath(layout, day);
  if ((await readIfThere(path)) === null) return 0;
  const bySeller = new Map<string, Map<string, SummaryDetail>>();
  let files = 0;
  const write = async (seller: string) => {
    const details = [...(bySeller.get(seller)?.values() ?? [])];
    bySeller.delete(seller);
    files += 1;
    const name = `${seller}-${seller}-0000000000-0000000000-${day}-${files}.SummaryResult`;
    const target = join(layout.result('SummaryResult', nowMs), name);
    await writeWhole(layout, target, summaryResultXml(seller, details), nowMs);
  };
  for await (const line of createInterface({ input: createReadStream(path) })) {
    // Written by `keepForSummary`; an envelope answered twice around a restart counts once.
    const detail = JSON.parse(line) as SummaryDetail;
    const { seller, envelopeId } = detail.route;
    const details = bySeller.get(seller) ?? new Map<string, SummaryDetail>();
    bySeller.set(seller, details.set(envelopeId, detail));
    const messages = [...details.values()].reduce((sum, { answers }) => sum + answers.length, 0);
    if (messages >= SUMMARY_MESSAGES_MAX) await write(seller);
  }
  for (const seller of [...bySeller.keys()].sort()) await write(seller);
  return files;
}
