/**
 * CheckBarcode: whether a mobile barcode 手機條碼 exists (ECPay B2C API, CheckBarcode). A register that cannot
 * be asked is 9000001, which clients take for "unknown", never for "no".
 */
import {
  CHECK_BARCODE,
  CHECK_BARCODE_REPLY,
  CHECK_BARCODE_REQUEST,
} from '#wire/ecpay-b2c/check-barcode.ts';
import type { JsonObject } from '#wire/exact-json.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome, refused } from '../../../domain/fault.ts';
import type { DialectContext } from '../../dialect.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';
import { isWhole, readMembers } from '../parse.ts';

export const checkBarcode: Endpoint = { action: 'CheckBarcode', wire: CHECK_BARCODE, answer };

const BARCODE_LENGTH = 8;

async function answer(call: Call, context: DialectContext): Promise<Outcome<string>> {
  const reading = readMembers(CHECK_BARCODE_REQUEST, plusForBlank(call.data));
  if (!isWhole(reading)) return refused(...reading.faults);
  const known = await context.registry.isMobileBarcodeKnown(reading.members.BarCode);
  if (!known.ok) return known;
  const IsExist = known.value ? 'Y' : 'N';
  return done(writeMessage(CHECK_BARCODE_REPLY, { IsExist, RtnCode: SUCCESS, RtnMsg: '' }));
}

/**
 * A blank where a `+` belongs: clients that URL-encode once too little lose it, and older pages even
 * advise to send a blank. A text of eight characters keeps its last one, which may be such a blank.
 */
function plusForBlank(data: JsonObject): JsonObject {
  const changed: Record<string, JsonObject[string]> = { ...data };
  for (const [name, value] of Object.entries(data)) {
    if (name.toLowerCase() !== 'barcode' || typeof value !== 'string') continue;
    const text = value.length === BARCODE_LENGTH ? value : value.trim();
    if (text.trim() !== '') changed[name] = text.replaceAll(' ', '+');
  }
  return changed;
}
