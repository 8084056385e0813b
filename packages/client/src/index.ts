/**
 * The public face of the package: the client, its outcomes, and the exact-decimal tools. The tables of
 * the wire are imported one by one: `@kaili/client/wire/ecpay-b2c/issue`.
 */

export { createEcpayB2bClient, type EcpayB2bClient } from './ecpay/b2b-client.ts';
export {
  createEcpayClient,
  type EcpayClient,
  type EcpayClientOptions,
  type EcpayData,
  type EcpayInput,
  type EcpayMethod,
  TIMEOUT_MS_DEFAULT,
} from './ecpay/client.ts';
export {
  EcpayNetworkError,
  type EcpayRefusal,
  type EcpayRejection,
  type EcpayResult,
  type EcpaySuccess,
  type EcpayUnreadable,
} from './ecpay/result.ts';
export { type CallOptions, REPLY_BYTES_MAX } from './ecpay/transport.ts';
export {
  createSystemleadClient,
  type SystemleadClient,
  type SystemleadClientOptions,
  type SystemleadData,
  type SystemleadInput,
  type SystemleadMethod,
} from './systemlead/client.ts';
export {
  type SystemleadCallOptions,
  SystemleadNetworkError,
  type SystemleadResult,
} from './systemlead/transport.ts';
export {
  ExactNumber,
  type JsonObject,
  type JsonValue,
  numberText,
} from './wire/exact-json.ts';
export type { DecimalText, Wire, WireEndpoint, WireInput, WireTable } from './wire/field.ts';
export { WireValueError } from './wire/write-message.ts';

/** Version of this package. */
export const CLIENT_VERSION = '0.1.0';
