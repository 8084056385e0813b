/**
 * `/sandbox/inbox`: the mails and text messages that the sandbox kept instead of sending, newest first:
 * JSON for programs, a plain page for a browser. Made again from the ledger each time it is looked at; mails
 * to the operator are kept beside it and stand first.
 */
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../api/error.ts';
import { showTime } from '../../api/show.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { BuyerLinks } from '../../ledger/notice-ports.ts';
import type { Accounts } from '../../ledger/ports.ts';
import { escapeHtml } from '../../notify/message.ts';
import { messageFor } from '../../notify/notifier.ts';
import { localAuthority } from '../api-plugin.ts';
import type { OperatorInbox } from './operator-inbox.ts';

/** Messages shown at most. */
export const INBOX_MESSAGES_MAX = 100;

export interface InboxParts {
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly links: BuyerLinks;
  readonly operator: OperatorInbox;
}

interface InboxMessage {
  /** '' and 0: a mail to the operator. */
  readonly seller: string;
  readonly sequence: number;
  readonly at: string;
  readonly kind: string;
  readonly tag: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Addresses in it, as a test wants to follow them. */
  readonly links: readonly string[];
}

export function addInboxRoutes(http: FastifyInstance, parts: InboxParts): void {
  void http.register(async (scope) => {
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof ApiError)) throw error;
      return reply.code(error.status).send(error.body);
    });
    scope.get('/sandbox/inbox', async (request, reply) => {
      localAuthority(request);
      reply.header('cache-control', 'no-store');
      const items = await messages(parts);
      if (!(request.headers.accept ?? '').includes('text/html')) return { items };
      reply.header('content-type', 'text/html; charset=utf-8');
      // A mail's HTML is shown as its text: nothing of it runs here.
      reply.header('content-security-policy', "default-src 'none'");
      return page(items);
    });
  });
}

async function messages(parts: InboxParts): Promise<readonly InboxMessage[]> {
  const filter = { kinds: ['mail', 'sms'], states: ['sent'] } as const;
  const { items } = await parts.ledger.reads.listNotices(filter, 0, INBOX_MESSAGES_MAX);
  const found: InboxMessage[] = parts.operator.mails.map(({ at, to, subject, text, html }) => ({
    ...{ seller: '', sequence: 0, at: showTime(at), kind: 'mail', tag: 'alarm' },
    ...{ to, subject, text, html, links: [] },
  }));
  for (const notice of items) {
    const made = await messageFor(parts, notice);
    if (made === null) continue;
    const { subject, text, html, short } = made.message;
    const isMail = notice.kind === 'mail';
    const shown = isMail ? { subject, text, html } : { subject: '', text: short, html: '' };
    found.push({
      seller: notice.seller,
      sequence: notice.sequence,
      at: showTime(notice.settledAt ?? notice.createdAt),
      kind: notice.kind,
      tag: notice.tag,
      to: notice.recipient,
      ...shown,
      links: [...new Set(shown.text.match(/https?:\/\/\S+/g) ?? [])],
    });
  }
  return found;
}

function page(items: readonly InboxMessage[]): string {
  const list = items.map(({ at, to, kind, subject, text, links }) => {
    const anchors = links.map(
      (link) => `<li><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></li>`,
    );
    return `<article><h2>${escapeHtml(subject || text)}</h2><p>${escapeHtml(at)} ${escapeHtml(kind)} ${escapeHtml(to)}</p><pre>${escapeHtml(text)}</pre><ul>${anchors.join('')}</ul></article>`;
  });
  return `<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>Inbox</title></head><body><h1>收件匣 Inbox</h1>${list.join('') || '<p>尚無信件 Nothing yet</p>'}</body></html>`;
}
