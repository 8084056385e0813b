/**
 * Mail through an SMTP server. What the server refused for now is tried again; what broke off after the
 * text was handed over is not: it may have arrived, and a second mail is a person's decision.
 */
import { createTransport } from 'nodemailer';
import type { Delivery, MailSender } from './ports.ts';

/** Connections to the server at once, and how long each step may take. */
const CONNECTIONS_MAX = 4;
const STEP_TIMEOUT_MS = 20_000;
/** First code of SMTP by which a server refuses for good (RFC 5321, section 4.2.1). */
const PERMANENT_CODE = 500;

export interface SmtpSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** `name <address>` or an address alone. */
  readonly from: string;
}

export function createSmtpSender({ url, from }: SmtpSettings): MailSender & { close(): void } {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
    // A mail is made of our own texts: nothing in it names a file or a URL to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html, messageId }) {
      try {
        await transport.sendMail({
          from,
          // As an object it is one address, whatever it holds.
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'delivered', note: 'taken by the mail server' };
      } catch (error) {
        return deliveryOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** What an error of the transport means; its text may hold the address and stays out. */
export function deliveryOf(error: unknown): Delivery {
  const { responseCode, command, code } = partsOf(error);
  if (responseCode !== undefined) {
    const note = `the mail server answered ${responseCode}`;
    const kind = responseCode >= PERMANENT_CODE ? 'failed' : 'refused-for-now';
    return { kind, note };
  }
  if (command === 'DATA') {
    return { kind: 'failed', note: 'cut off while sending: whether it arrived is unknown' };
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    return { kind: 'failed', note: 'not a mail that can be sent' };
  }
  return { kind: 'refused-for-now', note: `no mail server: ${code ?? 'unknown'}` };
}

function partsOf(error: unknown): {
  readonly responseCode?: number | undefined;
  readonly command?: string | undefined;
  readonly code?: string | undefined;
} {
  if (typeof error !== 'object' || error === null) return {};
  const { responseCode, command, code } = error as Readonly<Record<string, unknown>>; // any members
  return {
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
    command: typeof command === 'string' ? command : undefined,
    code: typeof code === 'string' ? code : undefined,
  };
}
