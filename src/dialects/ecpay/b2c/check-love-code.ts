/**
 * CheckLoveCode: whether a donation code 愛心碼 exists and whose it is (ECPay B2C API, CheckLoveCode). The
 * Ministry's service does not tell the organisation's name: it is then empty.
 */
import {
  CHECK_LOVE_CODE,
  CHECK_LOVE_CODE_REPLY,
  CHECK_LOVE_CODE_REQUEST,
} from '#wire/ecpay-b2c/check-love-code.ts';
import { writeMessage } from '#wire/write-message.ts';
import { parseDonationCode } from '../../../domain/donation-code.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';

export const checkLoveCode: Endpoint = { action: 'CheckLoveCode', wire: CHECK_LOVE_CODE, answer };

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(CHECK_LOVE_CODE_REQUEST, call.data);
  if (!isWhole(reading)) return refused(...reading.faults);
  const code = parseDonationCode(reading.members.LoveCode);
  if (code === undefined) throw new Error('the wire table let a bad donation code pass');
  const found = await context.registry.findDonationOrganisation(code);
  if (!found.ok) return found;
  const reply =
    found.value === null
      ? { IsExist: 'N', RtnCode: SUCCESS, RtnMsg: '' }
      : {
          OrganName: found.value.name,
          IsExist: 'Y',
          RtnCode: SUCCESS,
          RtnMsg: '成功取得查詢結果',
        };
  return done(writeMessage(CHECK_LOVE_CODE_REPLY, reply));
}
