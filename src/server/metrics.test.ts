/** Claims about what Prometheus is told of the requests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, fault, refused } from '../domain/fault.ts';
import { createMetrics } from './metrics.ts';

test('what was counted between two looks is told once, and again as it then stands', async () => {
  const metrics = createMetrics();
  const refusal = refused(fault('TRACK_EXHAUSTED', 'number', 'none left'));
  metrics.addWaiting(5);
  metrics.observeIssues([done(1), done(2), refusal]);
  const first = await metrics.text();
  assert.match(first, /^kaili_invoices_issued_total 2$/m);
  assert.match(first, /^kaili_issues_refused_total\{fault="TRACK_EXHAUSTED"\} 1$/m);
  assert.match(first, /^kaili_ledger_commands_waiting 5$/m);
  metrics.addWaiting(-5);
  metrics.observeIssues([done(3)]);
  const second = await metrics.text();
  assert.match(second, /^kaili_invoices_issued_total 3$/m);
  assert.match(second, /^kaili_ledger_commands_waiting 0$/m);
});
