/**
 * Rows of a CSV text that comes in pieces (RFC 4180: commas, fields in double quotes where they hold a
 * comma, a quote or a line end). Keeps one row at a time; a row or field beyond the limits is an error,
 * as it is where a quote was never closed.
 */

/** Longest field that a register of businesses can mean; names and addresses are far shorter. */
const FIELD_CHARACTERS_MAX = 10_000;
const ROW_FIELDS_MAX = 200;

/** The file is not the CSV that it should be. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

type State = 'start' | 'plain' | 'quoted' | 'after-quote';

/** Rows in order; a byte order mark and empty lines are left out. */
export async function* csvRows(
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<readonly string[]> {
  const reader = new RowReader();
  for await (const piece of pieces) yield* reader.take(piece);
  yield* reader.end();
}

class RowReader {
  #state: State = 'start';
  #field = '';
  #row: string[] = [];
  #line = 1;
  #isAtStart = true;

  take(piece: string): readonly (readonly string[])[] {
    const rows: (readonly string[])[] = [];
    for (const character of piece) {
      if (this.#isAtStart) {
        this.#isAtStart = false;
        if (character === '\ufeff') continue;
      }
      if (character === '\n') this.#line += 1;
      if (this.#step(character)) this.#endRow(rows);
    }
    return rows;
  }

  end(): readonly (readonly string[])[] {
    if (this.#state === 'quoted') throw this.#error('a quote that is never closed');
    const rows: (readonly string[])[] = [];
    if (this.#state !== 'start' || this.#row.length > 0) {
      this.#endField();
      this.#endRow(rows);
    }
    return rows;
  }

  /** Whether the row ends with this character. */
  #step(character: string): boolean {
    if (this.#state === 'quoted') {
      if (character === '"') this.#state = 'after-quote';
      else this.#add(character);
      return false;
    }
    if (character === '"' && this.#state !== 'plain') {
      // At the field's start it opens, after a quote it stands for itself.
      if (this.#state === 'after-quote') this.#add('"');
      this.#state = 'quoted';
      return false;
    }
    if (character === ',') {
      this.#endField();
      return false;
    }
    if (character === '\n') {
      this.#endField();
      return true;
    }
    if (character === '\r') return false;
    if (this.#state === 'after-quote') throw this.#error('text after a closing quote');
    this.#state = 'plain';
    this.#add(character);
    return false;
  }

  #add(character: string): void {
    this.#field += character;
    if (this.#field.length > FIELD_CHARACTERS_MAX) throw this.#error('a field that is too long');
  }

  #endField(): void {
    this.#row.push(this.#field);
    if (this.#row.length > ROW_FIELDS_MAX) throw this.#error('too many fields');
    this.#field = '';
    this.#state = 'start';
  }

  #endRow(rows: (readonly string[])[]): void {
    const isEmpty = this.#row.length === 1 && this.#row[0] === '';
    if (!isEmpty) rows.push(this.#row);
    this.#row = [];
  }

  #error(what: string): CsvError {
    return new CsvError(`line ${this.#line}: ${what}`);
  }
}
