/**
 * What the clock and the journals ask for beside the requests: delayed invoices whose hour has come,
 * consents whose hours are over, notices to owe and to send. Four loops that never wait for one another,
 * in the one process that also works the outbox.
 */
import { taipeiDateTime } from '../domain/taipei.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Clock } from '../ledger/ports.ts';
import { IDLE_PAUSE_MS, Notifier, type NotifierParts } from '../notify/notifier.ts';
import type { Log } from './log.ts';

/** Delayed invoices, and consents, that one round takes. */
const ROUND_MAX = 100;

export interface NoticeWorkParts extends Omit<NotifierParts, 'log'> {
  readonly log: Log;
  /** Whether this process is the one that works. */
  readonly mayWork: () => boolean;
  /** Whether the address is known that links begin with: not before the server listens. */
  readonly isReady: () => boolean;
}

export interface NoticeWork {
  /** Ends after the rounds under way. */
  stop(): Promise<void>;
}

/** Starts the loops. */
export function startNoticeWork(parts: NoticeWorkParts): NoticeWork {
  const notifier = new Notifier(parts);
  // Whenever this process becomes the one that works, another may have been cut off.
  let isSettled = false;
  const settled = async () => {
    if (isSettled) return;
    await notifier.settleCutOff();
    isSettled = true;
  };
  const loops = [
    loop(parts, () => byTheClock(parts)),
    loop(parts, () => notifier.follow()),
    loop(parts, () => notifier.send('people'), settled),
    loop(parts, () => notifier.send('programs'), settled),
  ];
  return {
    async stop() {
      await Promise.all(loops.map((stop) => stop()));
    },
  };
}

/** Rounds one after the other, without a pause while there is something to do. */
function loop(
  { mayWork, isReady, log }: NoticeWorkParts,
  round: () => Promise<number>,
  first: () => Promise<void> = async () => {},
): () => Promise<void> {
  let isStopping = false;
  let wake = () => {};
  async function run(): Promise<void> {
    while (!isStopping) {
      let done = 0;
      if (mayWork() && isReady()) {
        try {
          await first();
          done = await round();
        } catch (error) {
          log.error({ error }, 'a round of notices failed');
        }
      }
      if (done === 0 && !isStopping) await pause();
    }
  }
  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_PAUSE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  const running = run();
  return async () => {
    isStopping = true;
    wake();
    await running;
  };
}

/** Issues delayed invoices and ends consents; answers how many it settled. */
export async function byTheClock({
  ledger,
  clock,
}: {
  readonly ledger: Ledger;
  readonly clock: Clock;
}): Promise<number> {
  const now = taipeiDateTime(clock.now());
  const system = { account: 'system', ip: '' } as const;
  const due = await ledger.reads.listDuePendingIssues(now, ROUND_MAX);
  await ledger.issuePending(
    due.map(({ seller, account, key }) => ({ ...system, seller, pending: { account, key } })),
  );
  const expired = await ledger.reads.listExpiredConsents(now, ROUND_MAX);
  await ledger.expireAllowance(
    expired.map(({ seller, number }) => ({
      ...system,
      seller,
      allowanceNumber: number,
      reason: '',
    })),
  );
  return due.length + expired.length;
}
