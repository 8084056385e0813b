/**
 * Every rule by which an Issue is refused, in one list: the forms that its wire table fixes, ECPay's rules
 * across members, what the domain and the ledger judge, with the answer to each. Nothing is stated
 * here that another place refuses by: the list reads the very tables that do. The reference page
 * is written from it, and the sweep breaks each of its rules alone.
 */
import { ISSUE_REQUEST } from '#wire/ecpay-b2c/issue.ts';
import type { Fault, FaultCode } from '../../../domain/fault.ts';
import type { Answer } from '../fault-fields.ts';
import { type Action, answerTo, inAnswerOrder } from '../faults.ts';
import { formsOf } from '../member-forms.ts';
import {
  CALLER_RULES,
  CONTENT_RULES,
  type ContentRule,
  LEDGER_RULES,
} from './issue-content-rules.ts';
import { ITEM_RULES, MEMBER_RULES } from './issue-rules.ts';

/** Who judges: the reader of members, ECPay's rules across them, the domain, the ledger, the envelope. */
export type Judge = 'form' | 'members' | 'invoice' | 'ledger' | 'caller';

export interface ListedRule {
  /** Names the rule: judge, path of the member, fault. */
  readonly key: string;
  readonly judge: Judge;
  readonly code: FaultCode;
  /** Path of the member; a line's member stands as `Items[0].ItemName`. */
  readonly path: string;
  /** What the rule asks for. */
  readonly asks: string;
  readonly answer: Answer;
}

type Unanswered = Omit<ListedRule, 'key' | 'answer'>;

/** The action whose rules these are; the others that bear an invoice's content share them. */
export const RULES_ACTION = 'Issue' satisfies Action;

/**
 * The rules in the order in which they answer: the code of a request is that of its first fault. Who may
 * ask is judged before anything else.
 */
export const ISSUE_RULE_LIST: readonly ListedRule[] = [
  ...CALLER_RULES.map((rule) => ofContent('caller', rule)),
  ...inOrder([
    ...formsOf(ISSUE_REQUEST).map((form) => ({ judge: 'form' as const, ...form })),
    ...MEMBER_RULES.map(({ code, member: path, hint }) => ({
      ...{ judge: 'members' as const, code, path, asks: hint },
    })),
    ...ITEM_RULES.map(({ code, member, hint }) => ({
      ...{ judge: 'members' as const, code, path: `Items[0].${member}`, asks: hint },
    })),
    ...CONTENT_RULES.map((rule) => ofContent('invoice', rule)),
    ...LEDGER_RULES.map((rule) => ofContent('ledger', rule)),
  ]),
].map(listed);

function inOrder(rules: readonly Unanswered[]): readonly Unanswered[] {
  const places = new Map<Fault, Unanswered>();
  for (const rule of rules) places.set({ ...rule, message: '', hint: '' }, rule);
  return inAnswerOrder(RULES_ACTION, [...places.keys()]).flatMap((one) => places.get(one) ?? []);
}

function listed(rule: Unanswered): ListedRule {
  const { judge, code, path } = rule;
  const answer = answerTo(RULES_ACTION, rule);
  if (answer === undefined) throw new Error(`${RULES_ACTION} has no answer to ${code}`);
  return { ...rule, key: `${judge} ${path} ${code}`, answer };
}

function ofContent(judge: Judge, { code, member, asks }: ContentRule): Unanswered {
  return { judge, code, path: member, asks };
}
