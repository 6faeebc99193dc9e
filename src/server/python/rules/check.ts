// What rules are given, and what they find. Pure.
import type { RuleId } from '../../../protocol/rules';
import type { Finding, Span } from '../../language';
import type { Module } from '../source/module';
import { spanOf } from '../source/syntax';
import type { ThreadStart } from '../source/threads';

export type { Finding, Fix } from '../../language';

/** One module, and the threads that it makes. */
export interface RuleContext {
  module: Module;
  threads: readonly ThreadStart[];
}

export type Check = (context: RuleContext) => Iterable<Finding>;

export const finding = (
  rule: RuleId,
  place: Span,
  message: string,
  more: Pick<Finding, 'severity' | 'fix'> = {},
): Finding => ({
  rule,
  span: spanOf(place),
  message,
  ...more,
});
