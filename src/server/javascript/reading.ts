// A module that was read, as the rest of the server sees it: spans instead of nodes.
import type {
  Fate,
  Finding,
  FunctionSpan,
  Lines,
  MessageKind,
  ProjectContext,
  Reading,
  ScriptSpan,
  Span,
  StartSpan,
  StringLiteral,
} from '../language';
import { manifestOf } from './manifest';
import { check } from './rules/rules';
import { fateOf } from './source/fate';
import { messageKindsIn } from './source/worker/messageKinds';
import { Module } from './source/module';
import { scriptsIn, type ScriptReference } from './source/scripts';
import { startsIn, type Start } from './source/starts';
import { literalAt, literalsIn } from './source/strings';
import { parse, spanOf } from './source/syntax';
import { labelOf, storyOf } from './words';
import { looksLikeWorker, mayBeProgram, workerCodeOf, type WorkerCode } from './source/worker/workerCode';

/** Everything is computed on demand: a module that only provides constants needs nothing else. */
export class JavaScriptReading implements Reading {
  private foundStarts: Start[] | undefined;
  private foundReferences: ScriptReference[] | undefined;
  private foundCode: WorkerCode | undefined;

  constructor(readonly module: Module) {}

  get lines(): Lines {
    return this.module.tree;
  }

  get starts(): StartSpan[] {
    return fates(this.workerStarts).map(({ node, fate }) => ({
      span: spanOf(node),
      callee: calleeOf(node),
      ...(fate === 'unknown' ? {} : { label: labelOf(fate) }),
      story: storyOf(fate),
    }));
  }

  get scripts(): ScriptSpan[] {
    return this.references.map(({ node, script, call, target, library }) => ({
      span: spanOf(node),
      callee: calleeOf(node),
      target,
      ...(script ? { script: spanOf(script) } : {}),
      ...(call ? { call: spanOf(call) } : {}),
      ...(library ? { pool: library } : {}),
    }));
  }

  get functions(): FunctionSpan[] {
    return [];
  }

  get messageKinds(): MessageKind[] {
    return messageKindsIn(this.module);
  }

  stringAt(offset: number): StringLiteral | undefined {
    return literalAt(this.module.tree, offset);
  }

  stringsIn(span: Span): StringLiteral[] {
    return literalsIn(this.module.tree, span);
  }

  check(project: ProjectContext): Finding[] {
    const { module, references } = this;
    return check({
      module,
      starts: this.workerStarts,
      scripts: references,
      isWorker: !mayBeProgram(module) && (project.isStarted || looksLikeWorker(module)),
      workerOf: ({ target }) => {
        if (target.kind === 'code') return evaluated(module.file, target.text);
        const file = project.scriptOf(target);
        const reading = file === undefined ? undefined : project.read(file);
        return reading instanceof JavaScriptReading ? reading.workerCode : undefined;
      },
      hasScript: ({ target }) => project.scriptOf(target) !== undefined,
      exists: (path) => project.exists(path),
      root: project.root,
      manifest: () => manifestOf(module.file),
    });
  }

  private get workerStarts(): Start[] {
    return (this.foundStarts ??= startsIn(this.module));
  }

  private get references(): ScriptReference[] {
    return (this.foundReferences ??= scriptsIn(this.module, this.workerStarts));
  }

  /** What it does when a worker runs it. */
  private get workerCode(): WorkerCode {
    return (this.foundCode ??= workerCodeOf(this.module));
  }
}

/** One for each expression: there is a start for each call of a function that contains it, and all must agree. */
function fates(starts: readonly Start[]): { node: Start['node']; fate: Fate }[] {
  const byNode = new Map<Start['node'], Fate>();
  for (const start of starts) {
    const [before, fate] = [byNode.get(start.node), fateOf(start)];
    byNode.set(start.node, before === undefined || before === fate ? fate : 'unknown');
  }
  return [...byNode].map(([node, fate]) => ({ node, fate }));
}

const calleeOf = (node: ScriptReference['node']): Span => ({ start: node.getStart(), end: node.expression.getEnd() });

/** A script in a string of the module that starts it. */
const evaluated = (file: string, text: string | undefined): WorkerCode | undefined =>
  text === undefined ? undefined : workerCodeOf(new Module(file, parse(`${file}.eval.js`, text)));
