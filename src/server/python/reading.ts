// A module that was read, as the rest of the server sees it: spans instead of nodes.
import type {
  Finding,
  FunctionSpan,
  Lines,
  MessageKind,
  Reading,
  ScriptSpan,
  Span,
  StartSpan,
  StringLiteral,
} from '../language';
import { check } from './rules/rules';
import { fateOf } from './source/fate';
import { manyIn } from './source/many';
import type { Foreign, Module } from './source/module';
import { calleeOf, childOf, spanOf, type Node } from './source/syntax';
import { threadsIn, wholeOf } from './source/threads';
import { labelOf, storyOf, storyOfMany } from './words';

/** Everything is computed on demand: a module that only provides functions and classes needs nothing else. */
export class PythonReading implements Reading {
  /** Threads run functions here, not scripts. */
  readonly scripts: readonly ScriptSpan[] = [];
  readonly messageKinds: readonly MessageKind[] = [];
  private found: Finding[] | undefined;
  private made: Module | undefined;

  /** @param isRelevant whether the text may have anything to do with threads */
  constructor(
    readonly lines: Lines,
    readonly isRelevant: boolean,
    private readonly make: () => Module,
  ) {}

  get module(): Module {
    return (this.made ??= this.make());
  }

  get starts(): StartSpan[] {
    const { module } = this;
    const threads = threadsIn(module).map((thread): StartSpan => {
      const fate = fateOf(module, thread);
      const label = labelOf(fate);
      return {
        span: spanOf(wholeOf(thread)),
        callee: calleeSpan(thread.node),
        ...(label === undefined ? {} : { label }),
        story: storyOf(fate, thread),
        begins: thread.starts.map(spanOf),
      };
    });
    const others = manyIn(module).map(({ node, kind }): StartSpan => ({
      span: spanOf(node),
      callee: calleeSpan(node),
      story: storyOfMany(kind),
    }));
    return [...threads, ...others].sort((a, b) => a.span.start - b.span.start);
  }

  get functions(): FunctionSpan[] {
    const { module } = this;
    const threads = threadsIn(module).flatMap((thread) => this.run(wholeOf(thread), thread.node, thread.runs));
    const others = manyIn(module).flatMap(({ node, given }) => {
      const own = given && module.functionOf(given);
      return this.run(node, node, own && { module, node: own });
    });
    return [...threads, ...others];
  }

  check(): Finding[] {
    return (this.found ??= check({ module: this.module, threads: threadsIn(this.module) }));
  }

  stringAt(): StringLiteral | undefined {
    return undefined;
  }

  stringsIn(): StringLiteral[] {
    return [];
  }

  private run(whole: Node, call: Node, runs: Foreign | undefined): FunctionSpan[] {
    const name = runs && childOf(runs.node, 'VariableName');
    if (!name || runs.node.type === 'LambdaExpression') return [];
    const file = runs.module === this.module ? {} : { file: runs.module.file };
    return [
      {
        span: spanOf(whole),
        callee: calleeSpan(call),
        title: `${runs.module.titleOf(runs.node)}()`,
        name: spanOf(name),
        ...file,
      },
    ];
  }
}

const calleeSpan = (call: Node): Span => ({ start: call.start, end: calleeOf(call).end });
