/**
 * The log: JSON, one line an event, to standard output through an asynchronous destination, because
 * it is written once per request. Nothing here reads request bodies; facts pass through `redact.ts`.
 */
import pino from 'pino';
import { systemClock } from './clock.ts';
import type { LogLevel } from './configuration.ts';
import { redact, redactText } from './redact.ts';

/**
 * Lines are written together: as many as make this, or what there is after a moment. Anything that a person
 * should see is written at once, with all that came before it.
 */
const WRITE_CHARACTERS_MIN = 16_384;
const WRITE_PAUSE_MS = 100;
const FLUSH_MS_MAX = 2_000;

/** The message of a request's line. */
export const REQUEST = 'request';

/** One a request; all members plain and free of what must not be told. */
export interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  readonly facts: unknown;
}

export interface Log {
  /** What is less than this is not written. */
  readonly level: LogLevel;
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  fatal(facts: object, message: string): void;
  /** The line of a request that went well, made without a look at its members. Reads as `info` would have written it. */
  request(line: RequestLine): void;
  /** Writes a whole line that another thread's log has made. */
  relay(line: string): void;
  /** Resolves when every line is written; before the process ends. */
  flush(): Promise<void>;
  /** The same at once, where nothing can be waited for any more. */
  flushNow(): void;
}

/** Where log lines go besides standard output: a test collects them. */
export interface LogDestination {
  write(line: string): void;
}

export function createLog(level: LogLevel, destination?: LogDestination): Log {
  const lines =
    destination === undefined
      ? gathered(pino.destination({ fd: 1, sync: false }))
      : writtenAtOnce(destination);
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: errorFacts, err: errorFacts },
    },
    lines,
  );
  const isInfo = logger.isLevelEnabled('info');
  return {
    level,
    debug: (facts, message) => logger.debug(facts, message),
    info: (facts, message) => logger.info(facts, message),
    warn(facts, message) {
      logger.warn(facts, message);
      lines.flush();
    },
    error(facts, message) {
      logger.error(facts, message);
      lines.flush();
    },
    fatal(facts, message) {
      logger.fatal(facts, message);
      lines.flush();
    },
    request({ requestId, method, path, status, durationMs, facts }) {
      if (!isInfo) return;
      const line = {
        level: 'info',
        time: time(),
        requestId,
        method,
        path,
        status,
        durationMs,
        facts,
        msg: REQUEST,
      };
      lines.write(`${JSON.stringify(line)}\n`);
    },
    relay: (line) => void lines.write(line),
    flush: () => lines.flushed(),
    flushNow: () => lines.flushSync(),
  };
}

let toldMs = 0;
let toldTime = '';
/** The machine's time in ISO 8601; many lines are of one millisecond. */
function time(): string {
  const now = systemClock.now();
  if (now !== toldMs) {
    toldMs = now;
    toldTime = new Date(now).toISOString();
  }
  return toldTime;
}

/** A destination that may hold lines back for a moment. */
interface Lines extends LogDestination {
  /** Begins to write what is held. */
  flush(): void;
  flushSync(): void;
  /** Resolves when everything is written. */
  flushed(): Promise<void>;
}

function writtenAtOnce(destination: LogDestination): Lines {
  return {
    write: (line) => destination.write(line),
    flush() {},
    flushSync() {},
    async flushed() {},
  };
}

/** Kept in a list and joined once: the output itself would measure all that it holds at every line. */
function gathered(output: ReturnType<typeof pino.destination>): Lines {
  let held: string[] = [];
  let characters = 0;
  const pass = (): void => {
    if (held.length === 0) return;
    const text = held.join('');
    held = [];
    characters = 0;
    output.write(text);
  };
  setInterval(pass, WRITE_PAUSE_MS).unref();
  return {
    write(line) {
      held.push(line);
      characters += line.length;
      if (characters >= WRITE_CHARACTERS_MIN) pass();
    },
    flush: pass,
    flushSync() {
      pass();
      output.flushSync();
    },
    async flushed() {
      pass();
      // A reader that does not read must not keep the process from ending.
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, FLUSH_MS_MAX);
      output.flush(() => resolve());
      await promise;
      clearTimeout(timer);
    },
  };
}

/** An error's name, text and stack with its causes; other members may hold statements and values. */
function errorFacts(value: unknown): unknown {
  if (!(value instanceof Error)) return redact(value);
  return {
    name: value.name,
    message: redactText(value.message),
    stack: redactText(value.stack ?? ''),
    ...('code' in value && typeof value.code === 'string' ? { code: value.code } : {}),
    ...(value.cause === undefined ? {} : { cause: errorFacts(value.cause) }),
  };
}
