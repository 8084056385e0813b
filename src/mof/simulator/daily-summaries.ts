/**
 * Sends the SummaryResult of each day once the day is over, by the simulated clock. A day that was summarised is
 * marked beside what was answered on it, so that a restart does not send it again.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaipeiDate } from '../../domain/taipei.ts';
import { dayOf, type Layout, writeWhole } from './layout.ts';
import { summarizeDay } from './summarize.ts';

export class DailySummaries {
  readonly #layout: Layout;
  /** The day on which everything before it was summarised. */
  #doneOn = '';

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  async pass(nowMs: number): Promise<void> {
    const today = dayOf(nowMs);
    if (this.#doneOn === today) return;
    const folder = join(this.#layout.memory, 'answered');
    const names = new Set(await namesIn(folder));
    for (const name of [...names].sort()) {
      const day = /^(\d{8})\.jsonl$/.exec(name)?.[1];
      if (day === undefined || day >= today || names.has(`${day}.summarised`)) continue;
      // The name of a file that was made from a day.
      const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` as TaipeiDate;
      await summarizeDay(this.#layout, date, nowMs);
      await writeWhole(this.#layout, join(folder, `${day}.summarised`), '', nowMs);
    }
    this.#doneOn = today;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
