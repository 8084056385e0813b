/**
 * The form of an e-mail address that VoidWithReIssue alone demands (ECPay B2B API, VoidWithReIssue; the
 * page's regular expression, restated). One address, no list.
 *
 * Checked part by part in one pass: no expression here runs longer than its text.
 */

/** Besides letters and digits, what the page takes as such: U+00A0–U+D7FF, U+F900–U+FDCF, U+FDF0–U+FFEF. */
const WIDE = '\\u00a0-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\uffef';
const ATOM = new RegExp(`^[A-Za-z0-9${WIDE}!#$%&'*+\\-/=?^_\`{|}~]+$`);
const QUOTED = /^"[^"\\]+"$/;
const LABEL_ENDS = new RegExp(`^[A-Za-z0-9${WIDE}]$`);
const LABEL = new RegExp(`^[A-Za-z0-9${WIDE}\\-_~]+$`);
const LAST_ENDS = new RegExp(`^[A-Za-z${WIDE}]$`);

export function isReissueAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1) return false;
  return isLocalPart(text.slice(0, at)) && isDomain(text.slice(at + 1));
}

function isLocalPart(text: string): boolean {
  return QUOTED.test(text) || text.split('.').every((atom) => ATOM.test(atom));
}

/** Labels may hold dots between, which is the same as more labels; one dot may follow the last. */
function isDomain(text: string): boolean {
  const labels = (text.endsWith('.') ? text.slice(0, -1) : text).split('.');
  if (labels.length < 2) return false;
  return labels.every((label, index) => {
    const ends = index === labels.length - 1 ? LAST_ENDS : LABEL_ENDS;
    const first = label[0] ?? '';
    return LABEL.test(label) && ends.test(first) && ends.test(label.at(-1) ?? '');
  });
}
