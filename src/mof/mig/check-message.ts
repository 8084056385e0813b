/**
 * Checks a message's value by its table and its rules, and writes the file of one that nothing speaks
 * against. Whatever is composed passes here, so nothing that the Ministry would refuse becomes a file.
 */
import type { HoldReason } from '../../domain/invoice.ts';
import { checkTable } from './check-table.ts';
import { SOURCE_RULES } from './message-rules.ts';
import type { MessageTable, MessageValue } from './message-table.ts';
import type { Rule } from './rules/rule.ts';
import { MESSAGE_BYTES_MAX } from './types.ts';
import { writeMessage } from './write-message.ts';

export interface MessageProblem {
  /** Id of the table rule or of the rule beyond the schema (docs/reference/mig.md). */
  readonly rule: string;
  /** Path of the element below the root; '' for the message as a whole. */
  readonly element: string;
  /** For a clerk; holds no personal data. */
  readonly text: string;
  /** Why the filing is to be held. */
  readonly hold: HoldReason;
}

export type ComposedMessage =
  | { readonly ok: true; readonly xml: string }
  | { readonly ok: false; readonly problems: readonly MessageProblem[] };

/** Everything that speaks against a value, by table and rules. */
export function checkMessage<Value extends MessageValue>(
  table: MessageTable,
  value: Value,
  rules: readonly Rule<Value>[],
): readonly MessageProblem[] {
  const problems: MessageProblem[] = checkTable(table, value).map((problem) => ({
    ...problem,
    hold: 'would-be-refused',
  }));
  for (const rule of rules) {
    for (const finding of rule.find(value)) {
      const got = finding.got === '' ? '' : `（實際：${finding.got}）`;
      problems.push({
        rule: rule.id,
        element: finding.element,
        text: `${rule.text}${got}`,
        hold: finding.hold ?? 'would-be-refused',
      });
    }
  }
  return problems;
}

/** The file of a value that nothing speaks against, unless it is too large for the gateway. */
export function writeChecked(table: MessageTable, value: MessageValue): ComposedMessage {
  const xml = writeMessage(table, value);
  return isLarge(xml) ? refusedAs('KAILI-11', '') : { ok: true, xml };
}

/** Whether a file would be larger than the gateway takes. A unit of text is at most three bytes. */
function isLarge(xml: string): boolean {
  return (
    xml.length * 3 > MESSAGE_BYTES_MAX && new TextEncoder().encode(xml).length > MESSAGE_BYTES_MAX
  );
}

/** Checks and writes in one: the file, or everything that speaks against it. */
export function composeValue<Value extends MessageValue>(
  table: MessageTable,
  value: Value,
  rules: readonly Rule<Value>[],
): ComposedMessage {
  const problems = checkMessage(table, value, rules);
  return problems.length > 0 ? { ok: false, problems } : writeChecked(table, value);
}

export function refusedAs(rule: keyof typeof SOURCE_RULES, element: string): ComposedMessage {
  return {
    ok: false,
    problems: [{ rule, element, text: SOURCE_RULES[rule], hold: 'would-be-refused' }],
  };
}
