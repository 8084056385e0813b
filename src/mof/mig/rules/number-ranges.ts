/** Rules about the ranges of E0401 and E0402: in order, apart from each other, within what was allotted. */
import { bookletsOf, type NumberRange, rangesOverlap } from '../../../domain/number-book.ts';
import type { E0401Value } from '../e0401.ts';
import type { E0402Value } from '../e0402.ts';
import { isBusiness } from './parties.ts';
import { type Finding, type Rule, unless } from './rule.ts';

const SYSTEM_ERROR = '這是系統錯誤，請通知系統管理者。';

interface RangeValue {
  readonly InvoiceBeginNo: string;
  readonly InvoiceEndNo: string;
}

function rangeOf(value: RangeValue): NumberRange {
  return { first: Number(value.InvoiceBeginNo), last: Number(value.InvoiceEndNo) };
}

const identifiers: Rule<{
  readonly Main: { readonly HeadBan: string; readonly BranchBan: string };
}> = {
  id: 'KAILI-14',
  text: '總公司與分支機構之統一編號須為 8 位數字。請更正營業人設定。',
  source: 'MIG 4.1 E0401, E0402',
  find: ({ Main }) => [
    ...unless(isBusiness(Main.HeadBan), 'Main/HeadBan'),
    ...unless(isBusiness(Main.BranchBan), 'Main/BranchBan'),
  ],
};

/** Findings of ranges that end before they begin, and of those that meet one before them. */
function findDisorder(list: string, items: readonly RangeValue[]): readonly Finding[] {
  const findings: Finding[] = [];
  let last: NumberRange | undefined;
  const ordered = items
    .map((item, index) => ({ range: rangeOf(item), index }))
    .toSorted((left, right) => left.range.first - right.range.first);
  for (const { range, index } of ordered) {
    const element = `Details/${list}[${index + 1}]/InvoiceBeginNo`;
    const got = items[index]?.InvoiceBeginNo ?? '';
    const isApart = last === undefined || !rangesOverlap(last, range);
    findings.push(...unless(range.first <= range.last && isApart, element, got));
    if (last === undefined || range.last > last.last) last = range;
  }
  return findings;
}

const branchOrder: Rule<E0401Value> = {
  id: 'E0609',
  text: `號碼區間之起號不得大於迄號，區間不得重疊。${SYSTEM_ERROR}`,
  source: 'Platform code E0609',
  find: ({ Details }) => findDisorder('BranchTrackItem', Details.BranchTrackItem),
};

const blankOrder: Rule<E0402Value> = {
  ...branchOrder,
  find: ({ Details }) => findDisorder('BranchTrackBlankItem', Details.BranchTrackBlankItem),
};

const withinAllotment: Rule<E0401Value> = {
  id: 'E0603',
  text: '分支機構之號碼區間須在總公司配號之內。請更正切本。',
  source: 'Platform code E0603',
  find: ({ Main, Details }) => {
    const whole = rangeOf(Main);
    return Details.BranchTrackItem.flatMap((item, index) => {
      const { first, last } = rangeOf(item);
      const isWithin = whole.first <= first && last <= whole.last;
      const element = `Details/BranchTrackItem[${index + 1}]/InvoiceBeginNo`;
      return unless(isWithin, element, item.InvoiceBeginNo);
    });
  },
};

const bookletCount: Rule<E0401Value> = {
  id: 'E0608',
  text: '分支機構之號碼須為整本（每本 50 號），本組數須與區間相符。請更正切本。',
  source: 'Platform code E0608',
  find: ({ Details }) =>
    Details.BranchTrackItem.flatMap((item, index) => {
      const isSame = Number(item.InvoiceBooklet) === bookletsOf(rangeOf(item));
      const element = `Details/BranchTrackItem[${index + 1}]/InvoiceBooklet`;
      return unless(isSame, element, item.InvoiceBooklet);
    }),
};

export const BRANCH_RULES: readonly Rule<E0401Value>[] = [
  identifiers,
  branchOrder,
  withinAllotment,
  bookletCount,
];
export const BLANK_RULES: readonly Rule<E0402Value>[] = [identifiers, blankOrder];
