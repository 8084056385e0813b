/** GET /sellers/{ubn}/books: number books with their segments and the numbers left in each. */
import { z } from 'zod';
import { periodParameter, ubnParameter } from './parameters.ts';
import { type ApiRoute, defineRoute } from './route.ts';
import { seenSeller } from './sellers.ts';
import { showBook } from './show.ts';
import { bookView } from './views.ts';

export const bookRoutes: readonly ApiRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/sellers/{ubn}/books',
    operationId: 'listBooks',
    summary: 'Number books 配號 and their segments 切本, with the numbers left',
    params: z.strictObject({ ubn: ubnParameter }),
    query: z.strictObject({ period: periodParameter.optional() }),
    response: z.object({ items: z.array(bookView) }),
    async handle({ params, query }, context, authority) {
      const { ubn } = seenSeller(params.ubn, context, authority);
      const books = await context.reads.listBooks(ubn, query.period);
      const segments = await context.reads.listSegments(ubn, query.period);
      return { items: books.map((book) => showBook(book, segments)) };
    },
  }),
];
