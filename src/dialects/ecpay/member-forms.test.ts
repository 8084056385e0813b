/**
 * A sweep over the members of every B2C action: each form that a wire table fixes, broken alone in a request
 * that is good otherwise (the example of the action's success), has the code of its own member. The four
 * actions that bear an invoice's content refuse by the rules of an Issue, each alone.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { INVOICE_NUMBER_PATTERN } from '#wire/ecpay-b2c/envelope.ts';
import type { Field, WireTable } from '#wire/field.ts';
import { ORDER } from '../../../test/support/ecpay-b2c-case.ts';
import { ISSUE_RULE_CASES } from '../../../test/support/ecpay-b2c-issue-rule-cases.ts';
import type { Members } from '../../../test/support/ecpay-bytes.ts';
import {
  type EcpayHouse,
  type HouseOptions,
  openEcpayHouse,
  POS_MERCHANT,
} from '../../../test/support/ecpay-house.ts';
import { repositoryPath } from '../../../test/support/golden.ts';
import { ISSUE_RULE_LIST } from './b2c/issue-rule-list.ts';
import { type Action, answerTo, B2C_ACTIONS } from './faults.ts';
import { ENDPOINTS } from './index.ts';
import { formsOf, type MemberForm } from './member-forms.ts';

/** Examples of success, of which each member is broken; those that name no member need none. */
const EXAMPLES: Readonly<Partial<Record<Action, readonly string[]>>> = {
  Invalid: ['invalid'],
  Allowance: ['allowance-mail'],
  AllowanceInvalid: ['allowance-invalid'],
  GetIssue: ['get-issue-by-number'],
  GetIssueList: ['get-issue-list'],
  GetAllowance: ['get-allowance'],
  GetAllowanceList: ['get-allowance-list-by-invoice', 'get-allowance-list-by-number'],
  GetInvalid: ['get-invalid'],
  GetAllowanceInvalid: ['get-allowance-invalid'],
  CheckBarcode: ['check-barcode'],
  CheckLoveCode: ['check-love-code'],
  GetCompanyNameByTaxID: ['get-company-name'],
  DelayIssue: ['delay-issue'],
  EditDelayIssue: ['edit-delay-issue'],
  TriggerIssue: ['trigger-issue-now'],
  CancelDelayIssue: ['cancel-delay-issue'],
  AllowanceByCollegiate: ['allowance-by-collegiate'],
  AllowanceInvalidByCollegiate: ['allowance-invalid-by-collegiate'],
  InvoiceNotify: ['invoice-notify-both-ways'],
  GetGovInvoiceWordSetting: ['get-gov-invoice-word-setting'],
  AddInvoiceWordSetting: ['add-invoice-word-setting-offline'],
  UpdateInvoiceWordStatus: ['update-invoice-word-status-enable'],
  GetInvoiceWordSetting: ['get-invoice-word-setting-by-product'],
  OfflineMerchantPosSetting: ['offline-merchant-pos-setting-add'],
  GetOfflineInvoiceWordSetting: ['get-offline-invoice-word-setting'],
  GetOfflineInvoiceWordSettingNumber: ['get-offline-invoice-word-setting-number'],
  OfflineIssue: ['offline-issue'],
  OfflineInvalid: ['offline-invalid'],
  InvoicePrint: ['invoice-print-a4'],
};

/** A client's word that nothing here reads is never refused (ECPay's .NET SDK sends it). */
const UNREAD = { CreateUser: '長'.repeat(30) };

const TIME = '2026-11-21 09:15:00';
/** What carries an invoice's content, for each action beside Issue that bears one. */
const BEARERS = {
  DelayIssue: (content: Members) => ({
    ...content,
    ...{ DelayFlag: '2', DelayDay: 0, PayType: '2', PayAct: 'ECPAY', Tsr: 'T1' },
  }),
  EditDelayIssue: (content: Members) => ({ ...content, Tsr: 'T1' }),
  VoidWithReIssue: (content: Members) => ({
    VoidModel: { InvoiceNo: 'KA10000000', VoidReason: '更正' },
    IssueModel: { ...content, InvoiceDate: TIME },
  }),
  OfflineIssue: (content: Members) => ({
    ...content,
    ...{ MachineID: 'POS1', InvoiceNo: 'MA20000000', InvoiceDate: TIME, RandomNumber: '0417' },
  }),
} as const satisfies Readonly<Partial<Record<Action, (content: Members) => Members>>>;

function tableOf(action: Action): WireTable {
  const found = ENDPOINTS.find((endpoint) => endpoint.action === action);
  return found?.wire.request ?? assert.fail(`no endpoint ${action}`);
}

function exampleOf(name: string): Members {
  const path = repositoryPath(`examples/ecpay-b2c/${name}/request.json`);
  return JSON.parse(readFileSync(path, 'utf8')).data;
}

function fieldOf(table: WireTable, path: string): Field {
  const [, rows, inner] = /^(?:(\w+)\[0\]\.)?(\w+)$/.exec(path) ?? [];
  const outer = rows === undefined ? undefined : table[rows];
  const field = outer?.kind === 'rows' ? outer.row[inner ?? ''] : table[inner ?? ''];
  return field ?? assert.fail(path);
}

/** A value that breaks the form and nothing else. */
function wrong({ code }: MemberForm, field: Field): unknown {
  if (code === 'FIELD_REQUIRED') return '';
  const isLong = code === 'FIELD_LENGTH';
  switch (field.kind) {
    case 'text': {
      if (isLong) return '1'.repeat(field.lengthMax + 1);
      return field.pattern === INVOICE_NUMBER_PATTERN ? '1234567890' : '\u0001';
    }
    case 'integer':
      return isLong ? 10 ** field.digitsMax : 'x';
    case 'decimal':
      return isLong ? 10 ** field.integerDigitsMax : 'x';
    default:
      return '~';
  }
}

function changed(example: Members, path: string, value: unknown): Members {
  const [, rows, inner = ''] = /^(?:(\w+)\[0\]\.)?(\w+)$/.exec(path) ?? [];
  if (rows === undefined) return { ...example, [inner]: value };
  const [first, ...others] = example[rows] as readonly Members[]; // the example's own rows
  return { ...example, [rows]: [{ ...first, [inner]: value }, ...others] };
}

describe('a broken member', () => {
  const place: { house?: EcpayHouse } = {};
  before(async () => {
    place.house = await openEcpayHouse();
  });
  after(() => place.house?.close());

  async function refuses(
    action: Action,
    data: Members,
    { code, path }: Pick<MemberForm, 'code' | 'path'>,
  ): Promise<void> {
    assert(place.house !== undefined);
    const isOffline = action.includes('Offline');
    const options: HouseOptions = isOffline ? { merchant: POS_MERCHANT } : {};
    const { data: reply, notes, dataText } = await place.house.call(action, data, options);
    const answer = answerTo(action, { code, path });
    assert.deepEqual([reply.RtnCode, reply.RtnMsg], [answer?.rtnCode, answer?.text], dataText);
    assert(Array.isArray(notes.faults) && notes.faults.length === 1, JSON.stringify(notes));
    assert.deepEqual([notes.faults[0].code, notes.faults[0].field], [code, path]);
  }

  for (const [action, names] of Object.entries(EXAMPLES) as [Action, readonly string[]][]) {
    const bearsContent = action in BEARERS;
    const issueMembers = new Set(bearsContent ? Object.keys(tableOf('Issue')) : []);
    for (const form of formsOf(tableOf(action))) {
      const name = form.path.split('[')[0] ?? '';
      if (issueMembers.has(name)) continue;
      const key = `${action} ${form.path} ${form.code}`;
      test(`${key} has its code`, async () => {
        const examples = names.map(exampleOf);
        const example = examples.find((one) => one[name] !== undefined) ?? examples[0];
        const { MerchantID: _id, ...data } = example ?? {};
        const value = wrong(form, fieldOf(tableOf(action), form.path));
        await refuses(action, changed(data, form.path, value), form);
      });
    }
  }

  for (const [action, bear] of Object.entries(BEARERS) as [
    keyof typeof BEARERS,
    (content: Members) => Members,
  ][]) {
    test(`of an invoice in ${action} has the code of its rule`, async () => {
      for (const rule of ISSUE_RULE_LIST) {
        const example = ISSUE_RULE_CASES[rule.key];
        const isJudgedEarly = rule.judge !== 'caller' && rule.judge !== 'ledger';
        if (!isJudgedEarly || example === undefined || example.house !== undefined) continue;
        // A reissue keeps the number that the invoice has.
        if (action === 'VoidWithReIssue' && rule.key === 'form RelateNumber FIELD_REQUIRED')
          continue;
        for (const changes of example.broken) {
          const content = { ...ORDER, ...example.valid, ...changes };
          assert(place.house !== undefined);
          const options: HouseOptions = action === 'OfflineIssue' ? { merchant: POS_MERCHANT } : {};
          const { data } = await place.house.call(action, bear(content), options);
          const answer = answerTo(action, rule);
          assert.deepEqual(
            [data.RtnCode, data.RtnMsg],
            [answer?.rtnCode, answer?.text],
            `${rule.key}: ${JSON.stringify(data)}`,
          );
        }
      }
    });
  }
});

test('a member that nothing reads is never refused', async () => {
  const house = await openEcpayHouse();
  try {
    const { MerchantID: _id, ...data } = exampleOf('allowance-invalid-by-collegiate');
    const { data: reply } = await house.call('AllowanceInvalidByCollegiate', {
      ...data,
      ...UNREAD,
    });
    assert.equal(reply.RtnCode, 2000039);
  } finally {
    await house.close();
  }
});

test('every B2C action is swept', () => {
  for (const action of B2C_ACTIONS) {
    const hasMembers = Object.keys(tableOf(action)).some((name) => name !== 'MerchantID');
    const isSwept = action === 'Issue' || action in EXAMPLES || action in BEARERS;
    assert.equal(isSwept, hasMembers, action);
  }
});

test('every form of every action of both APIs has a number', () => {
  for (const { action, wire } of ENDPOINTS) {
    const tables = [wire.request, ...Object.values(wire.request).flatMap(membersOf)];
    for (const form of tables.flatMap((table) => formsOf(withoutObjects(table)))) {
      const answer = answerTo(action, form);
      assert(answer !== undefined, `${action} ${form.path} ${form.code}`);
    }
  }
});

function membersOf(field: Field): readonly WireTable[] {
  return field.kind === 'object' ? [field.members] : [];
}

function withoutObjects(table: WireTable): WireTable {
  return Object.fromEntries(Object.entries(table).filter(([, { kind }]) => kind !== 'object'));
}
