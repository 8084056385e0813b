/**
 * The description of a paper: what stands on it and in which order, not where. One description has three
 * renderings: HTML from the blocks themselves, PDF and thermal print from their layout in millimetres.
 */

/** `name` the seller's, `title`, `period` and `number` as large as the Ministry shows them. */
export type TextRole = 'name' | 'title' | 'period' | 'number' | 'line' | 'small';
export type Align = 'left' | 'center' | 'right';

export interface Field {
  readonly label: string;
  readonly value: string;
}

export interface Column {
  readonly label: string;
  readonly align: Align;
  /** Part of a sheet's width, in hundredths. On a strip the first column has a line of its own. */
  readonly share: number;
}

export interface TotalRow extends Field {
  readonly isStrong: boolean;
}

export type Block =
  | {
      readonly kind: 'text';
      readonly role: TextRole;
      readonly text: string;
      readonly align: Align;
    }
  /** Words in a frame: 測試, 作廢. */
  | { readonly kind: 'stamps'; readonly words: readonly string[] }
  /** Two texts of one line, at its two ends. */
  | { readonly kind: 'pair'; readonly left: string; readonly right: string }
  | { readonly kind: 'barcode'; readonly text: string }
  | { readonly kind: 'qr'; readonly left: string; readonly right: string; readonly version: number }
  | { readonly kind: 'fields'; readonly rows: readonly Field[] }
  | {
      readonly kind: 'items';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'totals'; readonly rows: readonly TotalRow[] }
  /** A frame with a heading, e.g. where a seller's stamp goes. */
  | { readonly kind: 'box'; readonly title: string; readonly lines: readonly string[] }
  | { readonly kind: 'rule' };

/** What is cut off or turned over by itself. */
export interface Part {
  readonly name: 'certificate' | 'details' | 'back' | 'sheet';
  /** Joined to the part before it: a company buyer's details are not cut off. */
  readonly isJoined: boolean;
  readonly blocks: readonly Block[];
}

/** `strip`: 57 mm wide, the certificate 90 mm high. */
export type PaperForm = 'strip' | 'A4' | 'A5';

export interface Paper {
  readonly form: PaperForm;
  /** What the file and the window are called. */
  readonly title: string;
  /** Words that every page says: 測試, 作廢. The first page has them in a block. */
  readonly stamps: readonly string[];
  readonly parts: readonly Part[];
}

export function text(
  role: TextRole,
  value: string,
  align: Align = role === 'line' || role === 'small' ? 'left' : 'center',
): Block {
  return { kind: 'text', role, text: value, align };
}
