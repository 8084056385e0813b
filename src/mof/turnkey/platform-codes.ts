/**
 * What the platform's result codes mean and what a person does about them (MOF Turnkey 3.2, codes of
 * the ProcessResult; texts are Kaili's own). One line a code, in the order of the code groups; a code
 * that is not listed keeps the platform's own description.
 */

export interface PlatformCode {
  /** What happened. */
  readonly text: string;
  /** What mends it; '' where the group's remedy says all. */
  readonly remedy: string;
}

const SYSTEM = '平台系統問題，稍後重送；持續發生請洽財政部電子發票客服';
const RIGHTS = '請至財政部電子發票整合服務平台確認營業人資格、身分與授權設定後重送';
const CONTENT = '請更正發票內容；原號碼已開立，無法更正者請作廢後重開';
const STATE = '請至平台查詢該發票或折讓單目前狀態，確認後再重送';
const FORMAT = '訊息格式有誤，請保留檔案並回報 Kaili 維護人員';
const NUMBERS = '請核對配號與字軌設定後重送';

export const PLATFORM_CODES: Readonly<Record<string, PlatformCode>> = {
  '00000': { text: '處理成功', remedy: '' },
  E0001: { text: '平台系統錯誤', remedy: SYSTEM },
  E0002: { text: '平台資料庫存取失敗', remedy: SYSTEM },
  E0003: { text: '平台交易紀錄失敗', remedy: SYSTEM },
  E0004: { text: '平台驗章失敗', remedy: SYSTEM },
  E0005: { text: '平台佇列存取失敗', remedy: SYSTEM },
  E0007: { text: '平台加密失敗', remedy: SYSTEM },
  E0012: { text: '平台資料寫入失敗', remedy: SYSTEM },
  // Rights.
  E0101: { text: '賣方未具電子發票資格', remedy: RIGHTS },
  E0104: { text: '買方未具電子發票資格', remedy: RIGHTS },
  E0108: { text: '無交換權限', remedy: RIGHTS },
  E0109: { text: '無存證權限', remedy: RIGHTS },
  E0110: { text: '傳送方統一編號不可轉送此訊息', remedy: RIGHTS },
  E0111: { text: '接收方統一編號不可轉送此訊息', remedy: RIGHTS },
  E0115: { text: '加值中心未具資格', remedy: RIGHTS },
  E0116: { text: '傳送方與總公司統一編號不同', remedy: RIGHTS },
  E0117: { text: 'B2C 身分不可轉送', remedy: RIGHTS },
  E0118: { text: 'B2B 身分不可轉送', remedy: RIGHTS },
  E0119: { text: 'B2C 身分不可交換', remedy: RIGHTS },
  E0120: { text: '獨立加值中心不可傳送自己的發票', remedy: RIGHTS },
  E0126: { text: '傳送方未具 B2C 身分', remedy: RIGHTS },
  E0127: { text: '傳送方未具 B2B 身分', remedy: RIGHTS },
  E0128: { text: '傳送方未具買方加值中心身分', remedy: RIGHTS },
  E0129: { text: '傳送方未具賣方加值中心身分', remedy: RIGHTS },
  E0130: { text: '傳送方未具第三方加值中心身分', remedy: RIGHTS },
  E0131: { text: '路由代碼與傳輸帳號不符', remedy: '請核對 Turnkey 的路由代碼與傳輸帳號' },
  E0136: { text: '路由代碼不存在', remedy: '請核對 Turnkey 的路由代碼' },
  E0137: { text: '路由代碼所屬營業人無交換權限', remedy: RIGHTS },
  E0138: { text: '獨立加值中心不可傳送自己的發票', remedy: RIGHTS },
  E0139: {
    text: '營業人未授權此路由代碼',
    remedy: '請營業人至平台授權此加值中心（路由代碼）後重送',
  },
  E0145: { text: '接收方未設定接收方式', remedy: RIGHTS },
  E0146: { text: '接收方已變更接收方式', remedy: '請刪除接收方設定後重送' },
  // Content.
  E0102: { text: '發票號碼不在配號範圍內', remedy: NUMBERS },
  E0103: { text: '明細金額合計與總計不符', remedy: CONTENT },
  E0105: { text: '發票總計為零', remedy: CONTENT },
  E0106: { text: '明細數量為零', remedy: CONTENT },
  E0107: { text: '字軌不屬於該期別', remedy: NUMBERS },
  E0112: { text: '非零稅率發票不可有通關方式註記', remedy: CONTENT },
  E0113: { text: '字軌屬於其他營業人', remedy: NUMBERS },
  E0114: { text: '此字軌不可由此管道上傳', remedy: NUMBERS },
  E0132: { text: '上傳檔案不存在', remedy: SYSTEM },
  E0133: { text: '處理類別錯誤', remedy: 'Turnkey 目錄設定有誤，請核對訊息類別的資料夾' },
  E0134: { text: '上傳檔案大小不符', remedy: SYSTEM },
  E0135: { text: '上傳檔名重複', remedy: SYSTEM },
  E0140: { text: '交換訊息一次只能上傳一張發票', remedy: FORMAT },
  E0224: { text: '特種稅額發票之營業稅額須為零', remedy: CONTENT },
  E0225: { text: '特種稅額稅率不在允許範圍', remedy: CONTENT },
  E0226: { text: '特種稅額發票須為應稅', remedy: CONTENT },
  E0227: { text: '特種稅額發票之稅額須為零', remedy: CONTENT },
  E0228: { text: '零稅率發票須有通關方式註記', remedy: CONTENT },
  // State.
  E0201: {
    text: '重複上傳',
    remedy: '平台可能已存證此訊息：請至平台查詢，內容相同即無須處理，內容不同請洽財政部',
  },
  E0202: { text: '查無原發票', remedy: '請先確認原發票已上傳成功，再重送' },
  E0203: { text: '查無作廢紀錄', remedy: STATE },
  E0204: { text: '查無退回紀錄', remedy: STATE },
  E0205: { text: '查無折讓單', remedy: '請先確認折讓單已上傳成功，再重送' },
  E0206: { text: '查無作廢折讓單', remedy: STATE },
  E0207: { text: '資料已逾期', remedy: STATE },
  E0208: { text: '非當期資料', remedy: STATE },
  E0209: { text: '發票日期與號碼順序不符', remedy: CONTENT },
  E0210: { text: '確認方與傳送方相同', remedy: STATE },
  E0211: { text: '此發票不可折讓', remedy: STATE },
  E0212: { text: '此發票不可確認', remedy: STATE },
  E0213: { text: '此發票不可作廢', remedy: '請確認折讓單均已作廢，且當期尚未申報' },
  E0214: { text: '此發票不可退回', remedy: STATE },
  E0215: { text: '作廢不可確認', remedy: STATE },
  E0216: { text: '退回不可確認', remedy: STATE },
  E0217: { text: '折讓單不可確認', remedy: STATE },
  E0218: { text: '此折讓單不可作廢', remedy: STATE },
  E0219: { text: '作廢折讓單不可確認', remedy: STATE },
  E0220: { text: '明細序號重複', remedy: FORMAT },
  E0221: { text: '折讓金額超過發票可折讓餘額', remedy: STATE },
  E0222: { text: '折讓金額超過扣除待確認後之餘額', remedy: STATE },
  E0223: { text: '作廢折讓金額小於已折讓扣除待確認之金額', remedy: STATE },
  E0229: { text: '發票資料不存在', remedy: STATE },
  E0309: { text: '折讓金額大於發票總計', remedy: STATE },
  E0401: { text: '發票已退回', remedy: STATE },
  E0402: { text: '發票已作廢', remedy: STATE },
  E0403: { text: '折讓單之原發票已作廢', remedy: STATE },
  E0404: { text: '買方為政府機關，不可折讓', remedy: STATE },
  E0405: { text: '買方為政府機關，不可確認折讓', remedy: STATE },
  E0406: { text: '買方為政府機關，不可作廢', remedy: STATE },
  E0407: { text: '買方為政府機關，不可確認作廢', remedy: STATE },
  E0408: { text: '政府機關不受理鋼鐵業交易發票', remedy: STATE },
  E0504: { text: '部分成功', remedy: '' },
  // Format.
  E0301: { text: '使用者簽章驗證失敗', remedy: '請檢查 Turnkey 的憑證是否有效' },
  E0302: { text: '無法取得原文', remedy: FORMAT },
  E0303: { text: '訊息類別不明', remedy: FORMAT },
  E0304: { text: 'XML 格式錯誤', remedy: FORMAT },
  E0305: { text: 'XML 內容檢核失敗', remedy: FORMAT },
  E0306: { text: 'XML 無法解析', remedy: FORMAT },
  E0307: { text: '發票張數不符', remedy: FORMAT },
  E0308: { text: '簽章者與發票統一編號不符', remedy: '請檢查 Turnkey 的簽章設定' },
  E0310: { text: '簽章驗證失敗', remedy: '請檢查 Turnkey 的憑證是否有效' },
  E0311: { text: '訊息寫入失敗', remedy: SYSTEM },
  E0312: { text: '非 B2C 存證訊息', remedy: 'Turnkey 目錄設定有誤，請核對訊息類別的資料夾' },
  E0313: { text: '非 B2B 存證訊息', remedy: 'Turnkey 目錄設定有誤，請核對訊息類別的資料夾' },
  E0314: { text: '非 B2B 交換訊息', remedy: 'Turnkey 目錄設定有誤，請核對訊息類別的資料夾' },
  E0315: { text: '非 B2P 訊息', remedy: 'Turnkey 目錄設定有誤，請核對訊息類別的資料夾' },
  E0501: { text: '遞送至接收方失敗', remedy: SYSTEM },
  E0502: { text: '接收方無遞送設定', remedy: RIGHTS },
  E0503: { text: '必填欄位空白', remedy: FORMAT },
  E0505: { text: '境外電商訊息版本過舊', remedy: FORMAT },
  E0506: { text: '境外電商不可開立 B2B 發票', remedy: CONTENT },
  // Number messages.
  E0601: { text: '號碼範圍與總公司配號不同', remedy: NUMBERS },
  E0602: { text: '主檔重複', remedy: NUMBERS },
  E0603: { text: '明細範圍超出主檔範圍', remedy: NUMBERS },
  E0604: { text: '明細重複', remedy: NUMBERS },
  E0605: { text: '營業人不在發票主檔', remedy: '請洽所轄國稅局' },
  E0606: { text: '非該總公司之分支機構', remedy: NUMBERS },
  E0607: { text: '發票類別錯誤', remedy: NUMBERS },
  E0608: { text: '本數錯誤', remedy: NUMBERS },
  E0609: { text: '上傳明細範圍重疊', remedy: NUMBERS },
  E0610: { text: '分支機構字軌寫入失敗', remedy: SYSTEM },
  E0611: { text: '傳送方須為總公司或分支機構', remedy: NUMBERS },
  E0612: { text: '與既有範圍重疊', remedy: NUMBERS },
  E0613: { text: '號碼範圍未配號', remedy: NUMBERS },
  E0614: { text: '僅總公司可傳送', remedy: NUMBERS },
  E0615: { text: '部分失敗', remedy: '' },
  E0616: { text: '全部失敗', remedy: NUMBERS },
  // Late additions.
  E1001: { text: '捐贈碼錯誤', remedy: CONTENT },
  E1002: { text: '發票日期過早', remedy: CONTENT },
  E1003: { text: 'B2C 發票號碼重複開立', remedy: STATE },
  E1004: { text: '非允許的傳送時間', remedy: '請稍後重送' },
  E1005: { text: '載具隱碼前後有空白', remedy: CONTENT },
};

/** Codes of a whole envelope of which some messages are good: the failing ones follow. */
export const PARTIAL_CODES: readonly string[] = ['E0504', 'E0615'];
export const GOOD_CODE = '00000';

/** Kaili's own codes for refusals that no ProcessResult spoke of. */
export const LOCAL_CODES = {
  /** Turnkey's own check put the file into ERR. */
  rejectedByTurnkey: 'TURNKEY_ERR',
  /** The daily SummaryResult counts it as failed. */
  failedInSummary: 'SUMMARY_FAILED',
  /** Found when a lost file was to be written again. */
  notComposable: 'NOT_COMPOSABLE',
} as const;

const LOCAL_TEXTS: Readonly<Record<string, PlatformCode>> = {
  [LOCAL_CODES.rejectedByTurnkey]: {
    text: 'Turnkey 檢核未通過，檔案已移至 ERR 資料夾',
    remedy: '請查看 Turnkey 畫面上的錯誤訊息，更正後重送',
  },
  [LOCAL_CODES.failedInSummary]: {
    text: '平台每日彙總列為失敗，但未收到處理結果',
    remedy: '請至平台查詢失敗原因，更正後重送',
  },
  [LOCAL_CODES.notComposable]: { text: '無法產生上傳訊息', remedy: '請依說明補正設定後重送' },
};

/** What a code means, or null for a code that Kaili does not know. */
export function platformCode(code: string): PlatformCode | null {
  for (const table of [PLATFORM_CODES, LOCAL_TEXTS]) {
    if (Object.hasOwn(table, code)) return table[code] ?? null;
  }
  return null;
}

const RESULT_TEXT_CHARACTERS_MAX = 500;

/** The text kept with a refused filing: meaning, remedy, and what the platform itself said. */
export function refusalText(code: string, detail: string): string {
  const known = platformCode(code);
  const said = detail.replace(/\s+/g, ' ').trim();
  const parts = [
    known === null ? `平台代碼 ${code} 未列於 Kaili 的代碼表` : known.text,
    known?.remedy ?? '請依平台訊息處理後重送',
    said === '' ? '' : `平台訊息：${said}`,
  ];
  const text = parts.filter((part) => part !== '').join('；');
  return [...text].slice(0, RESULT_TEXT_CHARACTERS_MAX).join('');
}
