/**
 * A provider's words stay at the edge: wire names live in the client's wire tables and in a dialect, so
 * nothing below a dialect can come to depend on how one provider spells a thing.
 */
import { findAll, isProduct, type Rule } from '../source.ts';

const WIRE_NAMES =
  /\b(?:RelateNumber|MerchantID|PlatformID|HashKey|HashIV|RtnCode|RtnMsg|TransCode|CarrierNum2?|CarruerType|LoveCode|IIS_\w+|IA_\w+)\b/g;
const WITHOUT = ['src/domain/', 'src/ledger/', 'src/storage/'];

/** Domain, ledger and storage know no wire name, but for citing it in a comment. */
export const words: Rule = (tree) =>
  tree
    .filter(
      (file) => isProduct(file.path) && WITHOUT.some((folder) => file.path.startsWith(folder)),
    )
    .flatMap((file) =>
      findAll(file, WIRE_NAMES, 'words', "a provider's wire name below its dialect"),
    );
