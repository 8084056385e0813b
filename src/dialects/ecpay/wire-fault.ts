/**
 * A fault with what the request log may say of it: what was expected and, where it cannot be personal
 * data, what came.
 */
import { type Fault, type FaultCode, fault } from '../../domain/fault.ts';

export interface WireFault extends Fault {
  readonly expected?: string;
  readonly got?: string;
}

/** A fault of one member; `path` is its wire name, e.g. `Items[2].ItemName`. */
export function wireFault(
  code: FaultCode,
  path: string,
  expected: string,
  got: string,
  hint: string,
): WireFault {
  return { ...fault(code, path, hint), expected, got };
}

/** What may be said of a text that could be personal data: its length. */
export function lengthOf(text: string): string {
  return `text of ${text.length} characters`;
}
