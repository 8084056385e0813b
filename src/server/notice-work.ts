/**
 * What the clock and the journals ask for beside the requests: delayed invoices whose hour has come,
 * consents whose hours are over, notices to owe and to send. Four loops that never wait for one another,
 * in the one process that also works the outbox.
 */
import type { NoticeLane } from '../domain/notice.ts';
import { IDLE_PAUSE_MS, Notifier, type NotifierParts } from '../notify/notifier.ts';
import { ClockWork } from './clock-work.ts';
import type { Log } from './log.ts';

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
  const clockWork = new ClockWork(parts);
  // Any loop may be the one that sees the leadership lost: those that send are long under way at times.
  let term = 0;
  const mayWork = () => {
    const isMine = parts.mayWork();
    if (!isMine) term += 1;
    return isMine;
  };
  const watched = { ...parts, mayWork };
  /** A lane's rounds; before the first one of a term, what another process may have left half sent. */
  const sender = (lane: NoticeLane) => {
    let settledTerm = -1;
    return async () => {
      const current = term;
      if (settledTerm !== current) await notifier.settleCutOff(lane);
      settledTerm = current;
      return notifier.send(lane);
    };
  };
  const loops = [
    loop(watched, () => clockWork.round()),
    loop(watched, () => notifier.follow()),
    loop(watched, sender('people')),
    loop(watched, sender('programs')),
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
): () => Promise<void> {
  let isStopping = false;
  let wake = () => {};
  async function run(): Promise<void> {
    while (!isStopping) {
      let done = 0;
      if (mayWork() && isReady()) {
        try {
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
