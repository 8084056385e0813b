/**
 * The simulated Ministry's faults over real HTTP: set, read and refused at `/sandbox/ministry` and by configuration,
 * and what each does to an invoice, as its shop sees it in GetIssue and an operator at `/api/v1`.
 */
import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { centerAlarmView, filingView } from '../../src/api/views.ts';
import { readConfiguration } from '../../src/server/configuration.ts';
import { StartRefused } from '../../src/server/start-refused.ts';
import { call, type Members } from '../support/ecpay-bytes.ts';
import { order, relateNumber } from '../support/ecpay-orders.ts';
import { errorOf, type Reply, type Served, startServed } from '../support/served.ts';

const SELLER = '12345675';
const LOOK_PAUSE_MS = 50;
const LOOKS_MAX = 400;
const anyPlan = z.record(z.string(), z.unknown());
const clockShown = z.object({ now: z.string() });
const alarmsShown = z.object({ items: z.array(centerAlarmView) });
const filingsShown = z.object({ items: z.array(filingView), total: z.int() });

function put(served: Served, path: string, body: unknown, method = 'PUT'): Promise<Reply> {
  return served.call(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

class Shop {
  readonly served: Served;
  #orders = 0;

  constructor(served: Served) {
    this.served = served;
  }

  async plan(plan: Members): Promise<void> {
    const { status, text } = await put(this.served, '/sandbox/ministry', plan);
    assert.equal(status, 200, text);
    assert.deepEqual(JSON.parse(text), plan);
    assert.deepEqual(await this.served.read('/sandbox/ministry', anyPlan), plan);
  }

  async advance(seconds: number): Promise<void> {
    const { status, text } = await put(this.served, '/sandbox/clock', { advanceSeconds: seconds });
    assert.equal(status, 200, text);
  }

  /** Issues an invoice; answers the RelateNumber. */
  async issue(): Promise<string> {
    const data = await this.#ask('Issue', order('faults', this.#orders));
    assert.equal(data.RtnCode, 1, JSON.stringify(data));
    this.#orders += 1;
    return relateNumber('faults', this.#orders - 1);
  }

  /** `IIS_Upload_Status` and `IIS_Turnkey_Status` together, e.g. `0G`. */
  async state(relate: string): Promise<string> {
    const shown = await this.#ask('GetIssue', { RelateNumber: relate });
    return `${shown.IIS_Upload_Status}${shown.IIS_Turnkey_Status}`;
  }

  becomes(relate: string, state: string): Promise<void> {
    return until(`${relate} is ${state}`, async () => (await this.state(relate)) === state);
  }

  async alarms(): Promise<readonly string[]> {
    const { items } = await this.served.read('/api/v1/alarms', alarmsShown);
    return items.map(({ code }) => code);
  }

  alarmed(code: string, isThere = true): Promise<void> {
    const what = `${code} ${isThere ? 'stands' : 'is over'}`;
    return until(what, async () => (await this.alarms()).includes(code) === isThere);
  }

  async #ask(action: string, data: Members): Promise<Members> {
    const { now } = await this.served.read('/sandbox/clock', clockShown);
    const timestamp = Math.floor(Date.parse(now) / 1000);
    const answer = await call(this.served.url, action, data, { timestamp });
    return answer.data ?? assert.fail(JSON.stringify(answer.envelope));
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    if (await holds()) return;
    await sleep(LOOK_PAUSE_MS);
  }
  assert.fail(`it did not come true: ${what}`);
}

async function open(t: TestContext, environment: Record<string, string> = {}): Promise<Shop> {
  const served = await startServed(environment);
  t.after(() => served.stop());
  return new Shop(served);
}

// Most of it is waiting for rounds of a second: the servers wait beside each other.
suite('the simulated Ministry over HTTP', { concurrency: true }, () => {
  test('plans that are none are refused with what was expected, and change nothing', async (t) => {
    const { served } = await open(t);
    assert.deepEqual(await served.read('/sandbox/ministry', anyPlan), {});
    for (const [body, expected] of [
      ['[]', /JSON object/],
      ['"isSilent"', /JSON object/],
      ['{"silent":true}', /silent is no fault; known are isTurnkeyDown, slowerByMs/],
      ['{"isSilent":1}', /isSilent is true or false/],
      ['{"slowerByMs":0}', /slowerByMs is a whole number from 1/],
      ['{"duplicateEvery":1.5}', /duplicateEvery is a whole number from 1/],
      ['{"truncateEvery":"2"}', /truncateEvery is a whole number from 1/],
      ['{"refuseEvery":{"nth":1,"code":"E1"}}', /refuseEvery is \{"nth":2,"code":"E0102"\}/],
      ['{"refuseEvery":3}', /with a code of the platform/],
    ] as const) {
      const reply = await put(served, '/sandbox/ministry', body);
      assert.equal(reply.status, 400, body);
      const { code, hint } = errorOf(reply);
      assert.equal(code, 'PARAMETER_INVALID');
      assert.match(hint ?? '', expected);
    }
    const broken = await put(served, '/sandbox/ministry', '{"isSilent":');
    assert.equal(broken.status, 400);
    assert.deepEqual(await served.read('/sandbox/ministry', anyPlan), {});
  });

  test('a Turnkey that is down, a platform that is silent or slow: seen in GetIssue and as alarms', async (t) => {
    const shop = await open(t);
    await shop.plan({ isTurnkeyDown: true });
    const first = await shop.issue();
    await shop.becomes(first, '0P');
    await shop.advance(700);
    await shop.alarmed('TURNKEY_TAKES_NOTHING');
    const gauge = /^kaili_alarms\{seller="",code="TURNKEY_TAKES_NOTHING",severity="\w+"\} 1$/m;
    await until('the metrics show it', async () => {
      return gauge.test((await shop.served.call('/metrics')).text);
    });
    assert.equal(await shop.state(first), '0P');

    await shop.plan({ isSilent: true });
    await shop.becomes(first, '0G');
    await shop.alarmed('TURNKEY_TAKES_NOTHING', false);
    await shop.advance(3700);
    await shop.alarmed('NO_RESULTS');
    assert.equal(await shop.state(first), '0G');

    // Sent an hour ago: two hours are not over.
    await shop.plan({ slowerByMs: 7_200_000 });
    const second = await shop.issue();
    await shop.becomes(second, '0G');
    assert.equal(await shop.state(first), '0G');
    await shop.advance(3700);
    await shop.becomes(first, '1C');
    assert.equal(await shop.state(second), '0G');
    await shop.plan({});
    await shop.becomes(second, '1C');
    await until('no alarm of the way is left', async () => {
      return (await shop.alarms()).every((code) => !/TURNKEY|RESULTS|FILING/.test(code));
    });
  });

  test('every second is refused with the code that was asked for, and goes out after a release', async (t) => {
    const shop = await open(t);
    await shop.plan({ refuseEvery: { nth: 2, code: 'E0113' } });
    const orders = [await shop.issue(), await shop.issue()];
    const filings = `/api/v1/sellers/${SELLER}/filings`;
    await until('one is refused', async () => {
      return (await shop.served.read(`${filings}?state=refused`, filingsShown)).total === 1;
    });
    const { items } = await shop.served.read(`${filings}?state=refused`, filingsShown);
    const [refused = assert.fail()] = items;
    assert.equal(refused.resultCode, 'E0113');
    assert.match(refused.resultText, /E0113|字軌/);
    await until('the shop sees both', async () => {
      const states = await Promise.all(orders.map((relate) => shop.state(relate)));
      return states.toSorted().join() === '0E,1C';
    });
    await shop.alarmed('FILING_REFUSED');
    await shop.plan({});
    const release = `${filings}/${refused.sequence}/release`;
    const reply = await put(shop.served, release, { reason: '字軌已更正' }, 'POST');
    assert.equal(reply.status, 200, reply.text);
    for (const relate of orders) await shop.becomes(relate, '1C');
    await shop.alarmed('FILING_REFUSED', false);
  });

  test('answers that come twice change nothing; half ones are told and settled by the day’s summary', async (t) => {
    const shop = await open(t);
    await shop.plan({ duplicateEvery: 1 });
    const twice = await shop.issue();
    await shop.becomes(twice, '1C');
    await shop.plan({ truncateEvery: 1 });
    const half = await shop.issue();
    await shop.becomes(half, '0G');
    const { items } = await shop.served.read(`/api/v1/sellers/${SELLER}/filings`, filingsShown);
    assert.deepEqual(items.map(({ state }) => state).slice(0, 1), ['confirmed']);
    // A file that stays cut for half a minute is not arriving any more.
    await until('the cut result is told', async () => {
      await shop.advance(20);
      await sleep(1000);
      return (await shop.alarms()).includes('RESULT_UNREADABLE');
    });
    assert.equal(await shop.state(half), '0G');
    await shop.plan({});
    await shop.advance(86_400);
    await shop.becomes(half, '1C');
    assert.equal(await shop.state(twice), '1C');
  });

  test('a plan of the configuration holds from the start, and again after a reset', async (t) => {
    const plan = { isSilent: true };
    const shop = await open(t, { KAILI_SANDBOX_MINISTRY: JSON.stringify(plan) });
    assert.deepEqual(await shop.served.read('/sandbox/ministry', anyPlan), plan);
    const relate = await shop.issue();
    await shop.becomes(relate, '0G');
    await shop.plan({});
    await shop.becomes(relate, '1C');
    assert.equal((await put(shop.served, '/sandbox/reset', {}, 'POST')).status, 200);
    assert.deepEqual(await shop.served.read('/sandbox/ministry', anyPlan), plan);
  });

  test('a plan of the configuration that is none keeps the server from starting, with the reason', () => {
    for (const [value, expected] of [
      ['silent', /JSON object/],
      ['{"isSilent":"yes"}', /isSilent is true or false/],
      ['{"noise":1}', /noise is no fault; known are/],
    ] as const) {
      assert.throws(
        () => readConfiguration({ KAILI_SANDBOX_MINISTRY: value }),
        (error) =>
          error instanceof StartRefused &&
          error.problems.some(
            ({ subject, mend }) => subject === 'KAILI_SANDBOX_MINISTRY' && expected.test(mend),
          ),
      );
    }
  });
});
