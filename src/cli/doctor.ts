/**
 * `kaili doctor`: looks at everything that issuing and filing depend on, says what is wrong and how to mend
 * it, and ends with a code for scripts: 0 all well, 1 something to look at, 2 something broken. It changes
 * nothing but a probe file in Turnkey's folders, and may run beside the server.
 */
import { findEveryAlarm } from '../api/alarms.ts';
import type { Ubn } from '../domain/ubn.ts';
import { systemClock } from '../server/clock.ts';
import { readConfiguration } from '../server/configuration.ts';
import { openSandboxClock } from '../server/sandbox/sandbox.ts';
import { StartRefused } from '../server/start-refused.ts';
import {
  checkClock,
  checkDisk,
  checkFolders,
  checkVersions,
  type Finding,
} from './doctor-checks.ts';
import type { CommandIo } from './input.ts';
import { CommandProblem } from './input.ts';
import { withSession } from './session.ts';

const MARKS = { ok: '✓', warning: '!', broken: '✗' } as const;

export async function doctor(io: CommandIo): Promise<number> {
  const findings: Finding[] = [];
  const tell = (...found: readonly Finding[]): void => {
    for (const finding of found) {
      findings.push(finding);
      io.print(`${MARKS[finding.grade]} ${finding.subject}: ${finding.found}`);
      if (finding.mend !== '') io.print(`    ${finding.mend}`);
    }
  };
  tell(...checkVersions());
  try {
    const configuration = readConfiguration(io.environment);
    for (const variable of configuration.unknownVariables) {
      const mend = 'it means nothing to Kaili: a misspelling?';
      tell({ grade: 'warning', subject: variable, found: 'is set', mend });
    }
    const data = await checkData(io);
    tell(
      ...(await checkDisk(configuration)),
      ...(await checkFolders(configuration, systemClock.now(), data.sellers)),
      ...data.findings,
    );
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    tell(...refusals(error));
  }
  return verdict(findings, io);
}

function refusals({ problems }: StartRefused): readonly Finding[] {
  return problems.map(({ subject, found, mend }) => ({ grade: 'broken', subject, found, mend }));
}

function verdict(findings: readonly Finding[], io: CommandIo): number {
  const broken = findings.filter(({ grade }) => grade === 'broken').length;
  const warnings = findings.filter(({ grade }) => grade === 'warning').length;
  io.print(
    broken + warnings === 0
      ? 'all is well'
      : `${broken} broken, ${warnings} to look at, of ${findings.length} checks`,
  );
  if (broken > 0) return 2;
  return warnings > 0 ? 1 : 0;
}

interface DataFindings {
  /** None where the data cannot be read. */
  readonly sellers: readonly { readonly ubn: Ubn }[];
  readonly findings: readonly Finding[];
}

/** The store, its key, the clock beside the last entry, and every alarm that the ledger gives rise to. */
async function checkData(io: CommandIo): Promise<DataFindings> {
  try {
    return await withSession(io, { mayCreate: false }, async (session) => {
      const { store, configuration } = session;
      await session.secretBox();
      const isSandbox = configuration.mode === 'sandbox';
      const clock = isSandbox ? await openSandboxClock(store, systemClock) : systemClock;
      const sellers = await store.directory.listSellers();
      const found = { grade: 'ok', subject: 'data', found: `${store.engine}, readable` } as const;
      const findings: Finding[] = [{ ...found, mend: '' }];
      if (sellers.length === 0) {
        const mend = 'add one: kaili seller add --file seller.json';
        findings.push({ grade: 'warning', subject: 'sellers', found: 'there is none', mend });
      }
      findings.push(...(await checkClock(store.reads, clock, sellers)));
      const alarms = await findEveryAlarm(store.reads, clock, sellers, []);
      for (const { seller, severity, code, count, subject, message, hint } of alarms) {
        findings.push({
          grade: severity === 'critical' ? 'broken' : 'warning',
          subject: `${seller} ${code}`,
          found: `${message} (${count}) ${subject}`,
          mend: hint,
        });
      }
      return { sellers, findings };
    });
  } catch (error) {
    if (error instanceof StartRefused) return { sellers: [], findings: refusals(error) };
    if (!(error instanceof CommandProblem)) throw error;
    const mend = 'see the text above';
    const broken = { grade: 'broken', subject: 'data', found: error.message, mend } as const;
    return { sellers: [], findings: [broken] };
  }
}
