/** `kaili book add`: takes in a number book that the Ministry allotted, cut into segments. */
import { readBookDocument } from '../api/set-up.ts';
import { createLedger } from '../ledger/create.ts';
import type { ImportBookCommand } from '../ledger/ledger.ts';
import { systemClock } from '../server/clock.ts';
import { systemRandom } from '../server/random.ts';
import { openSandboxClock } from '../server/sandbox/sandbox.ts';
import { type CommandIo, CommandProblem, readInput } from './input.ts';
import { withSession } from './session.ts';

export async function addBook(file: string, io: CommandIo): Promise<number> {
  const document = await readInput(file, readBookDocument, io);
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
