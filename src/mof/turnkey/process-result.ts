/**
 * Reads a ProcessResult (MOF schema common/v40/ProcessResult.xsd; 3.0 and later versions look alike):
 * the platform's answer to one envelope. What it means for filings is decided in `verdicts.ts`.
 */
import type { XmlElement } from './read-xml.ts';
import { child, children, text } from './read-xml.ts';

export interface ResultInfo {
  readonly code: string;
  readonly description: string;
  /** Parameter0 … Parameter4; '' where absent. Parameter0 is the number, Parameter1 the date. */
  readonly parameters: readonly string[];
}

export interface ProcessResult {
  /** Tax IDs of sender and receiver, in this order. */
  readonly parties: readonly string[];
  /** Turnkey's id of the envelope: version-message-date-time-uuid. */
  readonly envelopeId: string;
  readonly message: string;
  readonly infos: readonly ResultInfo[];
}

const PARAMETERS = ['Parameter0', 'Parameter1', 'Parameter2', 'Parameter3', 'Parameter4'] as const;

/** Null where the element is no ProcessResult with at least one Info. */
export function parseProcessResult(name: string, root: XmlElement): ProcessResult | null {
  const result = child(root, 'Result');
  if (name !== 'ProcessResult' || result === undefined) return null;
  const infos = children(result, 'Info').map((info) => ({
    code: text(info, 'Code'),
    description: text(info, 'Description'),
    parameters: PARAMETERS.map((parameter) => text(info, parameter)),
  }));
  if (infos.length === 0 || infos.some((info) => info.code === '')) return null;
  return {
    parties: partiesOf(root),
    envelopeId: text(root, 'MessageInfo', 'Id'),
    message: text(root, 'MessageInfo', 'MessageType'),
    infos,
  };
}

/** Tax IDs of RoutingInfo. Observed in public readers: `PartyId`, by one also `Id`. */
export function partiesOf(root: XmlElement): readonly string[] {
  const routing = child(root, 'RoutingInfo');
  return ['From', 'To'].flatMap((side) => {
    const party = text(routing, side, 'PartyId') || text(routing, side, 'Id');
    return party === '' ? [] : [party];
  });
}
