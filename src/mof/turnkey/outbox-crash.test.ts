/**
 * The process dies before, in the middle of, or after any step that leaves a trace, with Turnkey running
 * on meanwhile or not. Whatever happens, each message reaches Turnkey exactly once and is confirmed.
 *
 * Fault model: a step is not done at all; or it is done and nobody learns of it; or (writing a file) half
 * of it is done. After it nothing more happens until a new process starts over the same data.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertMessagesValid, messageFiles } from '../../../test/support/message-files.ts';
import { MofHouse } from '../../../test/support/mof-house.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { diskFiles, type FileSystem, FlushFailure } from './file-system.ts';
import { FILED_MESSAGES } from './folders.ts';
import type { OutboxLimits } from './outbox-context.ts';

type Death = 'before' | 'after' | 'torn';

class Killed extends Error {
  override readonly name = 'Killed';
}

/** Numbers of the invoices in all envelopes that Turnkey ever packed: one for each time it took a file. */
function packedNumbers(folder: string): readonly string[] {
  const packed = join(folder, 'Pack', 'BAK');
  return globSync('*/*/*', { cwd: packed }).flatMap((path) =>
    [...readFileSync(join(packed, path), 'utf8').matchAll(/<InvoiceNumber>(\w+)</g)].map(
      ([, number]) => number ?? '',
    ),
  );
}

/** Counts steps, and dies at one of them; the dead do nothing more. */
class Fate {
  #steps = 0;
  readonly #at: number;
  readonly #death: Death;

  constructor(at: number, death: Death) {
    this.#at = at;
    this.#death = death;
  }

  get isDead(): boolean {
    return this.#steps >= this.#at;
  }

  async step<T>(run: () => Promise<T>, torn?: () => Promise<unknown>): Promise<T> {
    if (this.isDead) throw new Killed();
    this.#steps += 1;
    if (!this.isDead) return run();
    if (this.#death === 'after') await run();
    if (this.#death === 'torn') await torn?.();
    throw new Killed();
  }

  files(): FileSystem {
    return {
      makeFolder: (path) => diskFiles.makeFolder(path),
      list: (folder) => this.#look(() => diskFiles.list(folder)),
      facts: (path) => this.#look(() => diskFiles.facts(path)),
      read: (path, bytesMax) => this.#look(() => diskFiles.read(path, bytesMax)),
      write: (path, bytes) =>
        this.step(
          () => diskFiles.write(path, bytes),
          () => diskFiles.write(path, bytes.slice(0, bytes.length / 2)),
        ),
      rename: (from, to) => this.step(() => diskFiles.rename(from, to)),
      syncFolder: (path) => this.step(() => diskFiles.syncFolder(path)),
      remove: (path) => diskFiles.remove(path),
    };
  }

  ledger(ledger: Ledger): Ledger {
    return {
      ...ledger,
      recordResult: (commands) => this.step(() => ledger.recordResult(commands)),
      holdFiling: (commands) => this.step(() => ledger.holdFiling(commands)),
      releaseFiling: (commands) => this.step(() => ledger.releaseFiling(commands)),
    };
  }

  async #look<T>(run: () => Promise<T>): Promise<T> {
    if (this.isDead) throw new Killed();
    return run();
  }
}

/** Probes of the folders at the start write a file each; after those come the steps of the ticks. */
const STEPS_BEFORE_TICKS = FILED_MESSAGES.length;

interface Course {
  readonly death: Death;
  readonly isTurnkeyRunning: boolean;
  /** Filings of one life, and the outbox's limits. */
  readonly filings: number;
  readonly limits: Partial<OutboxLimits>;
  /** From one death to the next. */
  readonly stepsApart: number;
  readonly stepsMax: number;
}

/** Lives that each die a little later than the one before, until one is over before it would have died. */
async function dieAgainAndAgain(at: MofHouse, course: Course): Promise<void> {
  const { death, isTurnkeyRunning, limits, stepsApart, stepsMax } = course;
  const numbers: string[] = [];
  let step = STEPS_BEFORE_TICKS + 1;
  for (; step < stepsMax; step += stepsApart) {
    numbers.push(...(await at.issue(course.filings)).map(({ number }) => number));
    const fate = new Fate(step, death);
    await at.startOutbox({ files: fate.files(), ledger: fate.ledger(at.ledger), limits });
    for (let ticks = 0; ticks < 3 && !fate.isDead; ticks += 1) {
      await at.outbox.tick();
      // Turnkey takes what is there; the platform's answer comes a second later.
      if (isTurnkeyRunning || !fate.isDead) await at.simulator.tick();
      if (!fate.isDead) at.clock.advanceMs(1000);
    }
    await at.startOutbox();
    for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
    const states = new Set(await at.states());
    assert.deepEqual(states, new Set(['F0401 confirmed']), `died ${death} step ${step}`);
    const packed = packedNumbers(at.folder).toSorted();
    assert.deepEqual(packed, numbers.toSorted(), `died ${death} step ${step}`);
    if (!fate.isDead) break;
  }
  assert(step > STEPS_BEFORE_TICKS + 5 * stepsApart, 'too few steps were tried');
  assert(step < stepsMax, 'a run had more steps than were tried');
  assert.equal(await assertMessagesValid(messageFiles(at.folder)), numbers.length);
}

for (const death of ['before', 'after', 'torn'] as const) {
  for (const isTurnkeyRunning of [true, false]) {
    const meanwhile = isTurnkeyRunning ? 'Turnkey goes on' : 'Turnkey stands still';
    test(`dying ${death} any step while ${meanwhile} neither loses nor doubles a message`, async (t) => {
      const at = await MofHouse.open();
      t.after(() => at.close());
      await at.startSimulator();
      const course = { death, isTurnkeyRunning, filings: 2, limits: {} };
      await dieAgainAndAgain(at, { ...course, stepsApart: 1, stepsMax: 60 });
    });
  }

  test(`dying ${death} a step while four groups are under way neither loses nor doubles`, async (t) => {
    const at = await MofHouse.open();
    t.after(() => at.close());
    await at.startSimulator();
    const course = { death, isTurnkeyRunning: death !== 'torn', stepsApart: 3, stepsMax: 120 };
    await dieAgainAndAgain(at, { ...course, filings: 9, limits: { handOverAtOnceMax: 2 } });
  });
}

test('after a failed flush the outbox stops for good and says so', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  let isBroken = false;
  const files: FileSystem = {
    ...diskFiles,
    async syncFolder(path) {
      if (isBroken) throw new FlushFailure('the device is gone');
      await diskFiles.syncFolder(path);
    },
  };
  const outbox = await at.startOutbox({ files });
  isBroken = true;
  await at.issueOne();
  await outbox.tick();
  await assert.rejects(outbox.failure, FlushFailure);
  await at.issueOne();
  await outbox.tick();
  assert.deepEqual(await at.states(), ['F0401 handed', 'F0401 ready']);
  // The next process looks where the file is before it writes again.
  await at.startOutbox();
  await at.outbox.tick();
  assert.equal(messageFiles(at.folder).length, 2);
});

test('a full disk delays messages and loses none', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.startSimulator();
  let room = Number.POSITIVE_INFINITY;
  const files: FileSystem = {
    ...diskFiles,
    async write(path, bytes) {
      room -= 1;
      if (room < 0) {
        await diskFiles.write(path, bytes.slice(0, 10));
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      }
      await diskFiles.write(path, bytes);
    },
  };
  await at.startOutbox({ files });
  const issued = await at.issue(20);
  room = 7;
  await at.outbox.tick();
  await at.simulator.tick();
  assert.equal(at.outbox.status().failedSteps, 1);
  room = Number.POSITIVE_INFINITY;
  for (let rounds = 0; rounds < 2; rounds += 1) await at.round();
  assert.deepEqual(new Set(await at.states()), new Set(['F0401 confirmed']));
  const numbers = issued.map(({ number }) => number);
  assert.deepEqual(packedNumbers(at.folder).toSorted(), numbers.toSorted());
});
