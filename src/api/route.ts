/**
 * A route of the native API as a value: one definition serves parsing, types and OpenAPI. Knows
 * nothing of the HTTP framework and nothing of who may call; `handle` gets parsed input and whoever
 * asks as an `Authority`.
 */
import type { z } from 'zod';
import type { NumberRange } from '../domain/number-book.ts';
import type { Ubn } from '../domain/ubn.ts';
import type { Documents } from '../ledger/document-ports.ts';
import type { Verbs } from '../ledger/ledger.ts';
import type { Accounts, Clock, StoreReads } from '../ledger/ports.ts';
import type { BookRow } from '../ledger/rows.ts';
import type { Alarm } from './alarms.ts';
import type { Authority } from './authority.ts';
import { ApiError } from './error.ts';

/** One line of a file of allotted numbers, and what became of it. */
export interface ImportedLine {
  readonly line: number;
  readonly outcome: 'new' | 'known' | 'refused';
  readonly allotment:
    | (NumberRange & Pick<BookRow, 'seller' | 'period' | 'track' | 'invoiceType'>)
    | null;
  readonly count: number;
  readonly problem: string;
}
export type NumberImport = (
  bytes: Uint8Array,
  options: {
    readonly account: string;
    readonly isDryRun: boolean;
    readonly mayTouch: (seller: Ubn) => boolean;
  },
) => Promise<
  | { readonly ok: true; readonly lines: readonly ImportedLine[] }
  | { readonly ok: false; readonly problem: string }
>;

export interface ApiContext {
  readonly reads: StoreReads;
  readonly ledger: Verbs;
  /** Takes in a file of allotted numbers. */
  readonly importNumbers: NumberImport;
  /** Alarms of the center itself: the way to the Ministry, downloads. */
  readonly centerAlarms: () => readonly Alarm[];
  /** Links and jobs of printed papers. */
  readonly documents: Documents;
  readonly accounts: Accounts;
  readonly clock: Clock;
}

export interface ApiInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export type ApiMethod = 'GET' | 'PUT' | 'POST';

/** A route whose types are closed over. */
export interface ApiRoute {
  readonly method: ApiMethod;
  /** With `{name}` for parameters, as OpenAPI writes them. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly response: z.ZodType;
  /** Parses the input, throwing `ApiError`, and answers what `response` describes. */
  answer(input: ApiInput, context: ApiContext, authority: Authority): Promise<unknown>;
}

interface RouteDefinition<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Response extends z.ZodType,
  Body extends z.ZodType,
> {
  readonly method: ApiMethod;
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body?: Body;
  readonly response: Response;
  readonly handle: (
    input: { params: z.output<Params>; query: z.output<Query>; body: z.output<Body> | undefined },
    context: ApiContext,
    authority: Authority,
  ) => Promise<z.input<Response>>;
}

export function defineRoute<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Response extends z.ZodType,
  Body extends z.ZodType = z.ZodUndefined,
>(definition: RouteDefinition<Params, Query, Response, Body>): ApiRoute {
  const { handle, body, ...described } = definition;
  return {
    ...described,
    body: body ?? null,
    async answer(input, context, authority) {
      const parsed = {
        params: parse('params', definition.params, input.params),
        query: parse('query', definition.query, input.query),
        body: body === undefined ? undefined : parse('body', body, input.body),
      };
      return handle(parsed, context, authority);
    },
  };
}

function parse<Schema extends z.ZodType>(
  where: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = [where, ...(issue?.path ?? [])].join('.');
  throw new ApiError('PARAMETER_INVALID', path, issue?.message ?? 'not as described in OpenAPI');
}
