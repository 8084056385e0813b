/** The types of an Issue request as read: whole, and with gaps where members are missing or bad. */

import type { ISSUE_ITEM, ISSUE_REQUEST } from '#wire/ecpay-b2c/issue.ts';
import type { Wire } from '#wire/field.ts';

/** Every member that the table requires is there and of its form. */
export type IssueRequest = Wire<typeof ISSUE_REQUEST>;
export type IssueItem = Wire<typeof ISSUE_ITEM>;

/** An Issue request of which members may be missing or left out for being bad. */
export type PartialIssueRequest = Partial<Omit<IssueRequest, 'Items'>> & {
  readonly Items?: readonly Partial<IssueItem>[];
};

/** Ten zeros as the tax ID mean "none" (ECPay's .NET SDK). */
export const NO_IDENTIFIER = '0000000000';

/** Whether the request names a buyer's tax ID, right or wrong. */
export function hasIdentifier(request: PartialIssueRequest): boolean {
  const { CustomerIdentifier: identifier } = request;
  return identifier !== undefined && identifier !== NO_IDENTIFIER;
}

/** Whether zero-rated sales are in the request: all of it, or a line of a mixed one. */
export function hasZeroRate(request: PartialIssueRequest): boolean {
  if (request.TaxType === '9') {
    return request.Items?.some((item) => item.ItemTaxType === '2') ?? false;
  }
  return request.TaxType === '2';
}
