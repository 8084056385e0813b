/**
 * Alarms as mail to the operator: one mail when grave alarms begin, at most one a day for what stays and for
 * lesser ones, one when all is over. What is told is remembered in memory: a restart tells again.
 */
import type { Clock } from '../ledger/ports.ts';
import type { MailSender } from './ports.ts';

/** What a mail needs to know of an alarm. */
export interface MailedAlarm {
  /** Null: of the center itself. */
  readonly seller: string | null;
  readonly code: string;
  readonly severity: 'warning' | 'critical';
  readonly count: number;
  readonly subject: string;
  readonly message: string;
  readonly hint: string;
}

export interface AlarmMailParts {
  readonly find: () => Promise<readonly MailedAlarm[]>;
  readonly mail: MailSender;
  readonly to: string;
  readonly clock: Clock;
  /** Host of message ids. */
  readonly host: string;
}

/** Pause between two mails about the same alarms, and before lesser ones are told anew. */
export const REMINDER_MS = 24 * 3_600_000;
/** Pause between two mails, whatever they tell: a flood helps nobody. */
export const MAIL_PAUSE_MS = 10 * 60_000;
const ALARMS_SHOWN_MAX = 50;

export class AlarmMailer {
  readonly #parts: AlarmMailParts;
  #told: ReadonlySet<string> = new Set();
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #triedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: AlarmMailParts) {
    this.#parts = parts;
  }

  /** Looks, and mails where there is something new to tell. */
  async round(): Promise<void> {
    const { clock, find, mail, to, host } = this.#parts;
    const nowMs = clock.now();
    // A clock that was set back counts as waited long enough.
    const pausedMs = Math.abs(nowMs - this.#triedAtMs);
    if (pausedMs < MAIL_PAUSE_MS) return;
    const alarms = await find();
    const keys = new Set(alarms.map(keyOf));
    if (!this.#isWorthMail(alarms, keys, nowMs)) return;
    this.#triedAtMs = nowMs;
    const { subject, text } = textOf(alarms);
    const messageId = `<alarm.${nowMs}@${host}>`;
    const delivery = await mail.send({ to, subject, text, html: htmlOf(text), messageId });
    if (delivery.kind === 'refused-for-now') return;
    this.#told = keys;
    this.#toldAtMs = nowMs;
  }

  #isWorthMail(alarms: readonly MailedAlarm[], keys: ReadonlySet<string>, nowMs: number): boolean {
    const isNew = (alarm: MailedAlarm): boolean => !this.#told.has(keyOf(alarm));
    if (alarms.some((alarm) => alarm.severity === 'critical' && isNew(alarm))) return true;
    if (keys.size === 0) return this.#told.size > 0;
    return Math.abs(nowMs - this.#toldAtMs) >= REMINDER_MS;
  }
}

/** The count is no part of it: one more of the same is nothing new. */
function keyOf({ seller, code, severity }: MailedAlarm): string {
  return `${seller ?? ''}/${code}/${severity}`;
}

function textOf(alarms: readonly MailedAlarm[]): { subject: string; text: string } {
  if (alarms.length === 0) {
    return { subject: 'Kaili 開立：警示已全部解除', text: '先前通知之警示皆已解除。\n' };
  }
  const critical = alarms.filter(({ severity }) => severity === 'critical').length;
  const lines = alarms.slice(0, ALARMS_SHOWN_MAX).map((alarm) => {
    const mark = alarm.severity === 'critical' ? '【嚴重】' : '【注意】';
    const whose = alarm.seller === null ? '系統' : `營業人 ${alarm.seller}`;
    return `${mark}${whose}：${alarm.message}（${alarm.count}）\n  ${alarm.subject}\n  ${alarm.hint}`;
  });
  const more = alarms.length - lines.length;
  if (more > 0) lines.push(`另有 ${more} 項，請見 /api/v1/alarms`);
  return {
    subject: `Kaili 開立：${critical} 項嚴重警示、${alarms.length - critical} 項注意`,
    text: `${lines.join('\n\n')}\n`,
  };
}

function htmlOf(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<pre>${escaped}</pre>`;
}
