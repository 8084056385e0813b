/**
 * Kaili refuses to start: something outside the program must be mended first. Each problem names the
 * setting or file, what was expected and how to mend it, and holds no secret. The entry point prints
 * them and exits with `EXIT_START_REFUSED`.
 */

/** A setting, a folder or a key is wrong. */
export const EXIT_START_REFUSED = 2;
/** A commit failed (EX_SOFTWARE of sysexits.h): what is on disk is known again after the next start. */
export const EXIT_COMMIT_FAILED = 70;

export interface StartProblem {
  /** The variable, file or address that is wrong. */
  readonly subject: string;
  /** What was found; never a secret. */
  readonly found: string;
  /** What was expected instead, and how to mend it. */
  readonly mend: string;
}

export class StartRefused extends Error {
  override readonly name = 'StartRefused';
  readonly problems: readonly StartProblem[];

  constructor(problems: readonly StartProblem[], options?: ErrorOptions) {
    super(problems.map(problemText).join('\n'), options);
    this.problems = problems;
  }
}

/** One line for a person: `KAILI_PORT: found "x"; expected …`. */
export function problemText(problem: StartProblem): string {
  return `${problem.subject}: ${problem.found}; ${problem.mend}`;
}

/** Throws the refusal for a single problem. */
export function refuseStart(subject: string, found: string, mend: string, cause?: unknown): never {
  throw new StartRefused([{ subject, found, mend }], cause === undefined ? undefined : { cause });
}
