/**
 * Claims about amending before hand-over, the edit window, late invoices and reported blanks. On every
 * engine.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  accepted,
  allowanceDraft,
  composed,
  refusedCodes,
  SELLER_A,
} from '../../test/support/demo.ts';
import {
  type OpenedStore,
  onEveryEngine,
  seededRandom,
  TestClock,
} from '../../test/support/engines.ts';
import { type InvoiceNumber, parseInvoiceNumber, parseTrack } from '../domain/invoice-number.ts';
import { parsePeriod } from '../domain/period.ts';
import type { TaipeiDate, TaipeiDateTime } from '../domain/taipei.ts';
import { createLedger, type LedgerHandle } from './create.ts';
import type { AmendCommand, IssueCommand } from './ledger.ts';
import { verifyJournal } from './verify.ts';

const ORIGIN = { seller: SELLER_A.ubn, account: 'systemlead:12345675', ip: '' };
const TODAY = '2026-11-21' as TaipeiDate;
const NOW = '2026-11-21 10:00:00' as TaipeiDateTime;

function known<T>(value: T | undefined): T {
  assert(value !== undefined);
  return value;
}
const PERIOD = known(parsePeriod('11512'));
const TRACK = known(parseTrack('AB'));

onEveryEngine((open) => {
  let opened: OpenedStore;
  let clock: TestClock;
  let ledger: LedgerHandle;
  let position = 0;

  before(async () => {
    opened = await open();
    clock = new TestClock(NOW);
    await opened.store.directory.saveSellers([SELLER_A]);
    ledger = createLedger({ store: opened.store, clock, random: seededRandom(7) });
  });
  after(() => opened.remove());

  function numberAt(at: number): InvoiceNumber {
    return known(parseInvoiceNumber(`AB${String(at).padStart(8, '0')}`));
  }

  function command(changes: Partial<IssueCommand> = {}, issuedAt = NOW): IssueCommand {
    position += 1;
    return {
      ...ORIGIN,
      composed: composed(105),
      references: [],
      reference: '',
      billingReference: '',
      channel: 'api',
      channelPartner: '',
      segment: { category: 'systemlead', code: '' },
      given: { number: numberAt(position), issuedAt, randomNumber: '4321', tracks: 'when-known' },
      ...changes,
    };
  }
  const issue = async (one: IssueCommand) => (await ledger.issue([one]))[0];
  const record = async (number: InvoiceNumber) => {
    const found = await ledger.reads.findInvoice({ by: 'number', seller: SELLER_A.ubn, number });
    assert(found !== null);
    return found;
  };
  function amendment(number: InvoiceNumber, changes: Partial<AmendCommand> = {}): AmendCommand {
    return {
      ...ORIGIN,
      number,
      composed: composed(210),
      reference: '',
      billingReference: '',
      references: [],
      replacedKinds: ['billing'],
      randomNumber: '',
      ...changes,
    };
  }
  const amend = async (one: AmendCommand) => (await ledger.amend([one]))[0];
  async function move(number: InvoiceNumber, ...states: ('handed' | 'sent' | 'refused')[]) {
    for (const to of states) {
      const { seller, sequence } = (await record(number)).issueFiling;
      const result = { seller, sequence, to, account: 'system', ip: '', code: 'E1', text: 'no' };
      await ledger.recordResult([result]);
    }
  }

  describe('amend', () => {
    test('content is new; number, time, random code and the one filing stay', async () => {
      const first = accepted(await issue(command()));
      const before = await record(first.number);
      const second = accepted(await amend(amendment(first.number)));
      assert.deepEqual(
        [second.version, second.issuedAt, second.randomNumber, second.amounts.total],
        [2, first.issuedAt, '4321', 210],
      );
      const { row, content, issueFiling } = await record(first.number);
      assert.deepEqual(content, second);
      assert.deepEqual([row.total, row.version, row.sequence], [210, 2, before.row.sequence]);
      assert.deepEqual(
        [issueFiling.sequence, issueFiling.version, issueFiling.state],
        [before.issueFiling.sequence, 2, 'ready'],
      );
    });

    test('after hand-over it is refused and nothing is written', async () => {
      const { number } = accepted(await issue(command()));
      await move(number, 'handed');
      assert.deepEqual(refusedCodes(await amend(amendment(number))), ['INVOICE_HANDED_OVER']);
      assert.equal((await record(number)).content.version, 1);
    });

    test('a refused message is owed again with the amended content', async () => {
      const { number } = accepted(await issue(command()));
      await move(number, 'handed', 'sent', 'refused');
      accepted(await amend(amendment(number)));
      const { issueFiling } = await record(number);
      assert.deepEqual([issueFiling.state, issueFiling.resultCode], ['ready', '']);
    });

    test('another time, a void, an allowance and an unknown number are refused by name', async () => {
      const { number } = accepted(await issue(command()));
      const issuedAt = '2026-11-21 10:00:01' as TaipeiDateTime;
      assert.deepEqual(refusedCodes(await amend(amendment(number, { issuedAt }))), [
        'ISSUE_TIME_FIXED',
      ]);
      accepted((await ledger.allow([{ ...ORIGIN, number, draft: allowanceDraft(5) }]))[0]);
      assert.deepEqual(refusedCodes(await amend(amendment(number))), ['INVOICE_HAS_ALLOWANCES']);
      const voided = accepted(await issue(command()));
      const reason = '作廢';
      accepted(
        (await ledger.void([{ ...ORIGIN, number: voided.number, issuedOn: TODAY, reason }]))[0],
      );
      assert.deepEqual(refusedCodes(await amend(amendment(voided.number))), ['INVOICE_VOIDED']);
      assert.deepEqual(refusedCodes(await amend(amendment(numberAt(9_999)))), [
        'INVOICE_NOT_FOUND',
      ]);
    });

    test('an allowance that awaits consent refuses it; withdrawn it does no more', async () => {
      const { number } = accepted(await issue(command()));
      const online = {
        ...ORIGIN,
        number,
        draft: allowanceDraft(105),
        consent: { callbackUrl: '' },
      };
      const { content } = accepted((await ledger.allow([online]))[0]);
      assert.deepEqual(refusedCodes(await amend(amendment(number))), ['INVOICE_HAS_ALLOWANCES']);
      const withdrawal = { ...ORIGIN, number, allowanceNumber: content.number, reason: '取消' };
      accepted((await ledger.withdrawAllowance([withdrawal]))[0]);
      accepted(await amend(amendment(number)));
    });

    test('a reference moves with the content: the old one is free, a taken one refuses', async () => {
      const claim = (key: string) => [{ kind: 'billing', key, until: 'voided' }] as const;
      const one = accepted(await issue(command({ references: claim('A') })));
      accepted(await issue(command({ references: claim('B') })));
      const clash = amendment(one.number, { references: claim('B') });
      assert.deepEqual(refusedCodes(await amend(clash)), ['REFERENCE_DUPLICATE']);
      const [same, other, last] = await ledger.amend([
        amendment(one.number, { references: claim('A') }),
        amendment(one.number, { references: claim('C') }),
        amendment(one.number, { references: claim('D') }),
      ]);
      for (const outcome of [same, other, last]) accepted(outcome);
      accepted(await issue(command({ references: claim('A') })));
      accepted(await issue(command({ references: claim('C') })));
      assert.deepEqual(refusedCodes(await issue(command({ references: claim('D') }))), [
        'REFERENCE_DUPLICATE',
      ]);
    });
  });

  describe('edit window', () => {
    test('the filing waits for its end, from the invoice’s own time', async () => {
      const issuedAt = '2026-11-21 09:00:00' as TaipeiDateTime;
      const { number } = accepted(await issue(command({ editHours: 8 }, issuedAt)));
      const { issueFiling } = await record(number);
      assert.deepEqual(
        [issueFiling.state, issueFiling.holds, issueFiling.releaseAt],
        ['held', ['edit-window'], '2026-11-21 17:00:00'],
      );
      const due = (releaseBefore: string) =>
        ledger.reads.listFilings(
          { states: ['held'], releaseBefore: releaseBefore as TaipeiDateTime },
          0,
          10,
        );
      assert.equal((await due('2026-11-21 16:59:59')).total, 0);
      const { items } = await due('2026-11-21 17:00:00');
      assert.deepEqual(
        items.map((row) => row.invoiceNumber),
        [number],
      );
      await ledger.endEditWindow(
        items.map(({ seller, sequence }) => ({ seller, sequence, account: 'system', ip: '' })),
      );
      const after = (await record(number)).issueFiling;
      assert.deepEqual([after.state, after.holds, after.releaseAt], ['ready', [], null]);
    });

    test('a window that is over at issue is none', async () => {
      const issuedAt = '2026-11-20 10:00:00' as TaipeiDateTime;
      const { number } = accepted(await issue(command({ editHours: 8 }, issuedAt)));
      assert.equal((await record(number)).issueFiling.state, 'ready');
    });

    test('amending keeps it, a void and an allowance end it', async () => {
      const { number } = accepted(await issue(command({ editHours: 8 })));
      accepted(await amend(amendment(number, { editHours: 8 })));
      assert.deepEqual((await record(number)).issueFiling.holds, ['edit-window']);
      accepted((await ledger.allow([{ ...ORIGIN, number, draft: allowanceDraft(5) }]))[0]);
      assert.equal((await record(number)).issueFiling.state, 'ready');
      const other = accepted(await issue(command({ editHours: 8 })));
      const at = '2026-11-21 10:05:00' as TaipeiDateTime;
      const voided = { ...ORIGIN, number: other.number, issuedOn: TODAY, reason: '作廢', at };
      accepted((await ledger.void([voided]))[0]);
      const { row, issueFiling, voidFiling } = await record(other.number);
      assert.deepEqual([issueFiling.state, row.voidedAt, voidFiling?.state], ['ready', at, 'held']);
    });
  });

  describe('late invoices', () => {
    const LATE = '2026-11-18 10:00:00' as TaipeiDateTime;

    test('one past the law’s day is held or refused, as its dialect says', async () => {
      const held = accepted(await issue(command({ overdue: 'hold' }, LATE)));
      assert.deepEqual((await record(held.number)).issueFiling.holds, ['overdue']);
      assert.deepEqual(refusedCodes(await issue(command({ overdue: 'reject' }, LATE))), [
        'ISSUE_OVERDUE',
      ]);
      const inTime = '2026-11-19 00:00:00' as TaipeiDateTime;
      const ready = accepted(await issue(command({ overdue: 'reject' }, inTime)));
      assert.equal((await record(ready.number)).issueFiling.state, 'ready');
    });
  });

  describe('a client’s own time of a void', () => {
    test('lies from the invoice’s on and at most ten minutes ahead; its deadline may be earlier', async () => {
      const { number } = accepted(await issue(command()));
      const attempt = async (changes: object) =>
        (
          await ledger.void([{ ...ORIGIN, number, issuedOn: TODAY, reason: '作廢', ...changes }])
        )[0];
      assert.deepEqual(refusedCodes(await attempt({ at: '2026-11-21 09:59:59' })), [
        'VOID_TIME_INVALID',
      ]);
      assert.deepEqual(refusedCodes(await attempt({ at: '2026-11-21 10:10:01' })), [
        'VOID_TIME_INVALID',
      ]);
      accepted(await attempt({ at: '2026-11-21 10:10:00' }));
    });

    test('the newest of a number is meant without a day; the grace is the provider’s', async () => {
      const { number } = accepted(await issue(command()));
      const attempt = async (graceDay: number) =>
        (await ledger.void([{ ...ORIGIN, number, reason: '作廢', graceDay }]))[0];
      clock.set('2027-01-01 00:00:00');
      assert.deepEqual(refusedCodes(await attempt(0)), ['VOID_DEADLINE_PASSED']);
      accepted(await attempt(1));
      clock.set(NOW);
    });
  });

  describe('reported blanks', () => {
    const report = async (next: number, first = 5_000, last = 5_049) => {
      const range = { period: PERIOD, track: TRACK, first, last, next, invoiceType: '07' } as const;
      return (await ledger.reportBlank([{ ...ORIGIN, ...range }]))[0];
    };
    const blanks = async () =>
      (await ledger.reads.listBlanks(SELLER_A.ubn, PERIOD)).map(({ first, last }) => [first, last]);

    test('the rest of the range is blank, and a later report replaces it', async () => {
      assert.deepEqual(accepted(await report(5_010)).blank?.first, 5_010);
      accepted(await report(5_020));
      assert.deepEqual(await blanks(), [[5_020, 5_049]]);
      accepted(await report(5_050));
      assert.deepEqual(await blanks(), []);
    });

    test('a range with an issued number is refused; its last number used means used up', async () => {
      position = 5_048;
      accepted(await issue(command()));
      assert.deepEqual(refusedCodes(await report(5_030)), ['BLANK_NUMBER_ISSUED']);
      assert.equal(accepted(await report(5_049)).blank, null);
      assert.deepEqual(refusedCodes(await report(5_051)), ['BLANK_RANGE_INVALID']);
    });

    test('what was declared in another way is not replaced', async () => {
      const range = { period: PERIOD, track: TRACK, first: 6_010, last: 6_019 } as const;
      accepted((await ledger.declareBlank([{ ...ORIGIN, ...range, invoiceType: '07' }]))[0]);
      assert.deepEqual(refusedCodes(await report(6_005, 6_000, 6_049)), ['BLANK_OVERLAP']);
      accepted(await report(6_020, 6_000, 6_049));
    });
  });

  test('the journal of all this verifies', async () => {
    const { breaks } = await verifyJournal(ledger.reads, [SELLER_A.ubn]);
    assert.deepEqual(breaks, []);
  });
});
