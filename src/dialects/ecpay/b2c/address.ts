/** Addresses of a merchant's own program, where ECPay posts a form (NotifyURL, ReturnURL). */
import { type WireFault, wireFault } from '../wire-fault.ts';

/** A fault where the address could never be posted to: only http and https, without a password. */
export function checkAddress(member: string, url: string | undefined): readonly WireFault[] {
  if (url === undefined) return [];
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isWeb = parsed?.protocol === 'http:' || parsed?.protocol === 'https:';
  if (isWeb && parsed.username === '' && parsed.password === '') return [];
  const hint = `${member} is where a form is posted`;
  return [wireFault('FIELD_FORMAT', member, 'an http or https address', 'another text', hint)];
}
