/**
 * MaintainMerchantCustomerData 交易對象: adds, changes or deletes a trading partner (ECPay B2B API). Its mode
 * holds for invoices issued from then on.
 */
import {
  B2B_PARTNER,
  B2B_PARTNER_REQUEST,
} from '#wire/ecpay-b2b/maintain-merchant-customer-data.ts';
import type { Wire } from '#wire/field.ts';
import { done, fault, type Outcome, refused } from '../../../domain/fault.ts';
import type { PartnerFacts } from '../../../domain/partner.ts';
import type { Ubn } from '../../../domain/ubn.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, originOf, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { readMembers } from '../parse.ts';
import { lengthOf, type WireFault, wireFault } from '../wire-fault.ts';
import { isAddressList, onB2bWire, ubnOf } from './values.ts';

export const maintainMerchantCustomerData: Endpoint = {
  action: 'B2B/MaintainMerchantCustomerData',
  wire: B2B_PARTNER,
  answer,
};

type Request = Partial<Wire<typeof B2B_PARTNER_REQUEST>>;

const TEXTS: Readonly<Record<string, string>> = {
  Add: '新增成功',
  Update: '修改成功',
  Delete: '刪除成功',
};
const KINDS = { '1': 'buyer', '2': 'seller', '3': 'both' } as const;
/** Members that a partner must have, but that nobody needs to delete one. */
const NEEDED = ['type', 'CompanyName', 'TradingSlang', 'ExchangeMode', 'EmailAddress'] as const;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(B2B_PARTNER_REQUEST, call.data);
  const request = reading.members;
  const broken = checkPartner(request, reading.bad);
  const partner = ubnOf(request.Identifier ?? '');
  if (request.Identifier !== undefined && partner === undefined) {
    broken.push(fault('UBN_CHECK_DIGIT', 'Identifier', 'the check digit does not fit: mistyped?'));
  }
  if (reading.faults.length > 0 || broken.length > 0 || partner === undefined) {
    return refused(...reading.faults, ...broken);
  }
  const origin = originOf(call);
  const [outcome] =
    request.Action === 'Delete'
      ? await context.ledger.deletePartner([{ ...origin, partner }])
      : await context.ledger.upsertPartner([
          {
            ...origin,
            partner: factsOf(request, partner),
            expects: request.Action === 'Add' ? 'absent' : 'present',
          },
        ]);
  if (outcome === undefined) throw new Error('the ledger answered no partner');
  if (!outcome.ok) return onB2bWire(outcome.faults);
  return done(JSON.stringify({ RtnCode: SUCCESS, RtnMsg: TEXTS[request.Action ?? ''] ?? '' }));
}

function checkPartner(request: Request, bad: ReadonlySet<string>): WireFault[] {
  const faults: WireFault[] = [];
  if (request.Action === 'Delete' || bad.has('Action')) return faults;
  for (const member of NEEDED) {
    if (request[member] !== undefined || bad.has(member)) continue;
    const hint = 'a partner is added and changed as a whole';
    faults.push(wireFault('FIELD_REQUIRED', member, 'a value', 'nothing', hint));
  }
  const { EmailAddress: email } = request;
  if (email !== undefined && !isAddressList(email)) {
    const hint = 'one address, or several separated by ;';
    faults.push(wireFault('FIELD_FORMAT', 'EmailAddress', hint, lengthOf(email), hint));
  }
  return faults;
}

function factsOf(request: Request, partner: Ubn): PartnerFacts {
  return {
    partner,
    // The wire table lets 1, 2 and 3 pass alone.
    kind: KINDS[request.type as keyof typeof KINDS],
    name: request.CompanyName ?? '',
    customerNumber: request.CustomerNumber ?? '',
    personInCharge: request.PersonInCharge ?? '',
    address: request.Address ?? '',
    phone: request.TelephoneNumber ?? '',
    fax: request.FacsimileNumber ?? '',
    mode: request.ExchangeMode === '1' ? 'exchange' : 'storage',
    email: request.EmailAddress ?? '',
    salesName: request.SalesName ?? '',
    contactAddress: request.ContactAddress ?? '',
    passPhrase: request.TradingSlang ?? '',
  };
}
