/**
 * The `kaili` command as an operator runs it: processes of their own over the data of a running sandbox, with the
 * texts, the remedies and the exit codes that a script goes by.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../support/bare-environment.ts';
import { call, type Members } from '../support/ecpay-bytes.ts';
import { order, relateNumber } from '../support/ecpay-orders.ts';
import {
  type House,
  makeHouse,
  SERVER_ENGINES,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const SELLER = '12345675';
const LOOK_PAUSE_MS = 150;
const LOOKS_MAX = 150;
const HEAD = '營業人統編,發票類別代號,發票類別,發票期別,發票字軌名稱,發票起號,發票迄號';

interface Said {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs one command over the house's data; `more` changes its settings. */
async function kaili(house: House, words: readonly string[], more = {}, input = ''): Promise<Said> {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: {
      ...bareEnvironment(),
      KAILI_DATA_DIR: house.dataFolder,
      ...(house.databaseUrl === null ? {} : { KAILI_DATABASE_URL: house.databaseUrl }),
      ...house.environment,
      ...more,
    },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, output, errors };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    if (await holds()) return;
    await sleep(LOOK_PAUSE_MS);
  }
  assert.fail(`it did not come true: ${what}`);
}

for (const engine of SERVER_ENGINES) {
  describe(`kaili over ${engine}`, () => {
    let house: House;
    let server: ServerProcess;
    let orders = 0;

    before(async () => {
      house = await makeHouse(engine);
      server = await startServerProcess(house);
    });
    after(() => house.remove());

    const source = () => join(house.dataFolder, 'turnkey', 'UpCast', 'B2SSTORAGE', 'F0401', 'SRC');

    async function sandbox(path: string, body: Members): Promise<Members> {
      const reply = await fetch(`${server.url}/sandbox/${path}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const shown: Members = JSON.parse(await reply.text());
      assert.equal(reply.status, 200, JSON.stringify(shown));
      return shown;
    }
    async function ask(action: string, data: Members): Promise<Members> {
      const answer = await call(server.url, action, data);
      return answer.data ?? assert.fail(JSON.stringify(answer.envelope));
    }
    async function issue(): Promise<string> {
      const data = await ask('Issue', order('cli', orders));
      assert.equal(data.RtnCode, 1, JSON.stringify(data));
      orders += 1;
      return relateNumber('cli', orders - 1);
    }
    function becomes(relate: string, state: string): Promise<void> {
      return until(`${relate} is ${state}`, async () => {
        const shown = await ask('GetIssue', { RelateNumber: relate });
        return `${shown.IIS_Upload_Status}${shown.IIS_Turnkey_Status}` === state;
      });
    }
    const filing = (...words: readonly string[]) => {
      const [word = '', ...rest] = words;
      return kaili(house, ['filing', word, '--seller', SELLER, ...rest]);
    };

    test('a refused filing is listed with its reason, released with one, and confirmed', async () => {
      await sandbox('ministry', { refuseEvery: { nth: 1, code: 'E0113' } });
      const relate = await issue();
      await becomes(relate, '0E');
      const listed = await filing('list', '--state', 'refused');
      assert.equal(listed.code, 0, listed.errors);
      assert.match(listed.output, /^1\tF0401\t[A-Z]{2}\d{8}\trefused\t\S.*\n1 of 1\n$/);

      const sick = await kaili(house, ['doctor']);
      assert.equal(sick.code, 2, sick.output);
      assert.match(sick.output, /✗ 12345675 FILING_REFUSED: .*\n {4}mend what resultCode/);

      const wrong = await filing('resend', '--filing', '1', '--reason', 'x');
      assert.equal(wrong.code, 1);
      assert.match(wrong.errors, /filing 1 is refused: this is for one that is handed or sent/);
      const silent = await filing('release', '--filing', '1', '--reason', ' ');
      assert.equal(silent.code, 1);
      assert.match(silent.errors, /say why, in 1 to 200 characters/);

      await sandbox('ministry', {});
      const released = await filing('release', '--filing', '1', '--reason', '字軌已更正');
      assert.equal(released.code, 0, released.errors);
      assert.match(released.output, /^filing 1 is ready; a running server hands it over\n$/);
      await becomes(relate, '1C');
      assert.equal((await filing('list')).output, '0 of 0\n');
      const late = await filing('release', '--filing', '1', '--reason', 'again');
      assert.equal(late.code, 1);
      assert.match(late.errors, /filing 1 is confirmed/);
    });

    test('a file that somebody took away is written anew under another name', async (t) => {
      if (engine === 'postgres') return t.skip('asked once: it touches the store as release does');
      await sandbox('ministry', { isTurnkeyDown: true });
      const relate = await issue();
      await becomes(relate, '0P');
      await until(
        'its file lies in SRC',
        async () => globSync('*.xml', { cwd: source() }).length === 1,
      );
      for (const name of globSync('*.xml', { cwd: source() })) rmSync(join(source(), name));
      const resent = await filing('resend', '--filing', '2', '--reason', 'SRC 被清空');
      assert.equal(resent.code, 0, resent.errors);
      await until(
        'a second attempt lies in SRC',
        async () => globSync('*_2-2.xml', { cwd: source() }).length === 1,
      );
      await sandbox('ministry', {});
      await becomes(relate, '1C');
    });

    test('a past period is closed by hand; a running server reports it', async () => {
      const period = String((await sandbox('clock', { advanceSeconds: 1 })).period);
      const month = Number(period.slice(3)) % 12;
      const year = Number(period.slice(0, 3)) + 1911 + (month === 0 ? 1 : 0);
      const first = `${year}-${String(month + 1).padStart(2, '0')}-02T09:00:00+08:00`;
      await sandbox('clock', { now: first });
      const close = ['period', 'close', '--period', period];
      const said = await kaili(house, [...close, '--seller', SELLER]);
      assert.equal(said.code, 0, said.errors);
      assert.match(said.output, /^12345675 [A-Z]{2}\/07: \d+ numbers in \d+ ranges, reported$/m);
      await until(
        'every report is confirmed',
        async () => (await filing('list')).output === '0 of 0\n',
      );
      const again = await kaili(house, [...close, '--seller', SELLER]);
      assert.doesNotMatch(again.output, /reported/);
      assert.match(again.output, /unchanged/);
      const resent = await kaili(house, [...close, '--seller', SELLER, '--resend']);
      assert.match(resent.output, /reported$/m);
      const other = await kaili(house, [...close, '--seller', '04595257']);
      assert.equal(other.code, 1);
      assert.match(other.errors, /there is no such seller/);
    });

    // What does not touch the store differently is asked once.
    if (engine === 'postgres') return;

    test('verify says that the journal is whole, and ends with 0', async () => {
      const said = await kaili(house, ['verify']);
      assert.equal(said.code, 0, said.errors);
      assert.match(said.output, /the journal is whole/);
    });

    test('words that mean nothing end with 1 and say what was expected', async () => {
      for (const [words, expected] of [
        [
          ['filing', 'list', '--seller', SELLER, '--state', 'lost'],
          /a state is one of held, ready/,
        ],
        [
          ['filing', 'release', '--seller', SELLER, '--filing', '99', '--reason', 'x'],
          /has no filing 99/,
        ],
        [['filing', 'mend'], /unknown command|Usage/],
        [['period', 'close', '--period', '11511'], /ROC year and its even month/],
        [['period', 'close', '--period', '19912'], /can still be issued/],
      ] as const) {
        const said = await kaili(house, words);
        assert.equal(said.code, 1, `${words.join(' ')}: ${said.output}`);
        assert.match(`${said.output}${said.errors}`, expected);
        assert.doesNotMatch(said.errors, /\n {4}at /, 'no stack');
      }
    });

    test('numbers come in from the platform’s file, after a dry run, once', async () => {
      const next = `${new Date().getFullYear() - 1911 + 1}/01 ~ ${new Date().getFullYear() - 1911 + 1}/02`;
      const line = (ubn: string, first: string, last: string) =>
        `${ubn},07,一般稅額計算,${next},ZX,${first},${last}`;
      const good = `${HEAD}\r\n${line(SELLER, '00000000', '00000049')}\r\n`;
      const importing = ['book', 'import', '--file', '-'];
      const dry = await kaili(house, [...importing, '--dry-run'], {}, good);
      assert.equal(dry.code, 0, dry.errors);
      assert.match(
        dry.output,
        /^line 2: new 12345675 \d{5} ZX 00000000–00000049 \(50\)\ndry run: nothing was changed\n$/,
      );
      for (const [outcome, expected] of [
        ['new', /^line 2: new .*\n1 lines are in\n$/],
        ['known', /^line 2: known .*\n1 lines are in\n$/],
      ] as const) {
        const said = await kaili(house, importing, {}, good);
        assert.equal(said.code, 0, `${outcome}: ${said.errors}`);
        assert.match(said.output, expected);
      }
      const mixed = `${good}${line('04595257', '00000050', '00000099')}\r\n${line(SELLER, '00000050', '00000098')}\r\n`;
      const said = await kaili(house, importing, {}, mixed);
      assert.equal(said.code, 1);
      assert.match(said.output, /line 3: refused .*\nline 4: refused /);
      const page = await kaili(house, importing, {}, '<html>login</html>');
      assert.equal(page.code, 1);
      assert.match(page.errors, /^-: \S/);
    });

    test('doctor names folders that are wrong, each with its remedy, and settings nobody knows', async () => {
      const turnkey = join(house.dataFolder, 'turnkey');
      const summaries = join(turnkey, 'Unpack', 'BAK', 'SummaryResult');
      await server.stop();
      rmSync(summaries, { recursive: true });
      rmSync(join(turnkey, 'UpCast', 'B2PMESSAGE', 'E0402', 'SRC'), { recursive: true });
      writeFileSync(join(turnkey, 'UpCast', 'B2PMESSAGE', 'E0402', 'SRC'), '');
      const said = await kaili(house, ['doctor'], { KAILI_TRUNKEY_DIR: '/x' });
      assert.equal(said.code, 2, said.output);
      assert.match(
        said.output,
        /✗ folder of E0402: .*SRC is not a folder\n {4}Kaili makes it at the start/,
      );
      assert.match(
        said.output,
        /✗ folder .*SummaryResult: cannot be read \(ENOENT\)\n {4}Turnkey writes answers/,
      );
      assert.match(said.output, /! KAILI_TRUNKEY_DIR: is set\n {4}it means nothing to Kaili/);
      assert.match(said.output, /\n\d+ broken, \d+ to look at, of \d+ checks\n$/);

      rmSync(join(turnkey, 'UpCast'), { recursive: true });
      writeFileSync(join(turnkey, 'UpCast'), '');
      const blocked = await kaili(house, ['doctor']);
      assert.equal(blocked.code, 2, blocked.output);
      assert.match(
        blocked.output,
        /✗ Turnkey folder .*: cannot be looked at \(ENOTDIR\)\n {4}check the owner/,
      );
      const unset = await kaili(house, ['doctor'], { KAILI_BLANK_DAY: '11' });
      assert.equal(unset.code, 2);
      assert.match(unset.output, /✗ KAILI_BLANK_DAY: found "11"\n {4}expected a day from 1 to 10/);
    });

    test('with a Turnkey for each seller, doctor looks at each', async () => {
      const root = join(house.dataFolder, 'turnkeys');
      mkdirSync(root);
      const settings = { KAILI_TURNKEY_LAYOUT: 'per-seller', KAILI_TURNKEY_DIR: root };
      const missing = await kaili(house, ['doctor'], settings);
      for (const ubn of [SELLER, '22222229']) {
        assert.match(
          missing.output,
          new RegExp(`✗ Turnkey folder .*${ubn}: is not there\\n {4}create`),
        );
      }
      server = await startServerProcess({ ...house, environment: settings });
      await until('its folders are made', async () =>
        existsSync(join(root, '22222229', 'Unpack', 'BAK')),
      );
      const well = await kaili(house, ['doctor'], settings);
      for (const ubn of [SELLER, '22222229']) {
        assert.match(well.output, new RegExp(`✓ Turnkey folder .*${ubn}: can be written`));
      }
      await server.stop();
    });
  });
}
