/**
 * What a Kaili in a process of its own gets of the tests' environment: none of their settings, or a developer's; only
 * where programs are, and where compiled code is kept while the tests run.
 */
export function bareEnvironment(): Readonly<Record<string, string>> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return {
    PATH: PATH ?? '',
    ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
  };
}
