/**
 * Text messages through a provider's HTTP endpoint: one JSON object with `to` and `text`, a bearer token.
 * Whoever has a provider of another form puts a few lines before it; Kaili speaks this one.
 */
import type { Delivery, SmsSender } from './ports.ts';

const TIMEOUT_MS = 15_000;

export interface SmsSettings {
  readonly url: string;
  /** '' none. */
  readonly token: string;
}

export function createSmsSender({ url, token }: SmsSettings): SmsSender {
  return {
    async send(message): Promise<Delivery> {
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT_MS),
          headers: {
            'content-type': 'application/json',
            ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          },
          body: JSON.stringify({ to: message.to, text: message.text }),
        });
        await response.body?.cancel();
        return deliveryOf(response.status);
      } catch (error) {
        // Nobody listened: nothing was sent. Anything later may have reached the provider.
        if (isConnectionRefused(error)) {
          return { kind: 'refused-for-now', note: 'the provider cannot be reached' };
        }
        return { kind: 'failed', note: 'cut off while sending: whether it went out is unknown' };
      }
    },
  };
}

function deliveryOf(status: number): Delivery {
  const note = `the provider answered ${status}`;
  if (status >= 200 && status < 300) return { kind: 'delivered', note };
  // 429 and 503 say "later"; any other refusal would be the same next time.
  return { kind: status === 429 || status === 503 ? 'refused-for-now' : 'failed', note };
}

function isConnectionRefused(error: unknown): boolean {
  if (!(error instanceof Error) || !(error.cause instanceof Error)) return false;
  const { code } = error.cause as NodeJS.ErrnoException; // Node's network errors have a code, or none.
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
}
