/**
 * setMachine: registers a machine 機台 that issues by itself, changes its remark, or takes it away. Once it
 * has tracks, whatever they served, it stays as it is (ECPay offline API, OfflineMerchantPosSetting).
 */
import { done, type Fault, fault, type Outcome, refused } from '../domain/fault.ts';
import type { Batch } from './batch.ts';
import { contentHash } from './journal.ts';
import type { SetMachineCommand } from './ledger.ts';
import type { MachineRow } from './rows.ts';
import type { Verb } from './verb.ts';

export const setMachine: Verb<SetMachineCommand, MachineRow> = { name: 'setMachine', apply };

async function apply(
  batch: Batch,
  commands: readonly SetMachineCommand[],
): Promise<readonly Outcome<MachineRow>[]> {
  const { transaction } = batch;
  const outcomes: Outcome<MachineRow>[] = [];
  // One by one: a later command of the batch sees what an earlier one did. Machines are few.
  for (const command of commands) {
    const { seller, id, remark } = command;
    const [known] = await transaction.findMachines([{ seller, id }]);
    const problem = await whyNot(batch, command, known);
    if (problem !== null) {
      outcomes.push(refused(problem));
      continue;
    }
    const row: MachineRow = { seller, id, remark, createdAt: known?.createdAt ?? batch.now };
    if (command.change === 'add') await transaction.insertMachines([row]);
    else if (command.change === 'edit') await transaction.saveMachines([row]);
    else await transaction.deleteMachines([row]);
    const hash = contentHash(JSON.stringify({ change: command.change, remark }));
    batch.append(seller, setMachine.name, command.account, `machine/${id}`, hash);
    outcomes.push(done(row));
  }
  return outcomes;
}

async function whyNot(
  batch: Batch,
  { seller, change, id }: SetMachineCommand,
  known: MachineRow | undefined,
): Promise<Fault | null> {
  if (change === 'add') {
    if (known === undefined) return null;
    return fault('MACHINE_KNOWN', 'id', 'a machine of this id is registered');
  }
  if (known === undefined) return fault('MACHINE_NOT_FOUND', 'id', 'register it first');
  const tracks = await batch.transaction.findSegmentsOfCode(seller, 'pos', id);
  if (tracks.length === 0) return null;
  return fault('MACHINE_HAS_TRACKS', 'id', 'a machine with tracks stays as it is');
}
