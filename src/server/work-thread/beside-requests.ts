/**
 * The work beside the requests, wherever it runs: in a thread of its own where the core can be shared, in
 * this one where a test has chosen its clock, randomness or dialects.
 */
import type { Dialect } from '../../dialects/dialect.ts';
import { dialects as allDialects } from '../../dialects/index.ts';
import type { Clock } from '../../ledger/ports.ts';
import type { Configuration } from '../configuration.ts';
import type { Core } from '../core.ts';
import type { Log } from '../log.ts';
import type { MinistryControl } from '../sandbox/sandbox.ts';
import type { Workers } from '../workers.ts';
import { openWorkThread } from './open-work.ts';

export interface BesideRequests extends Workers {
  /** Links can be made from now on. */
  setPublicUrl(url: string): void;
  close(): Promise<void>;
}

export interface BesideParts {
  readonly configuration: Configuration;
  readonly core: Core;
  readonly log: Log;
  readonly machineClock: Clock;
  readonly ministry: MinistryControl;
  readonly publicUrl: () => string;
  /** Those that a test has chosen. */
  readonly dialects: readonly Dialect[] | undefined;
  readonly onFailure: (error: unknown) => void;
}

export async function openWork(parts: BesideParts): Promise<BesideRequests> {
  const { configuration, core, log, machineClock, ministry, publicUrl, onFailure } = parts;
  const { sharing } = core;
  if (sharing === null || parts.dialects !== undefined) {
    // Only here: what a thread of its own runs, this one need not hold.
    const { composeWork } = await import('../work.ts');
    const workers = composeWork({
      ...{ configuration, core, log, publicUrl, onFailure },
      dialects: parts.dialects ?? allDialects,
      systemClock: machineClock,
      plan: () => ministry.plan(),
    });
    return { ...workers, setPublicUrl: () => {}, close: () => workers.stop() };
  }
  const { connectLedger, ...shared } = sharing;
  const thread = await openWorkThread({
    ...{ configuration, log, onFailure, ...shared },
    ledger: connectLedger(),
    crowd: core.crowd.shared,
  });
  ministry.watch((plan) => thread.setPlan(plan));
  return thread;
}
