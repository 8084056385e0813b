/**
 * The notifier over a real ledger, a real SMTP server and real HTTP: owed by the journal once, sent once,
 * tried again with pauses, never sent a second time by accident.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import {
  type DelayHouse,
  delayed,
  issueOf,
  MERCHANT,
  withDelayHouse,
} from '../../test/support/delayed-invoices.ts';
import { accepted, allowanceDraft, SELLER_A } from '../../test/support/demo.ts';
import { onEveryEngine } from '../../test/support/engines.ts';
import { notices, partsOf } from '../../test/support/notifier-parts.ts';
import { type SmtpAnswer, startSmtpServer } from '../../test/support/smtp-server.ts';
import { Notifier } from './notifier.ts';
import { CROWDED_SENDS_AT_ONCE } from './send-due.ts';
import { createSmtpSender } from './smtp.ts';

const { ubn: seller } = SELLER_A;

async function shop(answers: readonly [number, string][]) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [status, text] = answers[Math.min(bodies.length, answers.length - 1)] ?? [200, ''];
    bodies.push(body);
    response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/cb`, bodies, close };
}

onEveryEngine((open) => {
  const house = (claim: (opened: DelayHouse) => Promise<void>) => withDelayHouse(open, claim);

  test('what happens to an invoice is told to its buyer, each event once', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const { number } = accepted((await ledger.issue([issueOf('SHOP')]))[0]);
      const mailed = { kind: 'E', email: 'a@example.com;b@example.com', phone: '' } as const;
      const draft = allowanceDraft(10, { notify: mailed });
      await ledger.allow([{ ...MERCHANT, number, draft }]);
      await ledger.allow([{ ...MERCHANT, number, draft: allowanceDraft(10) }]);
      const notifier = new Notifier(partsOf(opened));
      assert.equal(await notifier.follow(), 3);
      assert.equal(await notifier.follow(), 0);
      // A notifier that starts again reads on where the last one stopped.
      assert.equal(await new Notifier(partsOf(opened)).follow(), 0);
      await opened.store.directory.writeMeta(`noticed/${seller}`, '0');
      await new Notifier(partsOf(opened)).follow();
      assert.deepEqual(
        (await notices(opened)).map(({ tag, recipient }) => [tag, recipient]),
        [
          ['issued', 'buyer@example.com'],
          ['allowed', 'a@example.com'],
          ['allowed', 'b@example.com'],
        ],
      );
      assert.equal(await notifier.send('people'), 3);
      assert.equal(await notifier.send('people'), 0);
    }));

  test('a seller’s settings decide who is told; the block list holds for everybody', () =>
    house(async (opened) => {
      await opened.ledger.issue([issueOf('SHOP')]);
      const notices = {
        buyerMail: ['issued'],
        buyerSms: ['issued'],
        sellerMail: ['issued'],
        language: 'en',
        allow: [],
        block: ['buyer@example.com'],
      } as const;
      const kept = { kind: 'delivered', note: '' } as const;
      const sms = { send: async () => kept };
      const notifier = new Notifier(partsOf(opened, { seller: { notices }, sms }));
      await notifier.follow();
      const told = (await opened.ledger.reads.listNotices({ seller }, 0, 9)).items;
      assert.deepEqual(
        told.map(({ kind, audience, recipient }) => `${kind} ${audience} ${recipient}`).sort(),
        ['mail seller shop-a@example.com', 'sms buyer 0911222333'],
      );
    }));

  test('a channel that is not set up is owed nothing by itself, and fails on request', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const { number, period } = accepted((await ledger.issue([issueOf('SHOP')]))[0]);
      const notifier = new Notifier(partsOf(opened, { mail: null }));
      assert.equal(await notifier.follow(), 0);
      const subject = `invoice/${period}/${number}/1`;
      const asked = { kind: 'mail', tag: 'issued', audience: 'buyer', subject } as const;
      await ledger.notify([
        { ...MERCHANT, ...asked, recipient: 'a@example.com', event: 'asked', isAgain: true },
      ]);
      await notifier.send('people');
      const [notice] = await notices(opened);
      assert.deepEqual(
        [notice?.state, notice?.result],
        ['failed', 'no mail server is set up (KAILI_SMTP_URL)'],
      );
    }));

  test('a callback is posted until 1|OK, with growing pauses, and then never again', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      const program = await shop([
        [500, 'no'],
        [200, '0|not yet'],
        [200, '1|OK'],
      ]);
      const now = { mode: 'trigger', delayDays: 0, callbackUrl: program.url } as const;
      await ledger.schedule([delayed('A', now)]);
      await ledger.trigger([{ ...MERCHANT, key: 'A' }]);
      const notifier = new Notifier(partsOf(opened));
      assert.equal(await notifier.send('programs'), 1);
      assert.equal(await notifier.send('programs'), 0);
      clock.advanceMs(4_999);
      assert.equal(await notifier.send('programs'), 0);
      clock.advanceMs(1_001);
      assert.equal(await notifier.send('programs'), 1);
      clock.advanceMs(15_000);
      assert.equal(await notifier.send('programs'), 1);
      clock.advanceMs(86_400_000);
      assert.equal(await notifier.send('programs'), 0);
      const [notice] = await notices(opened);
      assert.deepEqual([notice?.state, notice?.attempts, notice?.result], ['sent', 3, '1|OK']);
      assert.equal(program.bodies.length, 3);
      program.close();
    }));

  test('a callback that nobody takes is given up after its last attempt', () =>
    house(async (opened) => {
      const { ledger, clock } = opened;
      const program = await shop([[404, '']]);
      const now = { mode: 'trigger', delayDays: 0, callbackUrl: program.url } as const;
      await ledger.schedule([delayed('A', now)]);
      await ledger.trigger([{ ...MERCHANT, key: 'A' }]);
      const notifier = new Notifier(partsOf(opened));
      while ((await notifier.send('programs')) > 0) clock.advanceMs(86_400_000);
      const [notice] = await notices(opened);
      assert.deepEqual([notice?.state, notice?.attempts], ['failed', 13]);
      program.close();
    }));

  test('an attempt that was cut off: a program is asked again, a person is not written to twice', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const program = await shop([[200, '1|OK']]);
      const now = { mode: 'trigger', delayDays: 0, callbackUrl: program.url } as const;
      await ledger.schedule([delayed('A', now)]);
      await ledger.trigger([{ ...MERCHANT, key: 'A' }]);
      const notifier = new Notifier(partsOf(opened));
      await notifier.follow();
      const owed = await notices(opened);
      assert.deepEqual(owed.map(({ kind }) => kind).sort(), ['callback', 'mail']);
      // The process died between the intent and the outcome.
      await ledger.recordNotice(
        owed.map(({ sequence }) => ({
          ...{ seller, account: 'system', ip: '' },
          sequence,
          to: 'sending',
        })),
      );
      const next = new Notifier(partsOf(opened));
      await Promise.all([next.settleCutOff('people'), next.settleCutOff('programs')]);
      await Promise.all([next.send('people'), next.send('programs')]);
      const after = new Map((await notices(opened)).map((row) => [row.kind, row]));
      assert.equal(after.get('callback')?.state, 'sent');
      assert.equal(after.get('mail')?.state, 'failed');
      assert.match(after.get('mail')?.result ?? '', /whether it went out is unknown/);
      program.close();
    }));

  test('two processes that send at once send once', () =>
    house(async (opened) => {
      await opened.ledger.issue(Array.from({ length: 10 }, (_, index) => issueOf(`S${index}`)));
      let sent = 0;
      const mail = {
        send: async () => {
          sent += 1;
          return { kind: 'delivered', note: '' } as const;
        },
      };
      const both = [1, 2].map(() => new Notifier(partsOf(opened, { mail })));
      await both[0]?.follow();
      await Promise.all(both.map((notifier) => notifier.send('people')));
      assert.equal(sent, 10);
    }));

  test('while clients crowd the process few are sent at once, with a pause after them', () =>
    house(async (opened) => {
      await opened.ledger.issue(Array.from({ length: 10 }, (_, index) => issueOf(`S${index}`)));
      let isCrowded = true;
      const notifier = new Notifier(partsOf(opened, { isCrowded: () => isCrowded }));
      await notifier.follow();
      assert.equal(await notifier.send('people'), 0);
      const sent = (await notices(opened)).filter(({ state }) => state === 'sent');
      assert.equal(sent.length, CROWDED_SENDS_AT_ONCE);
      isCrowded = false;
      assert.equal(await notifier.send('people'), 10 - CROWDED_SENDS_AT_ONCE);
    }));

  test('a consent that was withdrawn is asked of nobody', () =>
    house(async (opened) => {
      const { ledger } = opened;
      const { number } = accepted((await ledger.issue([issueOf('SHOP')]))[0]);
      const draft = allowanceDraft(10, {
        notify: { kind: 'E', email: 'a@example.com', phone: '' },
      });
      const online = { ...MERCHANT, number, draft, consent: { callbackUrl: '' } };
      const { content } = accepted((await ledger.allow([online]))[0]);
      const notifier = new Notifier(partsOf(opened));
      await notifier.follow();
      const named = { ...MERCHANT, number, allowanceNumber: content.number, reason: '' };
      accepted((await ledger.withdrawAllowance([named]))[0]);
      await notifier.send('people');
      const asked = (await notices(opened)).find(({ tag }) => tag === 'consent');
      assert.deepEqual(
        [asked?.state, asked?.result],
        ['failed', 'overtaken: there is nothing to tell now'],
      );
    }));
});

/** One mail through SMTP, and what became of its notice. */
async function mailed(answer: SmtpAnswer | undefined) {
  const smtp = await startSmtpServer(answer);
  const sender = createSmtpSender({ url: smtp.url, from: '電子發票 <invoice@kaili.example>' });
  try {
    return {
      delivery: await sender.send({
        to: 'buyer@example.com',
        subject: '電子發票開立通知',
        text: '您好\n.\n',
        html: '<p>您好</p>',
        messageId: '<1@kaili.example>',
      }),
      mails: smtp.mails,
    };
  } finally {
    await smtp.close();
  }
}

test('a mail arrives by SMTP with both forms and its own id', async () => {
  const { delivery, mails } = await mailed(undefined);
  assert.equal(delivery.kind, 'delivered');
  assert.equal(mails.length, 1);
  const [mail = ''] = mails;
  assert.match(mail, /^To: <?buyer@example\.com>?\r$/m);
  assert.match(mail, /^Message-ID: <1@kaili\.example>\r$/m);
  assert.match(mail, /^Auto-Submitted: auto-generated\r$/m);
  assert.match(mail, /text\/plain; charset=utf-8/);
  assert.match(mail, /text\/html; charset=utf-8/);
});

test('a server that refuses for now is asked again, one that refuses for good is not', async () => {
  const later = await mailed((command) => (command === 'RCPT' ? '451 later' : undefined));
  assert.equal(later.delivery.kind, 'refused-for-now');
  const never = await mailed((command) => (command === 'RCPT' ? '550 no such user' : undefined));
  assert.equal(never.delivery.kind, 'failed');
});

test('a connection cut before the text was handed over is tried again', async () => {
  const { delivery } = await mailed((command, socket) => {
    if (command === 'RCPT') socket.destroy();
    return undefined;
  });
  assert.equal(delivery.kind, 'refused-for-now');
});

test('a connection cut after the text was handed over is not tried again: it may have arrived', async () => {
  const { delivery, mails } = await mailed((command, socket) => {
    if (command === '.') socket.destroy();
    return undefined;
  });
  assert.equal(mails.length, 1);
  assert.deepEqual(delivery.kind, 'failed');
  assert.match(delivery.note, /unknown/);
});

test('without a mail server it is tried again later', async () => {
  const sender = createSmtpSender({ url: 'smtp://127.0.0.1:1', from: 'invoice@kaili.example' });
  const mail = { to: 'a@example.com', subject: '', text: '', html: '', messageId: '<1@x>' };
  assert.equal((await sender.send(mail)).kind, 'refused-for-now');
});
