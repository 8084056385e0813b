/**
 * Notify over a real ledger, on both engines: what each tag tells, to whom, in both languages and both forms;
 * sent once, and again only when asked again.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SELLER_A, SELLER_B } from '../../../../test/support/demo.ts';
import {
  allowanceNumber,
  allowanceStep,
  allowed,
  type B2bCall,
  DAY,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  issued,
  MERCHANT_A,
  MERCHANT_B,
  PARTNER_B,
  partner,
  STORED,
  step,
} from '../../../../test/support/ecpay-b2b-case.ts';
import { reissued } from '../../../../test/support/ecpay-b2b-issue-rules.ts';
import type { Members, Merchant } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';
import { onEveryEngine } from '../../../../test/support/engines.ts';
import type { Seller } from '../../../domain/seller.ts';
import type { NoticeRow } from '../../../ledger/rows.ts';
import { verifyJournal } from '../../../ledger/verify.ts';
import type { Message } from '../../../notify/message.ts';
import { messageFor, Notifier, type NotifierParts } from '../../../notify/notifier.ts';
import type { Mail } from '../../../notify/ports.ts';

const A = MERCHANT_A;
const B = MERCHANT_B;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const LINKS = { invoiceLink: () => 'https://kaili.example/i/x', consentLink: () => '' };

class NotifyHouse {
  readonly house: EcpayHouse;
  readonly answers: Members[] = [];
  readonly mails: Mail[] = [];
  readonly sellers: readonly Seller[];

  constructor(house: EcpayHouse, sellers: readonly Seller[]) {
    this.house = house;
    this.sellers = sellers;
  }

  async do(...calls: readonly B2bCall[]): Promise<void> {
    for (const call of calls) {
      const data = typeof call.data === 'function' ? call.data(this.answers) : call.data;
      const options = { merchant: call.by ?? A };
      const answer = (await this.house.call(`B2B/${call.action}`, data, options)).data;
      assert.equal(Number(answer.RtnCode), 1, `${call.action}: ${JSON.stringify(answer)}`);
      this.answers.push(answer);
    }
  }

  async tell(InvoiceTag: number, by: Merchant, changes: Members = {}): Promise<void> {
    const data = {
      InvoiceNumber: invoiceNumber(this.answers),
      InvoiceDate: DAY,
      AllowanceNo: allowanceNumber(this.answers),
      NotifyMail: 'ap@example.com',
      InvoiceTag,
      Notified: 'C',
      ...changes,
    };
    await this.do({ action: 'Notify', by, data });
  }

  parts(): NotifierParts {
    const { ledger, store, clock } = this.house;
    const { sellers } = this;
    return {
      ...{ ledger, clock, log: SILENT, sms: null, links: LINKS, host: 'kaili.example' },
      directory: store.directory,
      accounts: {
        find: () => undefined,
        seller: (ubn) => sellers.find((one) => one.ubn === ubn),
        sellers: () => [],
      },
      mail: {
        send: async (mail) => {
          this.mails.push(mail);
          return { kind: 'delivered', note: '' };
        },
      },
      poster: { post: async () => assert.fail('nothing is posted') },
      forms: { formOf: async () => null },
      isCrowded: () => false,
    };
  }

  async notices({ ubn: seller } = SELLER_A): Promise<readonly NoticeRow[]> {
    return (await this.house.ledger.reads.listNotices({ seller }, 0, 100)).items.toReversed();
  }

  /** What the newest notice says. */
  async message(of = SELLER_A): Promise<Message> {
    const last = (await this.notices(of)).at(-1) ?? assert.fail('no notice is owed');
    return (await messageFor(this.parts(), last))?.message ?? assert.fail('it says nothing');
  }
}

onEveryEngine((open) => {
  describe('Notify', () => {
    async function inHouse(
      run: (house: NotifyHouse) => Promise<void>,
      sellerA: Partial<Seller> = {},
    ): Promise<void> {
      const opened = await open();
      const segments = [{ code: '', category: 'b2b', count: 50 }] as const;
      const house = await openEcpayHouse({ segments, sellerA, opened });
      try {
        await run(new NotifyHouse(house, [{ ...SELLER_A, ...sellerA }, SELLER_B]));
      } finally {
        await house.close();
        await opened.remove();
      }
    }

    test('the seller’s words: what was done, and what waits for the buyer', () =>
      inHouse(async (house) => {
        await house.do(EXCHANGED, exchanged());
        await house.tell(1, A);
        const first = await house.message();
        for (const form of [first.text, first.html]) {
          assert.match(form, /賣方已開立此電子發票，請買方確認或退回。/);
          assert.match(form, /The buyer is asked to confirm or return it\./);
          for (const fact of ['KA-10000000', '12345675', '22222229', '1050']) {
            assert(form.includes(fact), fact);
          }
        }
        assert.match(first.subject, /^電子發票開立待確認通知 .* KA-10000000 /);
        await house.do(step('IssueConfirm', B));
        await house.tell(1, A);
        assert.match((await house.message()).text, /賣方已開立此電子發票。/);
        await house.do(allowed(2));
        await house.tell(4, A);
        const { text } = await house.message();
        assert.match(text, /開立折讓證明單，請買方確認。/);
        assert.match(text, /折讓金額: 210/);
        assert(text.includes(String(allowanceNumber(house.answers))));
        await house.do(allowanceStep('AllowanceConfirm', B));
        await house.do(allowanceStep('CancelAllowance', A));
        await house.tell(5, A);
        assert.match((await house.message()).text, /確認前折讓仍然有效。(.|\n)*原因: 折讓有誤/);
        await house.do(allowanceStep('CancelAllowanceConfirm', B), step('Invalid', A));
        await house.tell(2, A);
        assert.match((await house.message()).text, /確認前發票仍然有效。(.|\n)*原因: 訂單取消/);
        await house.do(step('InvalidConfirm', B));
        await house.tell(2, A);
        assert.match((await house.message()).text, /此電子發票已作廢。/);
      }));

    test('the buyer’s words, of what it bought: confirmations with their time and remark', () =>
      inHouse(async (house) => {
        await house.do(EXCHANGED, exchanged(), step('IssueConfirm', B, { Remark: '收訖' }));
        await house.tell(6, B);
        const { text, html, subject } = await house.message(SELLER_B);
        assert.match(subject, /買方|電子發票開立確認通知/);
        for (const form of [text, html]) {
          assert.match(form, /買方已確認此電子發票。/);
          assert.match(form, /The buyer has confirmed this e-invoice\./);
          for (const fact of ['收訖', `${DAY} 10:20:30`, SELLER_A.name, SELLER_B.name]) {
            assert(form.includes(fact), fact);
          }
          // The page of an invoice is its seller's to show.
          assert.doesNotMatch(form, /https:/);
        }
        assert.match(text, new RegExp(`賣方: ${SELLER_A.name} \\(${SELLER_A.ubn}\\)`));
        await house.do(allowed(2), allowanceStep('AllowanceConfirm', B));
        await house.tell(9, B);
        assert.match((await house.message(SELLER_B)).text, /買方已確認此電子發票之折讓證明單。/);
        await house.do(
          allowanceStep('CancelAllowance', A),
          allowanceStep('CancelAllowanceConfirm', B),
        );
        await house.tell(10, B);
        assert.match((await house.message(SELLER_B)).text, /買方已確認作廢此折讓證明單/);
        await house.do(step('Invalid', A), step('InvalidConfirm', B));
        await house.tell(7, B);
        assert.match((await house.message(SELLER_B)).text, /買方已確認作廢此電子發票/);
      }));

    test('a return, and its confirmation', () =>
      inHouse(async (house) => {
        await house.do(EXCHANGED, exchanged(), step('Reject', B, { Remark: '規格不符' }));
        await house.tell(3, B);
        assert.match(
          (await house.message(SELLER_B)).text,
          /買方退回此電子發票，請賣方確認。(.|\n)*規格不符/,
        );
        await house.do(step('RejectConfirm', A, { Remark: '同意' }));
        await house.tell(8, A);
        assert.match((await house.message()).text, /賣方已確認退回此電子發票。(.|\n)*同意/);
      }));

    test('stored documents are told of as they are: nothing waits for anybody', () =>
      inHouse(async (house) => {
        await house.do(STORED, issued());
        await house.tell(1, A);
        assert.match((await house.message()).text, /賣方已開立此電子發票。(.|\n)*https:/);
        await house.do(allowed(2));
        await house.tell(4, A);
        assert.match((await house.message()).text, /已就此電子發票開立折讓證明單。/);
        await house.do(allowanceStep('CancelAllowance', A), step('Reject', A));
        await house.tell(3, A);
        assert.match((await house.message()).text, /此電子發票已退回。/);
        await house.do(step('Invalid', A));
        await house.tell(2, A);
        assert.match((await house.message()).text, /此電子發票已作廢。(.|\n)*原因: 訂單取消/);
      }));

    test('an invoice that was issued again to another buyer names that one', () =>
      inHouse(async (house) => {
        await house.do(
          STORED,
          issued(),
          partner(PARTNER_B, '0', { CompanyName: '第二股份有限公司' }),
        );
        await house.do(reissued({ CustomerIdentifier: PARTNER_B }));
        await house.tell(1, A);
        const { text } = await house.message();
        assert.match(text, /買方: 第二股份有限公司 \(22222229\)/);
        assert.doesNotMatch(text, /04595257/);
      }));

    test('C writes to the list, M to the merchant’s own address, A to both; each address once', () =>
      inHouse(async (house) => {
        await house.do(EXCHANGED, exchanged(), step('IssueConfirm', B));
        const NotifyMail = `a@example.com;b@example.com; A@example.com;${SELLER_A.email}`;
        const told = async (of = SELLER_A) =>
          (await house.notices(of)).map(({ audience, recipient }) => `${audience} ${recipient}`);
        await house.tell(1, A, { NotifyMail, Notified: 'C' });
        const named = ['buyer a@example.com', 'buyer b@example.com', `buyer ${SELLER_A.email}`];
        assert.deepEqual(await told(), named);
        await house.tell(1, A, { NotifyMail, Notified: 'M' });
        assert.deepEqual((await told()).slice(3), [`seller ${SELLER_A.email}`]);
        await house.tell(1, A, { NotifyMail, Notified: 'A' });
        assert.deepEqual((await told()).slice(4), named);
        await house.tell(6, B, { NotifyMail: 'a@example.com', Notified: 'A' });
        const bought = ['seller a@example.com', `buyer ${SELLER_B.email}`];
        assert.deepEqual(await told(SELLER_B), bought);
      }));

    test('all addresses of a list are written to, however many it holds', () =>
      inHouse(async (house) => {
        await house.do(STORED, issued());
        const many = Array.from(
          { length: 33 },
          (_, at) => `${String.fromCharCode(65 + (at % 26))}@${at % 26 === at ? 'a' : 'b'}.c`,
        );
        const NotifyMail = many.join(';');
        assert(NotifyMail.length <= 200);
        await house.tell(1, A, { NotifyMail });
        assert.equal((await house.notices()).length, 33);
      }));

    test('a notice goes out once; asked again, it is another one; the journal tells of each', () =>
      inHouse(async (house) => {
        await house.do(STORED, issued());
        await house.tell(1, A);
        const notifier = new Notifier(house.parts());
        assert.equal(await notifier.send('people'), 1);
        assert.equal(await notifier.send('people'), 0);
        await house.tell(1, A);
        assert.equal(await new Notifier(house.parts()).send('people'), 1);
        assert.deepEqual(
          house.mails.map(({ to }) => to),
          ['ap@example.com', 'ap@example.com'],
        );
        assert.notEqual(house.mails[0]?.messageId, house.mails[1]?.messageId);
        assert.deepEqual(
          (await house.notices()).map(({ state, attempts }) => [state, attempts]),
          [
            ['sent', 1],
            ['sent', 1],
          ],
        );
        const { breaks } = await verifyJournal(house.house.ledger.reads, [SELLER_A.ubn]);
        assert.deepEqual(breaks, []);
      }));

    test('by itself an invoice is told to its buyer, an allowance to the addresses that it names', () =>
      inHouse(async (house) => {
        const told = async () => {
          const parts = house.parts();
          const accounts = { ...parts.accounts, sellers: () => house.sellers.slice(0, 1) };
          await new Notifier({ ...parts, accounts }).follow();
          return (await house.notices()).map(({ tag, recipient }) => `${tag} ${recipient}`);
        };
        await house.do(STORED, issued({ CustomerEmail: 'one@example.com;two@example.com' }));
        const first = ['issued one@example.com', 'issued two@example.com'];
        assert.deepEqual(await told(), first);
        await house.do(allowed(2, { CustomerEmail: 'three@example.com' }));
        assert.deepEqual((await told()).slice(2), ['allowed three@example.com']);
        // The partner's own, where the request names none.
        await house.do(allowed(1));
        assert.deepEqual((await told()).slice(3), ['allowed ap@example.com']);
      }));

    test('what the other party wrote stays text', () =>
      inHouse(
        async (house) => {
          const Remark = '<script>x</script>\r\nBcc: thief@example.com';
          await house.do(EXCHANGED, exchanged(), step('Reject', B, { Remark }));
          await house.tell(3, B);
          const { html, text, subject } = await house.message(SELLER_B);
          assert.doesNotMatch(html, /<script/);
          assert(!`${subject}\n${text}`.split('\n').some((line) => line.startsWith('Bcc:')));
        },
        { name: '<b>甲</b>' },
      ));

    test('a merchant without an address of its own is written to at the named one', () =>
      inHouse(
        async (house) => {
          await house.do(STORED, issued());
          await house.tell(1, A, { Notified: 'M' });
          assert.deepEqual(
            (await house.notices()).map(({ audience, recipient }) => [audience, recipient]),
            [['seller', 'ap@example.com']],
          );
        },
        { email: '' },
      ));
  });
});
