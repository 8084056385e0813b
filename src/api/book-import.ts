/**
 * POST /books/import: takes the Ministry's own files of allotted numbers in, unedited: the platform's CSV or
 * an E0501. With `dryRun` it only tells what would happen.
 */
import { z } from 'zod';
import { ApiError } from './error.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { showPosition } from './show.ts';
import { importedLineView } from './views.ts';

/** Base64 of a file of a few lines; the whole request stays below the limit of bodies. */
const FILE_CHARACTERS_MAX = 60_000;

export const bookImportRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/books/import',
    operationId: 'importBooks',
    summary: 'Take in allotted numbers 配號 from the platform’s CSV or an E0501, unedited',
    params: z.strictObject({}),
    query: z.strictObject({}),
    body: z.strictObject({
      file: z.base64().max(FILE_CHARACTERS_MAX).describe('The file as downloaded, in Base64'),
      dryRun: z.boolean().default(false),
    }),
    response: z.object({ dryRun: z.boolean(), items: z.array(importedLineView) }),
    async handle({ body }, context, authority) {
      if (body === undefined) throw new ApiError('PARAMETER_INVALID', 'body.file', 'send the file');
      const { file, dryRun } = body;
      const report = await context.importNumbers(Buffer.from(file, 'base64'), {
        ...{ account: 'api', isDryRun: dryRun },
        mayTouch: (seller) => authority.maySee(seller),
      });
      if (!report.ok) throw new ApiError('PARAMETER_INVALID', 'body.file', report.problem);
      const items = report.lines.map(({ line, outcome, allotment, count, problem }) => ({
        ...{ line, outcome, count, problem },
        seller: allotment?.seller ?? '',
        period: allotment?.period ?? '',
        track: allotment?.track ?? '',
        invoiceType: allotment?.invoiceType ?? null,
        first: allotment === null ? null : showPosition(allotment.first),
        last: allotment === null ? null : showPosition(allotment.last),
      }));
      return { dryRun, items };
    },
  }),
];
