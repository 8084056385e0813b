/** Carriers 載具: what holds an invoice instead of paper. */

export const CARRIER_KINDS = [
  'none',
  'member',
  'citizen-certificate',
  'mobile-barcode',
  'easycard',
  'ipass',
] as const;
/** none 無, member 會員載具, citizen certificate 自然人憑證, mobile barcode 手機條碼, cards 電子票證. */
export type CarrierKind = (typeof CARRIER_KINDS)[number];

export interface Carrier {
  readonly kind: CarrierKind;
  /** Visible code 顯碼; '' for `none`. For `member` it is made by the dialect (upper-case MD5). */
  readonly visibleId: string;
  /** Hidden code 隱碼; equals the visible one but for cards. */
  readonly hiddenId: string;
}

export const NO_CARRIER: Carrier = { kind: 'none', visibleId: '', hiddenId: '' };

/** `/` and seven of 0-9 A-Z + - . (never changes case). */
export function isMobileBarcode(text: string): boolean {
  return /^\/[0-9A-Z+\-.]{7}$/.test(text);
}

/** Two capitals and fourteen digits. */
export function isCitizenCertificate(text: string): boolean {
  return /^[A-Z]{2}\d{14}$/.test(text);
}
