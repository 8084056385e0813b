/** Claims about key files on a real disk. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { makeSandboxKey, readMasterKeyFile, readSandboxKey } from './master-key.ts';
import { seededRandom } from './random.ts';

const root = mkdtempSync(join(tmpdir(), 'kaili-master-key-'));
const dataFolder = join(root, 'data');
mkdirSync(dataFolder);
after(() => rmSync(root, { recursive: true, force: true }));

function keyFile(name: string, content: string, mode = 0o600): string {
  const path = join(root, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const HEX = '00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF';
const BYTES = new Uint8Array(Buffer.from(HEX, 'hex'));

suite('master key', () => {
  test('hex and Base64 of 32 bytes are read', () => {
    assert.deepEqual(readMasterKeyFile(keyFile('hex', `${HEX}\n`), dataFolder), BYTES);
    const base64 = Buffer.from(BYTES).toString('base64');
    assert.deepEqual(readMasterKeyFile(keyFile('base64', base64), dataFolder), BYTES);
  });

  const refused: readonly [string, () => string, RegExp][] = [
    ['a missing file', () => join(root, 'none'), /there is no such file/],
    ['a folder', () => dataFolder, /there is no such file/],
    [
      'a file that others may read',
      () => keyFile('open', HEX, 0o640),
      /others may read it \(mode 640\)/,
    ],
    ['a short key', () => keyFile('short', HEX.slice(2)), /does not hold a key/],
    ['an empty file', () => keyFile('empty', ''), /does not hold a key/],
    ['a large file', () => keyFile('large', HEX.repeat(100)), /does not hold a key/],
    ['a file inside the data folder', () => keyFile('data/key', HEX), /inside the data folder/],
    [
      'a link to a file inside the data folder',
      () => {
        const link = join(root, 'link');
        symlinkSync(keyFile('data/linked', HEX), link);
        return link;
      },
      /inside the data folder/,
    ],
  ];
  for (const [what, make, expected] of refused) {
    test(`${what} is refused, naming the setting and the path`, () => {
      const path = make();
      assert.throws(
        () => readMasterKeyFile(path, dataFolder),
        (error: Error) => {
          assert.match(error.message, expected);
          assert.ok(error.message.startsWith(`KAILI_MASTER_KEY_FILE ${path}`));
          assert.ok(!error.message.includes(HEX.slice(2, 20)));
          return true;
        },
      );
    });
  }

  test('the sandbox makes its own key once, for its user alone', () => {
    const path = join(dataFolder, 'secret.key');
    assert.equal(readSandboxKey(path), null);
    const key = makeSandboxKey(path, seededRandom('sandbox key'));
    assert.deepEqual(readSandboxKey(path), key);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.throws(() => makeSandboxKey(path, seededRandom('another')), /EEXIST/);
  });
});
