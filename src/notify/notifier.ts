/**
 * The notifier: owes what the journals say, sends what is due. Its three loops (follow, people, programs)
 * never wait for one another, so that a program that does not answer delays no mail. On several processes
 * one of them works: whoever has the leadership.
 */
import type { NoticeKind, NoticeLane } from '../domain/notice.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { BuyerLinks, CallbackForms } from '../ledger/notice-ports.ts';
import type { Accounts, Clock, StoreDirectory } from '../ledger/ports.ts';
import type { NoticeRow } from '../ledger/rows.ts';
import { factsOf } from './facts.ts';
import { JournalFollower } from './follow-journal.ts';
import { type Message, messageOf } from './message.ts';
import { settingsOf } from './owed.ts';
import type { Delivery, Log, MailSender, Poster, SmsSender } from './ports.ts';
import { LaneMemory, sendDue, settleCutOff } from './send-due.ts';
import { isTradeSubject, tradeFactsOf } from './trade-facts.ts';
import { tradeMessageOf } from './trade-message.ts';

/** Pause between two rounds of a loop that found nothing to do. */
export const IDLE_PAUSE_MS = 500;

export interface NotifierParts {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly directory: Pick<StoreDirectory, 'readMeta' | 'writeMeta'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Null where no mail server is set up. */
  readonly mail: MailSender | null;
  /** Null where no provider is set up. */
  readonly sms: SmsSender | null;
  readonly poster: Poster;
  readonly forms: CallbackForms;
  readonly links: BuyerLinks;
  /** Host of message ids. */
  readonly host: string;
  /** Whether clients crowd the process: notices then go out in small bites. */
  readonly isCrowded: () => boolean;
}

/** What a notice says, and whether it is still worth saying; null where its document is gone. */
export async function messageFor(
  { ledger, accounts, links }: Pick<NotifierParts, 'ledger' | 'accounts' | 'links'>,
  notice: NoticeRow,
): Promise<{ readonly message: Message; readonly isOvertaken: boolean } | null> {
  const seller = accounts.seller(notice.seller);
  if (seller !== undefined && isTradeSubject(notice.subject)) {
    const told = await tradeFactsOf(ledger.reads, notice);
    if (told === null) return null;
    const settings = settingsOf(seller);
    const message = tradeMessageOf({ notice, facts: told, party: seller, settings, links });
    return message === null ? null : { message, isOvertaken: false };
  }
  const facts = await factsOf(ledger.reads, notice);
  if (seller === undefined || facts === null) return null;
  const message = messageOf({ notice, facts, seller, settings: settingsOf(seller), links });
  // Nobody is asked to agree to what was agreed to, withdrawn or over.
  const isOvertaken = notice.tag === 'consent' && facts.consent?.state !== 'waiting';
  return message === null ? null : { message, isOvertaken };
}

const OVERTAKEN: Delivery = { kind: 'failed', note: 'overtaken: there is nothing to tell now' };

export class Notifier {
  readonly #parts: NotifierParts;
  readonly #follower: JournalFollower;
  readonly #memories: Readonly<Record<NoticeLane, LaneMemory>>;

  constructor(parts: NotifierParts) {
    this.#parts = parts;
    const { clock } = parts;
    this.#memories = { people: new LaneMemory(clock), programs: new LaneMemory(clock) };
    const channels = new Set<NoticeKind>(['callback', 'webhook']);
    if (parts.mail !== null) channels.add('mail');
    if (parts.sms !== null) channels.add('sms');
    this.#follower = new JournalFollower({ ...parts, channels });
  }

  /**
   * What another run or process had begun in a lane; whenever this process becomes the one that works, before
   * its first round and not while it sends in that lane itself.
   */
  settleCutOff(lane: NoticeLane): Promise<void> {
    return settleCutOff(this.#sending(), lane, this.#memories[lane]);
  }

  /** Owes what the journals say; answers how many notices. */
  follow(): Promise<number> {
    return this.#follower.round();
  }

  /** Sends what is due of a lane; answers how many attempts, 0 where a pause is due in any case. */
  send(lane: NoticeLane): Promise<number> {
    return sendDue(this.#sending(), lane, this.#memories[lane]);
  }

  #sending() {
    const { ledger, clock, log, isCrowded } = this.#parts;
    return { ledger, clock, log, isCrowded, deliver: (notice: NoticeRow) => this.#deliver(notice) };
  }

  #deliver(notice: NoticeRow): Promise<Delivery> {
    switch (notice.kind) {
      case 'mail':
      case 'sms':
        return this.#tell(notice, notice.kind);
      case 'callback':
        return this.#callBack(notice);
      case 'webhook':
        return this.#webhook(notice);
    }
  }

  async #tell(notice: NoticeRow, kind: 'mail' | 'sms'): Promise<Delivery> {
    const { mail, sms, host } = this.#parts;
    const found = await messageFor(this.#parts, notice);
    if (found === null || found.isOvertaken) return OVERTAKEN;
    const { message } = found;
    const { recipient: to, seller, sequence } = notice;
    if (kind === 'sms') {
      return sms === null
        ? { kind: 'failed', note: 'no text message provider is set up (KAILI_SMS_URL)' }
        : sms.send({ to, text: message.short });
    }
    if (mail === null) {
      return { kind: 'failed', note: 'no mail server is set up (KAILI_SMTP_URL)' };
    }
    const { subject, text, html } = message;
    return mail.send({ to, subject, text, html, messageId: `<${seller}.${sequence}@${host}>` });
  }

  async #callBack(notice: NoticeRow): Promise<Delivery> {
    const { forms, poster } = this.#parts;
    const form = await forms.formOf(notice);
    if (form === null) return OVERTAKEN;
    const reply = await poster.post({
      url: notice.recipient,
      contentType: 'application/x-www-form-urlencoded; charset=utf-8',
      body: new URLSearchParams(form.fields).toString(),
    });
    if (reply.kind === 'unanswered') {
      return { kind: reply.isFinal ? 'failed' : 'refused-for-now', note: reply.note };
    }
    const { status, text } = reply;
    if (form.isAccepted(status, text)) {
      return { kind: 'delivered', note: text.trim() === '1|OK' ? '1|OK' : `HTTP ${status}` };
    }
    const isRedirect = status >= 300 && status < 400;
    const why = isRedirect ? 'a redirect is not followed' : 'without 1|OK';
    return { kind: 'refused-for-now', note: `HTTP ${status}, ${why}` };
  }

  async #webhook(notice: NoticeRow): Promise<Delivery> {
    const { seller, sequence, tag, subject, createdAt, recipient } = notice;
    const reply = await this.#parts.poster.post({
      url: recipient,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify({ seller, notice: sequence, tag, subject, createdAt }),
    });
    if (reply.kind === 'unanswered') {
      return { kind: reply.isFinal ? 'failed' : 'refused-for-now', note: reply.note };
    }
    const isTaken = reply.status >= 200 && reply.status < 300;
    return { kind: isTaken ? 'delivered' : 'refused-for-now', note: `HTTP ${reply.status}` };
  }
}
