/**
 * Second line of defence for the log: whoever writes facts leaves out secrets and personal data; what
 * slips through is masked here. Masks by the name of a member and by shapes that are unmistakable.
 */

const MASK = '[redacted]';
const DEPTH_MAX = 6;
const TEXT_CHARACTERS_MAX = 2_000;

/** Members that never carry anything a log may hold, in lower case without separators. */
const SECRET_NAMES = new Set([
  ...['hashkey', 'hashiv', 'salt', 'secret', 'secrets', 'password', 'token', 'authorization'],
  ...['key', 'masterkey', 'signature', 'checkmacvalue', 'cookie', 'sealedsecrets', 'data'],
  ...['email', 'customeremail', 'buyeremail', 'phone', 'customerphone', 'buyerphone', 'carrier'],
  ...['carrierid', 'carruernum', 'carriernum', 'address', 'customeraddr', 'visibleid', 'hiddenid'],
  ...['customername', 'buyername', 'ip'],
]);

/** A shape, and a character without which nothing has it: looking for that costs next to nothing. */
interface Shape {
  readonly pattern: RegExp;
  readonly mark: string;
}

const SHAPES: readonly Shape[] = [
  // E-mail addresses.
  { pattern: /[^\s@"'<>,;:]+@[^\s@"'<>,;:]+\.[^\s@"'<>,;:]+/g, mark: '@' },
  // Mobile numbers of Taiwan, with or without the country's code.
  { pattern: /(?:\+886[- ]?|\b0)9\d{2}[- ]?\d{3}[- ]?\d{3}\b/g, mark: '9' },
  // Mobile barcode 手機條碼: a slash and seven of 0-9 A-Z + - . (not part of a path or a longer word).
  { pattern: /(?<![\w/.])\/[0-9A-Z+\-.]{7}(?![\w/+\-.])/g, mark: '/' },
  // Citizen certificate 自然人憑證: two capitals and fourteen digits.
  { pattern: /\b[A-Z]{2}\d{14}\b/g, mark: '' },
];

/**
 * What a text must hold to have any of the shapes: an at sign, or a slash or digit with six more
 * characters. Nearly every text of a log line has none, and is not searched further.
 */
const SUSPECT = /@|[/\d][0-9A-Z+\-. ]{6}/;

/** The ids of requests: long enough to be suspect, and of none of the shapes. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UUID_CHARACTERS = 36;

const namesJudged = new Map<string, boolean>();
/** Names kept judged; facts have few, and whoever makes up names must not fill the memory. */
const NAMES_JUDGED_MAX = 1_000;

function isSecretName(name: string): boolean {
  const judged = namesJudged.get(name);
  if (judged !== undefined) return judged;
  const isSecret = SECRET_NAMES.has(name.toLowerCase().replaceAll(/[-_.]/g, ''));
  if (namesJudged.size < NAMES_JUDGED_MAX) namesJudged.set(name, isSecret);
  return isSecret;
}

/** The facts as they are fit for the log: they themselves where nothing has to be masked. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return MASK;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  // An object has no index signature; the names are its own.
  const members = value as Readonly<Record<string, unknown>>;
  let copy: Record<string, unknown> | null = null;
  for (const name of Object.keys(members)) {
    const member = members[name];
    const shown = isSecretName(name) ? MASK : redact(member, depth + 1);
    if (shown === member) continue;
    copy ??= { ...members };
    copy[name] = shown;
  }
  return copy ?? members;
}

export function redactText(text: string): string {
  let masked = text.length > TEXT_CHARACTERS_MAX ? `${text.slice(0, TEXT_CHARACTERS_MAX)}…` : text;
  if (masked.length === UUID_CHARACTERS && UUID.test(masked)) return masked;
  if (!SUSPECT.test(masked)) return masked;
  for (const { pattern, mark } of SHAPES) {
    if (masked.includes(mark)) masked = masked.replaceAll(pattern, MASK);
  }
  return masked;
}
