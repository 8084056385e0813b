/** OpenAPI 3.1 of the native API, made from its routes: what is served is what is described. */
import { z } from 'zod';
import type { ApiRoute } from './route.ts';
import { errorView } from './views.ts';

type JsonObject = { readonly [name: string]: unknown };

const ERROR_RESPONSES = {
  '400': 'A parameter is not as described',
  '401': 'No valid bearer token',
  '404': 'No such thing among what this token may see',
} as const;

/** The whole document. `serverUrl` is the base that clients see, with the API's prefix. */
export function openApiDocument(routes: readonly ApiRoute[], serverUrl: string): JsonObject {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kaili 開立',
      version: '1',
      description: "Kaili's own API: sellers, number books, invoices, filings, alarms, journal.",
    },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: schemaOf(errorView, 'output') },
    },
  };
}

function operationOf(route: ApiRoute): JsonObject {
  const errors = Object.entries(ERROR_RESPONSES).map(([status, description]) => [
    status,
    { description, content: json({ $ref: '#/components/schemas/Error' }) },
  ]);
  return {
    operationId: route.operationId,
    summary: route.summary,
    parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)],
    ...(route.body === null
      ? {}
      : { requestBody: { content: json(schemaOf(route.body, 'input')) } }),
    responses: {
      '200': { description: 'As asked', content: json(schemaOf(route.response, 'output')) },
      ...Object.fromEntries(errors),
    },
  };
}

function parametersOf(where: 'path' | 'query', schema: z.ZodObject): readonly JsonObject[] {
  return Object.entries(schema.shape).map(([name, member]) => {
    // An object's members are schemas of Zod's core type; every one here was made by `z`.
    const { description, ...described } = schemaOf(member as z.ZodType, 'input');
    return {
      name,
      in: where,
      required: where === 'path',
      ...(description === undefined ? {} : { description }),
      schema: described,
    };
  });
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io });
  return described;
}

function json(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}
