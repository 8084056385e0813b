/** Which registers this Kaili asks: data of its own in the sandbox, the Ministry's in production. */
import type { Random, Store } from '../ledger/ports.ts';
import type { Registry } from '../ledger/registry-ports.ts';
import { ministryRegistry } from '../mof/registry/ministry-registry.ts';
import { createMinistryService } from '../mof/registry/ministry-service.ts';
import { sandboxRegistry } from '../mof/registry/sandbox-registry.ts';
import type { Configuration } from './configuration.ts';

type Settings = Pick<Configuration, 'mode' | 'ministryServiceUrl' | 'ministryAppId'>;

export function openRegistry(
  { mode, ministryServiceUrl: url, ministryAppId: appId }: Settings,
  { companies }: Pick<Store, 'companies'>,
  random: Random,
): Registry {
  // A sandbox never speaks to the outside.
  if (mode === 'sandbox') return sandboxRegistry;
  const service = appId === null ? null : createMinistryService({ url, appId, random });
  return ministryRegistry({ service, companies });
}
