/** GetOfflineMerchantInfo: who the seller is (ECPay offline API, GetOfflineMerchantInfo). */
import { GET_OFFLINE_MERCHANT_INFO } from '#wire/ecpay-b2c/offline.ts';
import { writeMessage } from '#wire/write-message.ts';
import { done, type Outcome } from '../../../domain/fault.ts';
import { type Endpoint, SUCCESS } from '../endpoint.ts';
import type { Call } from '../envelope.ts';

export const getOfflineMerchantInfo: Endpoint = {
  action: 'GetOfflineMerchantInfo',
  wire: GET_OFFLINE_MERCHANT_INFO,
  answer,
};

/** MerchantName is String(20). */
const NAME_CHARACTERS_MAX = 20;

async function answer({ seller }: Call): Promise<Outcome<string>> {
  return done(
    writeMessage(GET_OFFLINE_MERCHANT_INFO.reply, {
      RtnCode: SUCCESS,
      RtnMsg: '成功',
      MerchantName: seller.name.slice(0, NAME_CHARACTERS_MAX),
      MerchantIdentifier: seller.ubn,
    }),
  );
}
