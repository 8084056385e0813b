/**
 * Pictures of every kind of paper, as a thermal printer's dots: `examples/documents/<kind>-<page>.png`.
 * They are goldens: compared dot for dot, written anew with KAILI_UPDATE_GOLDENS=1, looked at by a person.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { isUpdatingGoldens, repositoryPath } from '../../test/support/golden.ts';
import { KINDS_OF_PAPER } from '../../test/support/papers.ts';
import { layout } from './layout/layout.ts';
import { png } from './png.ts';
import { rasterise } from './raster.ts';

/** A 203 dpi printer's; sheets are shown at half of it. */
const STRIP_DOTS_PER_MM = 8;
const SHEET_DOTS_PER_MM = 4;

for (const { name, paper } of KINDS_OF_PAPER) {
  test(`${name} looks as it was accepted`, () => {
    const scale = paper.form === 'strip' ? STRIP_DOTS_PER_MM : SHEET_DOTS_PER_MM;
    for (const [index, page] of layout(paper).entries()) {
      const picture = png(rasterise(page, scale), scale);
      const path = `examples/documents/${name}-${index + 1}.png`;
      const file = repositoryPath(path);
      if (isUpdatingGoldens()) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, picture);
        continue;
      }
      assert(existsSync(file), `${path} is absent: run with KAILI_UPDATE_GOLDENS=1 and look at it`);
      assert(
        dots(readFileSync(file)).equals(dots(picture)),
        `${path} differs from what is made now`,
      );
    }
  });
}

/** Header and inflated rows: what a picture shows, whichever zlib packed it. */
function dots(bytes: Uint8Array): Buffer {
  const view = Buffer.from(bytes);
  const parts: Buffer[] = [];
  const data: Buffer[] = [];
  for (let at = 8; at < view.length; ) {
    const length = view.readUInt32BE(at);
    const name = view.toString('latin1', at + 4, at + 8);
    const body = view.subarray(at + 8, at + 8 + length);
    if (name === 'IDAT') data.push(body);
    else parts.push(body);
    at += length + 12;
  }
  return Buffer.concat([...parts, inflateSync(Buffer.concat(data))]);
}
