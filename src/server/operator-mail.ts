/**
 * The operator's mail in this server: looks for alarms again and again, in the one process that also works
 * the outbox, and mails what is new. By SMTP; in the sandbox into its inbox.
 */
import type { OwnedAlarm } from '../api/alarms.ts';
import type { Clock } from '../ledger/ports.ts';
import { AlarmMailer } from '../notify/alarm-mail.ts';
import type { MailSender } from '../notify/ports.ts';
import { createSmtpSender } from '../notify/smtp.ts';
import type { Configuration } from './configuration.ts';
import type { Log } from './log.ts';
import { hostOf } from './notice-parts.ts';
import { repeat } from './repeat.ts';

/** Pause between two looks; what a look finds may be remembered by whoever finds it. */
export const OPERATOR_LOOK_MS = 2_000;

export interface OperatorMailParts {
  readonly configuration: Pick<Configuration, 'operatorMail' | 'smtp' | 'publicUrl'>;
  readonly find: () => Promise<readonly OwnedAlarm[]>;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this process is the one that works. */
  readonly mayWork: () => boolean;
  /** Where mails go in the sandbox; null: to the mail server. */
  readonly inbox: MailSender | null;
}

export interface OperatorMail {
  look(): Promise<void>;
}

/** Null without an address, or without anything that carries mail. */
export function createOperatorMail(parts: OperatorMailParts): OperatorMail | null {
  const { configuration, find, clock, log, mayWork, inbox } = parts;
  const { operatorMail: to, smtp } = configuration;
  if (to === null) return null;
  const sender = inbox ?? (smtp === null ? null : createSmtpSender(smtp));
  if (sender === null) return null;
  const mailer = new AlarmMailer({
    ...{ find, to, clock },
    host: hostOf(configuration.publicUrl),
    mail: {
      async send(mail) {
        const delivery = await sender.send(mail);
        // Nobody can be told by mail that mails do not arrive.
        if (delivery.kind !== 'delivered') {
          log.error({ note: delivery.note }, 'the mail about alarms did not go out');
        }
        return delivery;
      },
    },
  });
  return {
    async look() {
      if (mayWork()) await mailer.round();
    },
  };
}

/** Looks again and again; answers how to stop. */
export function startOperatorMail(parts: OperatorMailParts): () => Promise<void> {
  const operatorMail = createOperatorMail(parts);
  if (operatorMail === null) return async () => {};
  return repeat(OPERATOR_LOOK_MS, parts.log, () => operatorMail.look());
}
