/** Every rule of the house that a machine can check. */
import { circles } from './rules/circles.ts';
import { comments } from './rules/comments.ts';
import { layers } from './rules/layers.ts';
import { links } from './rules/links.ts';
import { names } from './rules/names.ts';
import { packages } from './rules/packages.ts';
import { places } from './rules/places.ts';
import { ports } from './rules/ports.ts';
import { sizes } from './rules/sizes.ts';
import { tests } from './rules/tests.ts';
import { types } from './rules/types.ts';
import { words } from './rules/words.ts';
import type { Rule } from './source.ts';

export const rules: readonly Rule[] = [
  layers,
  circles,
  packages,
  ports,
  sizes,
  types,
  names,
  comments,
  places,
  tests,
  words,
  links,
];
