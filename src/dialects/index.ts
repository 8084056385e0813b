/** Every dialect that the server speaks. A third provider is one more line here. */
import type { Dialect } from './dialect.ts';
import { ecpay } from './ecpay/index.ts';
import { systemlead } from './systemlead/index.ts';

export const dialects: readonly Dialect[] = [ecpay, systemlead];
