/** A file opens by saying what it is, and no comment is a note to self. */
import { type Finding, findingAt, isTypeScript, type Rule, type Source } from '../source.ts';

export const HEAD_LINES_MAX = 10;
/** Spelt in halves, so that this file is not its own finding. */
const NOTES_TO_SELF = new RegExp(
  `\\b(?:${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|XXX|HACK)\\b`,
  'g',
);

/** Every file has a head, and nothing is left for later. */
export const comments: Rule = (tree) =>
  tree.filter((file) => isTypeScript(file.path)).flatMap((file) => [...head(file), ...notes(file)]);

function head(file: Source): readonly Finding[] {
  const first = file.mask.comments[0];
  const opening = first === undefined ? '' : file.text.slice(0, first.start);
  if (first === undefined || !/^(?:#![^\n]*\n)?\s*$/.test(opening)) {
    return [
      findingAt(file, 0, 'comments', 'a file opens with what it is, promises and leaves to others'),
    ];
  }
  const lines = file.text.slice(first.start, first.end).split('\n').length;
  if (lines <= HEAD_LINES_MAX + 2) return [];
  return [
    findingAt(file, 0, 'comments', `a head of ${lines} lines; it stops at ${HEAD_LINES_MAX}`),
  ];
}

function notes(file: Source): readonly Finding[] {
  return file.mask.comments.flatMap((span) => {
    const text = file.text.slice(span.start, span.end);
    if (text.includes('https://github.com/') && text.includes('/issues/')) return [];
    return [...text.matchAll(NOTES_TO_SELF)].map((match) =>
      findingAt(
        file,
        span.start + match.index,
        'comments',
        'a note to self without a linked issue',
      ),
    );
  });
}
