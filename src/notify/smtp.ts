/**
 * Mail through an SMTP server. What the server refused for now is tried again; what broke off after the
 * text was handed over is not: it may have arrived, and a second mail is a person's decision.
 */
import type { Delivery, MailSender } from './ports.ts';

/** How long each step of a delivery may take. */
const STEP_TIMEOUT_MS = 20_000;
/** First code of SMTP by which a server refuses for good (RFC 5321, section 4.2.1). */
const PERMANENT_CODE = 500;
/** The command after which a server has, or may have, the mail (RFC 5321, section 3.3). */
const HAND_OVER = 'DATA';

export interface SmtpSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** `name <address>` or an address alone. */
  readonly from: string;
}

/**
 * A connection a mail: only then its errors are this mail's alone. How far it came is read from the
 * transport's own log, since its errors do not tell whether the text had been handed over.
 */
export function createSmtpSender({ url, from }: SmtpSettings): MailSender {
  return {
    async send({ to, subject, text, html, messageId }) {
      let isHandedOver = false;
      // Read at the first mail: it is large, and the sandbox sends none.
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({
        url,
        connectionTimeout: STEP_TIMEOUT_MS,
        greetingTimeout: STEP_TIMEOUT_MS,
        socketTimeout: STEP_TIMEOUT_MS,
        // A mail is made of our own texts: nothing in it names a file or a URL to fetch.
        disableFileAccess: true,
        disableUrlAccess: true,
        debug: true,
        logger: watching((command) => {
          if (command === HAND_OVER) isHandedOver = true;
        }),
      });
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
        return deliveryOf(error, isHandedOver);
      } finally {
        transport.close();
      }
    },
  };
}

/** A log that tells each command and keeps nothing. */
function watching(onCommand: (command: unknown) => void) {
  const nothing = () => undefined;
  return {
    level: nothing,
    trace: nothing,
    debug: (_entry: unknown, message: unknown) => onCommand(message),
    info: nothing,
    warn: nothing,
    error: nothing,
    fatal: nothing,
  };
}

/** What an error of the transport means; its text may hold the address and stays out. */
function deliveryOf(error: unknown, isHandedOver: boolean): Delivery {
  const { responseCode, code } = partsOf(error);
  if (responseCode !== undefined) {
    const note = `the mail server answered ${responseCode}`;
    const kind = responseCode >= PERMANENT_CODE ? 'failed' : 'refused-for-now';
    return { kind, note };
  }
  if (isHandedOver) {
    return { kind: 'failed', note: 'cut off while sending: whether it arrived is unknown' };
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    return { kind: 'failed', note: 'not a mail that can be sent' };
  }
  return { kind: 'refused-for-now', note: `no mail server: ${code ?? 'unknown'}` };
}

function partsOf(error: unknown): {
  readonly responseCode?: number | undefined;
  readonly code?: string | undefined;
} {
  if (typeof error !== 'object' || error === null) return {};
  const { responseCode, code } = error as Readonly<Record<string, unknown>>; // any members
  return {
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
    code: typeof code === 'string' ? code : undefined,
  };
}
