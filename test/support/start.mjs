// `npm start [-- PROGRAM]`: installs what is missing, builds, opens a VS Code with the extension, debugs the demo or the
// program in it, and prints the exit report. Ctrl-C ends all of it; `--once` does so after the report.
// Built-ins only: it starts before anything is installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEditor } from './editors.mjs';
import { ROOT, build, demandNode, installDependencies } from './prepare.mjs';

const DEMO = path.join(ROOT, 'test', 'programs', 'node', 'demo', 'main.js');
/** A window that nobody has open cannot answer. */
const QUIT_DEADLINE_MS = 3000;
const say = (/** @type {string} */ line) => console.log(line);

async function main() {
  demandNode();
  const { program, once } = readArguments(process.argv.slice(2));
  const stopped = stopSignal();
  await installDependencies();
  build();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'lifelines-start-'));
  const recording = path.join(scratch, 'recording.lifelines');
  const starter = prepareStarter(scratch, program, recording);
  /** @type {import('./editors.mjs').Editor | undefined} */
  let editor;
  let reported = false;
  try {
    editor = await openEditor(workspaceFor(scratch, program, starter), say);
    const over = Promise.race([stopped, editor.ended]);
    say(`Debugging ${program}`);
    const finished = await Promise.race([note(starter, 'done'), over]);
    if (finished) {
      reported = true;
      report(finished, recording);
      if (!once) {
        say('\nThe editor stays open; Ctrl-C here ends it.');
        await over;
      }
    }
  } finally {
    if (editor) await quit(editor, starter);
    if (!reported && fs.existsSync(recording)) report({}, recording);
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** @param {string[]} args */
function readArguments(args) {
  const once = args.includes('--once');
  const named = args.filter((arg) => arg !== '--once');
  if (named.length > 1) throw new Error(`One program at a time, please: ${named.join(' ')}`);
  if (named[0] === undefined) return { program: DEMO, once };
  // npm runs us in the project's folder, and tells where the person was.
  const from = process.env['npm_lifecycle_event'] === 'start' ? process.env['INIT_CWD'] : undefined;
  const program = path.resolve(from ?? process.cwd(), named[0]);
  const found = fs.statSync(program, { throwIfNoEntry: false });
  if (!found) throw new Error(`There is no program ${program}`);
  if (!found.isFile()) throw new Error(`${program} is not a file; name the program's main file.`);
  return { program, once };
}

/**
 * Resolves at Ctrl-C and the like. From now on these do not end this process at once, so that what was started is
 * ended in order; a step under way, such as opening the editor, is finished first.
 */
function stopSignal() {
  return new Promise((/** @type {(nothing: void) => void} */ resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
  });
}

/** The folder that the program belongs to. @param {string} program */
function folderOf(program) {
  if (program === DEMO) return path.dirname(DEMO);
  for (let folder = path.dirname(program); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (['package.json', '.vscode'].some((name) => fs.existsSync(path.join(folder, name)))) return folder;
  }
  return path.dirname(program);
}

/** @param {string} scratch @param {string} program @param {string} recording */
function prepareStarter(scratch, program, recording) {
  const starter = path.join(scratch, 'extensions', 'thread-lifelines.starter-0.0.0');
  fs.cpSync(path.join(ROOT, 'test', 'support', 'starter'), starter, { recursive: true });
  const configuration = {
    type: 'thread-lifelines',
    request: 'launch',
    name: program === DEMO ? 'Demo' : path.basename(program),
    program,
    cwd: folderOf(program),
    timeline: { recording },
  };
  fs.writeFileSync(path.join(starter, 'configuration.json'), JSON.stringify(configuration));
  return starter;
}

/** @param {string} scratch @param {string} program @param {string} starter */
function workspaceFor(scratch, program, starter) {
  return {
    folder: folderOf(program),
    scratch,
    userDataDir: path.join(scratch, 'user-data'),
    extensionsDir: path.dirname(starter),
    extensionDevelopmentPath: ROOT,
  };
}

/**
 * Resolves when the starter extension has left this note, with what it says.
 * @param {string} starter @param {'done' | 'quitting'} name
 * @returns {Promise<{ error?: string }>}
 */
function note(starter, name) {
  const file = path.join(starter, name);
  return new Promise((resolve) => {
    const look = () => {
      if (!fs.existsSync(file)) return;
      watcher.close();
      resolve(JSON.parse(fs.readFileSync(file, 'utf8')));
    };
    const watcher = fs.watch(starter, look);
    look();
  });
}

/**
 * Lets the starter extension end the debug session in order, then ends the editor.
 * @param {import('./editors.mjs').Editor} editor @param {string} starter
 */
async function quit(editor, starter) {
  fs.writeFileSync(path.join(starter, 'quit'), '');
  const late = new Promise((resolve) => setTimeout(resolve, QUIT_DEADLINE_MS));
  await Promise.race([note(starter, 'quitting'), editor.ended.catch(() => undefined), late]);
  await editor.stop();
}

/** @param {{ error?: string }} finished @param {string} recording */
function report({ error }, recording) {
  if (error) throw new Error(`The program could not be debugged: ${error}`);
  say('');
  const { status } = spawnSync(process.execPath, [path.join(ROOT, 'dist', 'cli.js'), 'report', recording], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('There is no exit report, because the recording could not be read.');
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
process.exit();
