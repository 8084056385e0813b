/**
 * What the notifier is given in this server: mail by SMTP or, in the sandbox, kept instead of sent; text
 * messages likewise; callbacks to the public internet only, in the sandbox anywhere; the dialects' forms.
 */
import type { Dialect, DialectContext } from '../dialects/dialect.ts';
import type { BuyerLinks, CallbackForms } from '../ledger/notice-ports.ts';
import { createPoster } from '../notify/guarded-post.ts';
import type { Delivery, MailSender, SmsSender } from '../notify/ports.ts';
import { createSmsSender } from '../notify/sms.ts';
import { createSmtpSender } from '../notify/smtp.ts';
import type { Configuration } from './configuration.ts';
import { CONSENT_PATH } from './consent-routes.ts';
import type { WorkCore } from './core.ts';
import type { NoticeWorkParts } from './notice-work.ts';

const KEPT: Delivery = { kind: 'delivered', note: 'kept in the sandbox’s inbox' };
/** The sandbox sends nothing: what would have gone out is read at /sandbox/inbox. */
const inbox: MailSender & SmsSender = { send: () => Promise.resolve(KEPT) };

export interface NoticePartsOf {
  readonly configuration: Configuration;
  readonly core: WorkCore;
  readonly dialects: readonly Dialect[];
  readonly context: DialectContext;
}

/** Addresses of a buyer's pages. */
export function buyerLinks(context: Pick<DialectContext, 'publicUrl' | 'documents'>): BuyerLinks {
  return {
    invoiceLink: (content) => context.documents.buyerLink(content),
    consentLink: (token) => `${context.publicUrl}${CONSENT_PATH}/${token}`,
  };
}

/** Everything but who may work and where to log. */
export function noticeParts({
  configuration,
  core,
  dialects,
  context,
}: NoticePartsOf): Omit<NoticeWorkParts, 'log' | 'mayWork'> {
  const isSandbox = configuration.mode === 'sandbox';
  const { smtp, sms } = configuration;
  const smtpSender = smtp === null || isSandbox ? null : createSmtpSender(smtp);
  const smsSender = sms === null || isSandbox ? null : createSmsSender(sms);
  return {
    ledger: core.ledger,
    accounts: core.accounts,
    directory: core.store.directory,
    clock: core.clock,
    mail: isSandbox ? inbox : smtpSender,
    sms: isSandbox ? inbox : smsSender,
    poster: createPoster({ isAnywhereAllowed: isSandbox }),
    forms: callbackForms(dialects, context),
    links: buyerLinks(context),
    host: hostOf(configuration.publicUrl),
    isReady: () => context.publicUrl !== '',
    isCrowded: () => core.crowd.isCrowded(),
  };
}

/** A callback's form is made by the dialect of the account that is told. */
function callbackForms(dialects: readonly Dialect[], context: DialectContext): CallbackForms {
  return {
    async formOf(notice) {
      const name = notice.account.slice(0, notice.account.indexOf(':'));
      const dialect = dialects.find((one) => one.name === name);
      return (await dialect?.callbackForm?.(notice, context)) ?? null;
    },
  };
}

/** Host of message ids. */
export function hostOf(publicUrl: string | null): string {
  return publicUrl === null ? 'kaili.invalid' : new URL(publicUrl).hostname;
}
