/**
 * One character's outline as dots: curves cut into straight pieces, sampled sixteen times a dot, black
 * where enough of the dot is inside (nonzero winding, as TrueType fills). Thin strokes stay visible.
 */

/** An outline's command, as fontkit names them. */
export interface OutlineCommand {
  readonly command: string;
  readonly args: readonly number[];
}

export interface GlyphDots {
  /** Dots from the pen to the first column. */
  readonly left: number;
  /** Dots from the baseline up to the first row. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** 1 black, row by row. */
  readonly isBlack: Uint8Array;
}

/** Samples a dot in each direction. */
const SAMPLES = 4;
/** Of sixteen: below a half, because heat leaves thin strokes thinner than drawn. */
const BLACK_SAMPLES_MIN = 6;
const CURVE_PIECES = 6;

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function glyphDots(commands: readonly OutlineCommand[], scale: number): GlyphDots {
  const edges = edgesOf(commands, scale);
  if (edges.length === 0) {
    return { left: 0, top: 0, width: 0, height: 0, isBlack: new Uint8Array() };
  }
  const xs = edges.flatMap(({ x0, x1 }) => [x0, x1]);
  const ys = edges.flatMap(({ y0, y1 }) => [y0, y1]);
  const left = Math.floor(Math.min(...xs));
  const top = Math.ceil(Math.max(...ys));
  const width = Math.ceil(Math.max(...xs)) - left;
  const height = top - Math.floor(Math.min(...ys));
  const isBlack = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const counts = new Uint8Array(width);
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      countRow(edges, top - row - (sample + 0.5) / SAMPLES, left, counts);
    }
    for (let column = 0; column < width; column += 1) {
      if ((counts[column] ?? 0) >= BLACK_SAMPLES_MIN) isBlack[row * width + column] = 1;
    }
  }
  return { left, top, width, height, isBlack };
}

/** Adds, for each dot of a row, the samples on one horizontal that lie inside. */
function countRow(edges: readonly Edge[], y: number, left: number, counts: Uint8Array): void {
  const crossings = edges
    .filter(({ y0, y1 }) => (y0 <= y && y1 > y) || (y1 <= y && y0 > y))
    .map(({ x0, y0, x1, y1 }) => ({
      x: (x0 + ((y - y0) * (x1 - x0)) / (y1 - y0) - left) * SAMPLES,
      winding: y1 > y0 ? 1 : -1,
    }))
    .sort((one, other) => one.x - other.x);
  let winding = 0;
  for (const [index, { x, winding: turn }] of crossings.entries()) {
    winding += turn;
    const end = crossings[index + 1]?.x;
    if (winding === 0 || end === undefined) continue;
    for (let sample = Math.max(0, Math.ceil(x - 0.5)); sample + 0.5 < end; sample += 1) {
      const column = Math.floor(sample / SAMPLES);
      counts[column] = (counts[column] ?? 0) + 1;
    }
  }
}

function edgesOf(commands: readonly OutlineCommand[], scale: number): readonly Edge[] {
  const edges: Edge[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const lineTo = (toX: number, toY: number): void => {
    if (toY !== y || toX !== x) edges.push({ x0: x, y0: y, x1: toX, y1: toY });
    x = toX;
    y = toY;
  };
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args.map((value) => value * scale);
    switch (command) {
      case 'moveTo':
        [x, y, startX, startY] = [a, b, a, b];
        break;
      case 'lineTo':
        lineTo(a, b);
        break;
      case 'quadraticCurveTo':
        curve(x, y, [a, b, c, d], lineTo);
        break;
      case 'bezierCurveTo':
        curve(x, y, [a, b, c, d, e, f], lineTo);
        break;
      case 'closePath':
        lineTo(startX, startY);
        break;
      default:
        throw new Error(`an outline command that is not known: ${command}`);
    }
  }
  return edges;
}

/** A curve of two or three further points in straight pieces (de Casteljau). */
function curve(
  x: number,
  y: number,
  points: readonly number[],
  lineTo: (x: number, y: number) => void,
): void {
  for (let piece = 1; piece <= CURVE_PIECES; piece += 1) {
    const t = piece / CURVE_PIECES;
    let line = [x, y, ...points];
    while (line.length > 2) {
      const from = line;
      line = from.slice(2).map((value, at) => (from[at] ?? 0) * (1 - t) + value * t);
    }
    lineTo(line[0] ?? 0, line[1] ?? 0);
  }
}
