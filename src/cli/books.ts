/** `kaili book add`: takes in a number book that the Ministry allotted, cut into segments. */
import { z } from 'zod';
import { parseTrack } from '../domain/invoice-number.ts';
import { POSITION_MAX } from '../domain/number-book.ts';
import { parsePeriod } from '../domain/period.ts';
import { createLedger } from '../ledger/create.ts';
import type { ImportBookCommand } from '../ledger/ledger.ts';
import { systemClock } from '../server/clock.ts';
import { systemRandom } from '../server/random.ts';
import { openSandboxClock } from '../server/sandbox/sandbox.ts';
import { type CommandIo, CommandProblem, readInput } from './input.ts';
import { ubnMember } from './sellers.ts';
import { withSession } from './session.ts';

const position = z.int().min(0).max(POSITION_MAX);

const bookDocument = z.strictObject({
  seller: ubnMember,
  period: z.string().transform((text, context) => {
    const period = parsePeriod(text);
    if (period !== undefined) return period;
    context.addIssue('ROC year and even month, e.g. 11512');
    return z.NEVER;
  }),
  track: z.string().transform((text, context) => {
    const track = parseTrack(text);
    if (track !== undefined) return track;
    context.addIssue('two capitals');
    return z.NEVER;
  }),
  first: position,
  last: position,
  invoiceType: z.enum(['07', '08']).default('07'),
  segments: z
    .array(
      z.strictObject({
        first: position,
        last: position,
        code: z.string().max(10).default(''),
        category: z.enum(['b2c', 'b2b', 'pos', 'systemlead', 'any']),
        allotter: z.enum(['center', 'merchant']).default('center'),
      }),
    )
    .default([]),
});

export async function addBook(file: string, io: CommandIo): Promise<number> {
  const document = await readInput(file, bookDocument, io);
  const command: ImportBookCommand = { ...document, account: 'system', ip: '', source: 'manual' };
  return withSession(io, { mayCreate: false }, async ({ store, secretBox, configuration }) => {
    // Refuses data of the other mode before anything is written.
    await secretBox();
    const isSandbox = configuration.mode === 'sandbox';
    const clock = isSandbox ? await openSandboxClock(store, systemClock) : systemClock;
    const ledger = createLedger({ store, clock, random: systemRandom });
    const [outcome] = await ledger.importBook([command]);
    if (outcome?.ok !== true) {
      const faults = outcome?.faults.map(({ code, path, hint }) => `- ${code} ${path}: ${hint}`);
      throw new CommandProblem(`the book was refused:\n${faults?.join('\n') ?? ''}`);
    }
    io.print(`book ${command.track} ${command.first}–${command.last} of ${command.period} is in`);
    return 0;
  });
}
