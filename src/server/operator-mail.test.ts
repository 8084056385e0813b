/** Claims about the operator's mail in a server: an alarm becomes one mail, which the sandbox keeps. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { MofHouse } from '../../test/support/mof-house.ts';
import { startServed } from '../../test/support/served.ts';
import { findEveryAlarm } from '../api/alarms.ts';
import { runCommand } from '../cli/program.ts';
import { MAIL_PAUSE_MS } from '../notify/alarm-mail.ts';
import { createLog } from './log.ts';
import { createOperatorMail } from './operator-mail.ts';
import { OperatorInbox } from './sandbox/operator-inbox.ts';

const TO = 'operator@example.com';
const SETTINGS = { operatorMail: TO, smtp: null, publicUrl: null };
const silent = createLog('silent');

test('a refused message becomes one mail, and a second look does not repeat it', async (t) => {
  const at = await MofHouse.open();
  t.after(() => at.close());
  await at.start();
  const inbox = new OperatorInbox(at.clock);
  const state = { mayWork: true };
  const mail = createOperatorMail({
    configuration: SETTINGS,
    find: () => findEveryAlarm(at.ledger.reads, at.clock, at.sellers, []),
    ...{ clock: at.clock, log: silent, mayWork: () => state.mayWork, inbox },
  });
  assert(mail !== null);
  await mail.look();
  assert.deepEqual(inbox.mails, []);
  at.plan = { refuseEvery: { nth: 1, code: 'E0102' } };
  await at.issueOne();
  await at.round();
  state.mayWork = false;
  await mail.look();
  assert.deepEqual(inbox.mails, [], 'another process works');
  state.mayWork = true;
  for (let looks = 0; looks < 3; looks += 1) {
    await mail.look();
    at.clock.advanceMs(MAIL_PAUSE_MS);
  }
  assert.equal(inbox.mails.length, 1);
  const [{ to, subject, text } = assert.fail()] = inbox.mails;
  assert.equal(to, TO);
  assert.match(subject, /1 項嚴重/);
  assert.match(text, /財政部平台退回訊息/);
});

test('without an address, or without a way for mail, nothing is looked for', () => {
  const parts = {
    find: () => assert.fail('looked'),
    ...{ clock: { now: () => 0 }, log: silent, mayWork: () => true, inbox: null },
  };
  const configuration = { ...SETTINGS, operatorMail: null };
  assert.equal(createOperatorMail({ ...parts, configuration }), null);
  assert.equal(createOperatorMail({ ...parts, configuration: SETTINGS }), null);
});

const inboxView = z.object({
  items: z.array(z.object({ tag: z.string(), to: z.string(), text: z.string() })),
});

test('in the sandbox the mail lies in the inbox', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kaili-operator-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const environment = { KAILI_DATA_DIR: join(folder, 'data'), KAILI_OPERATOR_MAIL: TO };
  const seller = { ubn: '04595257', name: '示範商店', address: '臺北市中正區示範路1號' };
  const code = await runCommand(['seller', 'add', '--file', '-'], {
    environment,
    input: Readable.from([Buffer.from(JSON.stringify(seller))]),
    ...{ print: () => {}, printError: (line) => assert.fail(line) },
  });
  assert.equal(code, 0);
  const served = await startServed(environment);
  t.after(() => served.stop());
  for (let tries = 0; ; tries += 1) {
    const { items } = await served.read('/sandbox/inbox', inboxView);
    const [mail] = items;
    if (mail !== undefined) {
      assert.deepEqual([mail.tag, mail.to], ['alarm', TO]);
      assert.match(mail.text, /04595257/, 'this seller has no numbers');
      break;
    }
    assert(tries < 300, 'no mail came within half a minute');
    await sleep(100);
  }
});
