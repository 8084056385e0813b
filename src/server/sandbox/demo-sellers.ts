/**
 * The sandbox's sellers and how client programs reach them. The keys of seller A and of the POS are the
 * ones that ECPay publishes for its stage (ECPay invoice API, test environment), so that existing
 * samples run unchanged; all others are Kaili's own and as public. None of them exists in production.
 */
import type { Seller } from '../../domain/seller.ts';
import { ubn } from '../../domain/ubn.ts';
import type { AccountDraft } from '../accounts.ts';

export const SELLER_A = ubn('12345675');
export const SELLER_B = ubn('22222229');

export const demoSellers: readonly Seller[] = [
  {
    ubn: SELLER_A,
    name: '開立測試商店',
    address: '臺北市中正區開立路1號',
    personInCharge: '王開立',
    phone: '0223456789',
    fax: '',
    email: 'shop@kaili.invalid',
    zeroTaxRateReasonDefault: '71',
    memberCarrierCode: 'EJ0113',
  },
  {
    ubn: SELLER_B,
    name: '開立測試商行',
    address: '高雄市鹽埕區開立路2號',
    personInCharge: '林開立',
    phone: '0723456789',
    fax: '',
    email: 'store@kaili.invalid',
    // Left empty, so that a sandbox also shows what happens without them.
    zeroTaxRateReasonDefault: '',
    memberCarrierCode: '',
  },
];

/** Of both sandbox sellers; the certificate's check field is made from it. */
export const DEMO_QR_PASS_PHRASE = '12345678';

function account(
  dialect: string,
  id: string,
  seller: AccountDraft['seller'],
  secrets: AccountDraft['secrets'],
): AccountDraft {
  return { dialect, id, seller, kind: 'merchant', secrets, boundAccounts: [] };
}

export const demoAccounts: readonly AccountDraft[] = [
  account('ecpay', '2000132', SELLER_A, {
    hashKey: 'ejCk326UnaZWKisg',
    hashIv: 'q9jcZX8Ib9LM8wYk',
  }),
  account('ecpay', '2000933', SELLER_B, {
    hashKey: 'kailiSandboxKeyB',
    hashIv: 'kailiSandboxIv_B',
  }),
  {
    ...account('ecpay', '3085340', SELLER_A, {
      hashKey: 'HwiqPsywG1hLQNuN',
      hashIv: 'YqITWD4TyKacYXpn',
    }),
    kind: 'pos',
  },
  {
    ...account('ecpay', '3002607', null, {
      hashKey: 'kailiPlatformKey',
      hashIv: 'kailiPlatform_IV',
    }),
    kind: 'platform',
    boundAccounts: ['2000132', '2000933'],
  },
  account('systemlead', SELLER_A, SELLER_A, { salt: '0123456789ABCDEF0123456789ABCDEF' }),
  account('systemlead', SELLER_B, SELLER_B, { salt: 'FEDCBA9876543210FEDCBA9876543210' }),
];
