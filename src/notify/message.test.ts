/** Claims about mails: both languages, both forms, nothing from outside runs or begins a header. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DelayHouse, issueOf, withDelayHouse } from '../../test/support/delayed-invoices.ts';
import { accepted, SELLER_A } from '../../test/support/demo.ts';
import { ENGINES } from '../../test/support/engines.ts';
import type { NoticeSettings } from '../domain/notice.ts';
import {
  mailAddresses,
  mayBeTold,
  NOTICE_SETTINGS_DEFAULT,
  phoneNumbers,
} from '../domain/notice.ts';
import type { Seller } from '../domain/seller.ts';
import type { NoticeRow } from '../ledger/rows.ts';
import { factsOf } from './facts.ts';
import { escapeHtml, type Message, messageOf } from './message.ts';

const LINKS = {
  invoiceLink: () => 'https://kaili.example/i/abc?a=1&b="2"',
  consentLink: (token: string) => `https://kaili.example/i/consent/${token}`,
};

async function messageFrom(
  { ledger }: DelayHouse,
  seller: Partial<Seller> = {},
  settings: Partial<NoticeSettings> = {},
  changes: Partial<NoticeRow> = {},
): Promise<Message> {
  const { number, period } = accepted((await ledger.issue([issueOf('SHOP')]))[0]);
  const [outcome] = await ledger.notify([
    {
      seller: SELLER_A.ubn,
      account: 'system',
      ip: '',
      kind: 'mail',
      tag: 'issued',
      audience: 'buyer',
      recipient: 'buyer@example.com',
      subject: `invoice/${period}/${number}/1`,
      event: 'test',
      isAgain: false,
    },
  ]);
  const notice = { ...accepted(outcome), ...changes };
  const facts = await factsOf(ledger.reads, notice);
  assert(facts !== null);
  const message = messageOf({
    notice,
    facts,
    seller: { ...SELLER_A, ...seller },
    settings: { ...NOTICE_SETTINGS_DEFAULT, ...settings },
    links: LINKS,
  });
  assert(message !== null);
  return message;
}

const inHouse = (claim: (house: DelayHouse) => Promise<void>) =>
  withDelayHouse(ENGINES.sqlite, claim);

test('a mail says the same in both languages and both forms', () =>
  inHouse(async (house) => {
    const { subject, text, html } = await messageFrom(house);
    for (const part of [text, html]) {
      assert.match(part, /KA-10000000/);
      assert.match(part, /您的電子發票已開立。/);
      assert.match(part, /Your e-invoice has been issued\./);
    }
    assert.match(subject, /電子發票開立通知 Your e-invoice KA-10000000/);
    assert.match(html, /<html lang="zh-Hant">.*<div lang="en">/);
  }));

test('a seller may choose one language', () =>
  inHouse(async (house) => {
    const { text, html } = await messageFrom(house, {}, { language: 'en' });
    assert.doesNotMatch(text, /您的/);
    assert.match(html, /<html lang="en">/);
  }));

test('a shop’s name that is markup stays text', () =>
  inHouse(async (house) => {
    const name = '<script>alert("1")</script> & \'Co\'';
    const { html, text } = await messageFrom(house, { name });
    assert.doesNotMatch(html, /<script/);
    assert(html.includes(escapeHtml(name)));
    assert(text.includes(name));
    assert(html.includes('href="https://kaili.example/i/abc?a=1&amp;b=&quot;2&quot;"'));
  }));

test('a line feed in a name begins no header and no line', () =>
  inHouse(async (house) => {
    const { subject, text } = await messageFrom(house, {
      name: '店\r\nBcc: thief@example.com\u2028x',
    });
    assert.doesNotMatch(subject, /[\r\n\u2028]/);
    assert(!text.split('\n').some((line) => line.startsWith('Bcc:')));
  }));

test('the seller’s own mail has no link to the buyer’s page', () =>
  inHouse(async (house) => {
    const { text } = await messageFrom(house, {}, {}, { audience: 'seller' });
    assert.doesNotMatch(text, /https:/);
  }));

test('a text message is one line', () =>
  inHouse(async (house) => {
    const { short } = await messageFrom(house);
    assert.match(short, /^\[開立測試商店\] .*KA-10000000 發票金額 100 https:\S+$/);
  }));

test('lists of addresses are cut to those that are addresses, each once', () => {
  assert.deepEqual(mailAddresses(' a@example.com;b@example.com , a@example.com;;x;y@z;"q"@e.com'), [
    'a@example.com',
    'b@example.com',
  ]);
  assert.equal(mailAddresses('a@example.com\r\nBcc: b@example.com').length, 0);
  const many = Array.from({ length: 30 }, (_, index) => `a${index}@example.com`).join(';');
  assert.equal(mailAddresses(many).length, 10);
  assert.deepEqual(phoneNumbers('0911-222 333'), ['0911222333']);
  assert.deepEqual(phoneNumbers('none'), []);
});

test('the block list comes before the allow list; a domain stands for its addresses', () => {
  const lists = (allow: string[], block: string[]) => ({
    ...NOTICE_SETTINGS_DEFAULT,
    allow,
    block,
  });
  assert.equal(mayBeTold('a@example.com', lists([], [])), true);
  assert.equal(mayBeTold('A@Example.com', lists([], ['a@example.com'])), false);
  assert.equal(mayBeTold('a@example.com', lists(['@example.com'], [])), true);
  assert.equal(mayBeTold('a@evil-example.com', lists(['@example.com'], [])), false);
  assert.equal(mayBeTold('a@example.com', lists(['@example.com'], ['a@example.com'])), false);
  assert.equal(mayBeTold('0911222333', lists(['0911222333'], [])), true);
});
