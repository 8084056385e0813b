/** From a description to pages, whatever its form. */
import type { Paper } from '../paper.ts';
import type { Page } from './page.ts';
import { layoutSheet } from './sheet.ts';
import { layoutStrip } from './strip.ts';

export function layout(paper: Paper): readonly Page[] {
  return paper.form === 'strip' ? layoutStrip(paper) : layoutSheet(paper, paper.form);
}
