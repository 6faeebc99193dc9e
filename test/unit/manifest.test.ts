// package.json and the code name the same things. Tests run from the project's root.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as ts from 'typescript';
import { DEBUG_TYPE } from '../../src/protocol/adapterEvents';
import { RULE_IDS } from '../../src/protocol/rules';
import { TIMELINE_COMMANDS, TIMELINE_VIEW } from '../../src/protocol/timelineMessages';
import { parse, visit } from '../support/modules';

interface Step {
  id: string;
  media: { image: Record<'dark' | 'light' | 'hc' | 'hcLight', string> };
  completionEvents: string[];
}
interface Manifest {
  contributes: {
    walkthroughs: { steps: Step[] }[];
    commands: { command: string }[];
    configuration: { properties: Record<string, { properties?: object }> };
    viewsContainers: Record<string, { id: string; title: string }[]>;
    views: Record<string, { id: string; name: string }[]>;
    debuggers: { type: string; configurationAttributes: { launch: { properties: Record<string, unknown> } } }[];
  };
}

describe('package.json', () => {
  const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
  const contributed = manifest.contributes.commands.map(({ command }) => command).sort();

  it('contributes the commands that the extension registers, and no other', () => {
    assert.deepEqual(contributed, keysOf('src/views/commands.ts', 'table').sort());
  });

  it('contributes every command that the timeline may ask for, but for the editor’s own', () => {
    assert.deepEqual(
      TIMELINE_COMMANDS.filter((command) => !command.startsWith('workbench.') && !contributed.includes(command)),
      [],
    );
  });

  it('has its home in the panel, under a name that VS Code’s own views do not have', () => {
    const { viewsContainers, views } = manifest.contributes;
    const [home] = viewsContainers['panel']!;
    assert.deepEqual(Object.keys(viewsContainers), ['panel']);
    assert.deepEqual(
      views[home!.id]!.map(({ id }) => id),
      [TIMELINE_VIEW],
    );
    for (const language of ['package.nls.json', 'package.nls.de.json']) {
      const texts = JSON.parse(fs.readFileSync(language, 'utf8')) as Record<string, string>;
      const named = [home!.title, ...Object.values(views).flatMap((list) => list.map(({ name }) => name))];
      assert.deepEqual(new Set(named.map((name) => texts[name.slice(1, -1)])), new Set(['Threads']), language);
    }
  });

  it('lets people say of each rule how gravely it is told', () => {
    const setting = manifest.contributes.configuration.properties['threadLifelines.lint.severity'];
    assert.deepEqual(Object.keys(setting!.properties!), RULE_IDS);
  });

  it('has a picture in each theme for each step of the walkthrough, which is done when its command has done what it is for', () => {
    const [{ steps }] = manifest.contributes.walkthroughs as [{ steps: Step[] }];
    assert.equal(new Set(steps.map(({ media }) => media.image.dark)).size, steps.length, 'each another one');
    for (const { id, media, completionEvents } of steps) {
      for (const theme of ['dark', 'light', 'hc', 'hcLight'] as const) assert.ok(fs.existsSync(media.image[theme]), id);
      const commands = completionEvents.map((event) => /^onContext:(.+)\.succeeded$/.exec(event)?.[1]);
      assert.ok(commands.length > 0 && commands.every((command) => contributed.includes(command!)), id);
    }
  });

  it('marks up the words of the walkthrough as VS Code does there: ** and links, no other', () => {
    for (const file of ['package.nls.json', 'package.nls.de.json'])
      for (const [key, text] of Object.entries(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, string>))
        if (key.startsWith('walkthrough.')) assert.doesNotMatch(text.replaceAll('**', ''), /[*`_]/, `${file} ${key}`);
  });

  it('describes every launch option that is our own or checked by us', () => {
    const { type, configurationAttributes } = manifest.contributes.debuggers[0]!;
    assert.equal(type, DEBUG_TYPE);
    const options = membersOf('src/protocol/adapterEvents.ts', 'LaunchOptions').filter(
      (name) => !name.startsWith('__'),
    );
    assert.ok(options.length > 0);
    const described = Object.keys(configurationAttributes.launch.properties);
    const byVSCode = ['name', 'noDebug'];
    assert.deepEqual(
      options.filter((option) => !described.includes(option) && !byVSCode.includes(option)),
      [],
    );
  });
});

/** Keys of the object that a variable of the file begins with. */
function keysOf(file: string, variable: string): string[] {
  const keys: string[] = [];
  visit(parse(file), (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== variable) return;
    if (node.initializer && ts.isObjectLiteralExpression(node.initializer)) keys.push(...namesOf(node.initializer));
  });
  return keys;
}

/** Names of an interface's properties. */
function membersOf(file: string, name: string): string[] {
  const found = parse(file)
    .statements.filter(ts.isInterfaceDeclaration)
    .filter((one) => one.name.text === name);
  return found.flatMap(namesOf);
}

const namesOf = (of: ts.ObjectLiteralExpression | ts.InterfaceDeclaration): string[] =>
  ('members' in of ? of.members : of.properties).flatMap(({ name }) =>
    name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
  );

describe('the licences', () => {
  it('are those of all packages in the bundles, also of one inside of another', () => {
    const told = fs.readFileSync('dist/licenses.txt', 'utf8');
    const folders = new Set<string>();
    for (const bundle of fs.readdirSync('dist').filter((name) => name.endsWith('.js')))
      for (const [, folder] of fs
        .readFileSync(`dist/${bundle}`, 'utf8')
        .matchAll(/^\/\/ ((?:\S+\/)?node_modules\/(?:@[^/]+\/)?[^/\s]+)/gm))
        folders.add(folder!);
    assert.ok([...folders].some((folder) => folder.lastIndexOf('node_modules') > 0));
    for (const folder of folders) {
      const { name, version } = JSON.parse(fs.readFileSync(`${folder}/package.json`, 'utf8')) as Record<string, string>;
      assert.ok(told.includes(`${name} ${version} (`), folder);
    }
  });
});
