/**
 * An engine that answers nothing any more once a commit has failed: what is on disk is unknown then,
 * and only a new start, which recovers, may look at it. The flush is never tried again.
 */
import { CommitFailure } from '../ledger/ports.ts';
import type { Answer, Engine, Session, Statement } from './engine.ts';
import type { SqlValue } from './table.ts';

/** `onFailure` is told of the first failed commit, whoever asked for it. */
export function stopAfterCommitFailure(
  engine: Engine,
  onFailure: (failure: CommitFailure) => void,
): Engine {
  let failure: CommitFailure | null = null;
  const refuseAfterFailure = (): void => {
    if (failure === null) return;
    throw new CommitFailure('the store stopped after a failed commit', { cause: failure });
  };
  return {
    traits: engine.traits,
    createQueryCompiler: () => engine.createQueryCompiler(),
    createAdapter: () => engine.createAdapter(),
    async run(statement: Statement, sets: readonly (readonly SqlValue[])[]): Promise<Answer> {
      refuseAfterFailure();
      return engine.run(statement, sets);
    },
    async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
      refuseAfterFailure();
      try {
        return await engine.transaction(async (session) => {
          // It may have waited in line behind the one that failed.
          refuseAfterFailure();
          return work(session);
        });
      } catch (error) {
        if (!(error instanceof CommitFailure)) {
          refuseAfterFailure();
          throw error;
        }
        if (failure === null) onFailure(error);
        failure ??= error;
        throw error;
      }
    },
    close: () => engine.close(),
  };
}
