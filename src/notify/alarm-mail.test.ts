/** Claims about the operator's mail: told once, reminded daily, told when it is over, never a flood. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from '../../test/support/engines.ts';
import { AlarmMailer, MAIL_PAUSE_MS, type MailedAlarm, REMINDER_MS } from './alarm-mail.ts';
import type { Delivery, Mail } from './ports.ts';

function alarm(changes: Partial<MailedAlarm> = {}): MailedAlarm {
  return {
    seller: '12345675',
    code: 'FILING_OVERDUE',
    severity: 'critical',
    count: 1,
    subject: 'filing/1 F0401 KA10000001',
    message: '上傳已逾期限',
    hint: 'look at <the> filings',
    ...changes,
  };
}

function house() {
  const clock = new TestClock();
  const mails: Mail[] = [];
  const state = {
    alarms: [] as readonly MailedAlarm[],
    delivery: { kind: 'delivered', note: '' } as Delivery,
  };
  const mailer = new AlarmMailer({
    find: async () => state.alarms,
    mail: {
      async send(mail) {
        mails.push(mail);
        return state.delivery;
      },
    },
    ...{ to: 'operator@example.com', clock, host: 'kaili.test' },
  });
  async function later(ms: number): Promise<number> {
    clock.advanceMs(ms);
    await mailer.round();
    return mails.length;
  }
  return { clock, mails, state, mailer, later };
}

test('a grave alarm is told at once and once, with its remedy', async () => {
  const { mails, state, later } = house();
  assert.equal(await later(0), 0, 'there is nothing to tell');
  state.alarms = [alarm()];
  assert.equal(await later(0), 1);
  assert.match(mails[0]?.subject ?? '', /1 項嚴重/);
  assert.match(mails[0]?.text ?? '', /12345675：上傳已逾期限（1）\n {2}filing\/1 F0401/);
  assert.match(mails[0]?.html ?? '', /&lt;the&gt;/);
  assert.equal(mails[0]?.to, 'operator@example.com');
  state.alarms = [alarm({ count: 7 })];
  assert.equal(await later(MAIL_PAUSE_MS), 1, 'more of the same is nothing new');
  assert.equal(await later(REMINDER_MS), 2, 'but it is not forgotten either');
});

test('the end of all alarms is told, once', async () => {
  const { mails, state, later } = house();
  state.alarms = [alarm()];
  await later(0);
  state.alarms = [];
  assert.equal(await later(MAIL_PAUSE_MS), 2);
  assert.match(mails[1]?.subject ?? '', /解除/);
  assert.equal(await later(2 * REMINDER_MS), 2);
});

test('alarms one after another do not flood, the last of them is told after the pause', async () => {
  const { mails, state, later } = house();
  for (let n = 0; n < 60; n += 1) {
    state.alarms = [...state.alarms, alarm({ code: `CODE_${n}` })];
    await later(MAIL_PAUSE_MS / 60);
  }
  assert.equal(mails.length, 1);
  assert.equal(await later(MAIL_PAUSE_MS), 2);
  assert.match(mails[1]?.text ?? '', /另有 10 項/);
});

test('a mail that was not taken is tried again after the pause', async () => {
  const { state, later } = house();
  state.alarms = [alarm()];
  state.delivery = { kind: 'refused-for-now', note: 'no mail server' };
  assert.equal(await later(0), 1);
  assert.equal(await later(1000), 1);
  state.delivery = { kind: 'delivered', note: '' };
  assert.equal(await later(MAIL_PAUSE_MS), 2);
  assert.equal(await later(MAIL_PAUSE_MS), 2);
});

test('lesser alarms wait for the daily mail', async () => {
  const { state, later } = house();
  state.alarms = [alarm({ severity: 'warning' })];
  assert.equal(await later(0), 1, 'the first look tells them');
  state.alarms = [...state.alarms, alarm({ severity: 'warning', code: 'OTHER' })];
  assert.equal(await later(MAIL_PAUSE_MS), 1);
  assert.equal(await later(REMINDER_MS), 2);
});
