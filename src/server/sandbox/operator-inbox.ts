/**
 * The operator's mails that the sandbox kept instead of sending. Alarms are derived and never stored, so
 * these mails live as long as the process.
 */
import { type TaipeiDateTime, taipeiDateTime } from '../../domain/taipei.ts';
import type { Clock } from '../../ledger/ports.ts';
import type { Delivery, Mail, MailSender } from '../../notify/ports.ts';

/** Mails kept; older ones are forgotten. */
export const OPERATOR_MAILS_MAX = 50;

export interface KeptMail extends Pick<Mail, 'to' | 'subject' | 'text' | 'html'> {
  readonly at: TaipeiDateTime;
}

export class OperatorInbox implements MailSender {
  readonly #clock: Clock;
  #mails: readonly KeptMail[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Newest first. */
  get mails(): readonly KeptMail[] {
    return this.#mails;
  }

  send({ to, subject, text, html }: Mail): Promise<Delivery> {
    const at = taipeiDateTime(this.#clock.now());
    this.#mails = [{ at, to, subject, text, html }, ...this.#mails].slice(0, OPERATOR_MAILS_MAX);
    return Promise.resolve({ kind: 'delivered', note: 'kept in the sandbox’s inbox' });
  }

  clear(): void {
    this.#mails = [];
  }
}
