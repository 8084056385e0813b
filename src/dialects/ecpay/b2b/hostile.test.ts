/**
 * Every member of every B2B request, one after the other replaced by values that no client should send: each
 * is answered with a code of its own, and nothing fails inside.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Field, WireTable } from '#wire/field.ts';
import {
  allowanceNumber,
  allowed,
  DAY,
  EXCHANGED,
  exchanged,
  invoiceNumber,
  MERCHANT_A,
  MERCHANT_B,
  order,
  PARTNER_B,
  partner,
  step,
} from '../../../../test/support/ecpay-b2b-case.ts';
import type { Members } from '../../../../test/support/ecpay-bytes.ts';
import { type EcpayHouse, openEcpayHouse } from '../../../../test/support/ecpay-house.ts';
import { type OpenedStore, onEveryEngine } from '../../../../test/support/engines.ts';
import { B2B_ENDPOINTS } from './endpoints.ts';

const HOSTILE: readonly unknown[] = [
  ...[null, true, false, '', ' ', 0, -1, 1.5, 1e21, -0.0000001, '0', '-1', '1e5', 'NaN', '٣'],
  ...[
    '\u0000',
    '\ud800',
    '😀'.repeat(30),
    "'; drop table trade; --",
    '<a>&amp;',
    '%00',
    '9'.repeat(40),
  ],
  ...[
    'x'.repeat(5_000),
    '2026-13-45',
    '9999-12-31 23:59:59',
    '0000-00-00',
    '2026-11-21T00:00:00+99:99',
  ],
  ...[[], {}, [[]], [{}], { a: 1 }, [null], ['x'], [1, 2]],
];

/** A whole request of each action, in a house where each could succeed. */
function requestOf(action: string, earlier: readonly Members[]): Members {
  const number = invoiceNumber(earlier);
  const named = { InvoiceNumber: number, InvoiceDate: DAY, InvoiceCategory: 0 };
  const call = allowed(1);
  const details = typeof call.data === 'function' ? call.data(earlier) : call.data;
  const given = partner('04595257', '0');
  assert(typeof given.data !== 'function');
  switch (action) {
    case 'MaintainMerchantCustomerData':
      return given.data;
    case 'Issue':
      return order({ CustomerIdentifier: PARTNER_B, InvoiceTime: `${DAY} 10:20:30` });
    case 'Allowance':
      return { ...details, AllowanceDate: `${DAY} 10:20:30` };
    case 'VoidWithReIssue':
      return {
        VoidModel: { InvoiceNo: number, VoidReason: '錯' },
        IssueModel: order({ InvoiceTime: `${DAY} 10:20:30`, CustomerEmail: 'a@example.com' }),
      };
    default:
      return {
        ...named,
        ...{ InvoiceNo: number, AllowanceNo: allowanceNumber(earlier), Reason: '錯', Remark: '' },
        ...{ NotifyMail: 'a@example.com', InvoiceTag: '1', Notified: 'C', PrintStyle: 1 },
        ...{ InvoiceYear: '115', InvoiceTerm: 0, UseStatus: 0, UnifiedBusinessNo: '12345675' },
      };
  }
}

/** The request with one member after the other replaced, and its rows' and objects' too. */
function* replaced(
  table: WireTable,
  request: Members,
): Generator<readonly [path: string, request: Members]> {
  for (const [name, field] of Object.entries<Field>(table)) {
    for (const value of HOSTILE) yield [name, { ...request, [name]: value }];
    const inner = request[name];
    if (field.kind === 'object' && typeof inner === 'object' && inner !== null) {
      for (const [path, changed] of replaced(field.members, Object(inner))) {
        yield [`${name}.${path}`, { ...request, [name]: changed }];
      }
    }
    if (field.kind === 'rows' && Array.isArray(inner) && !('members' in field)) {
      for (const [path, changed] of replaced(field.row, inner[0])) {
        yield [`${name}[0].${path}`, { ...request, [name]: [changed] }];
      }
    }
  }
}

/** Those that keep texts: on each engine, since each has its own idea of a text. */
const KEEPING = /^B2B\/(?:Maintain|Issue|Invalid|Reject|Allowance|Cancel|Void|Notify)/;

async function openTraded(opened: OpenedStore): Promise<readonly [EcpayHouse, readonly Members[]]> {
  const segments = [{ code: '', category: 'b2b', count: 5_000 }] as const;
  const house = await openEcpayHouse({ segments, opened, downloadLimit: { admits: () => true } });
  const earlier: Members[] = [];
  for (const call of [EXCHANGED, exchanged(), step('IssueConfirm', MERCHANT_B), allowed(1)]) {
    const data = typeof call.data === 'function' ? call.data(earlier) : call.data;
    const options = { merchant: call.by ?? MERCHANT_A };
    const reply = await house.call(`B2B/${call.action}`, data, options);
    assert.equal(reply.data.RtnCode, 1, reply.dataText);
    earlier.push(reply.data);
  }
  return [house, earlier];
}

onEveryEngine((open, engine) => {
  let opened: OpenedStore;
  before(async () => {
    opened = await open();
  });
  beforeEach(() => opened.store.clear());
  after(() => opened.remove());
  const endpoints = B2B_ENDPOINTS.filter(
    ({ action }) => engine === 'sqlite' || KEEPING.test(action),
  );
  for (const { action, wire } of endpoints) {
    test(`${action} answers whatever stands in a member`, async () => {
      const [house, earlier] = await openTraded(opened);
      try {
        const request = requestOf(action.slice('B2B/'.length), earlier);
        let count = 0;
        for (const [path, data] of replaced(wire.request, request)) {
          const what = `${path}: ${JSON.stringify(data).slice(0, 300)}`;
          const { status, body, attachment, notes } = await house.send(action, house.body(data));
          assert.equal(status, 200, what);
          assert(!('failure' in notes), `${what} ${JSON.stringify(notes.failure)}`);
          const isJson = typeof body === 'string' && body.startsWith('{');
          assert(attachment !== undefined || isJson, what);
          count += 1;
        }
        assert(count >= HOSTILE.length);
      } finally {
        await house.close();
      }
    });
  }
});
