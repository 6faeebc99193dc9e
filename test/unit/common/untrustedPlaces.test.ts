// Every place that shows text of the program's, with a program that calls all it has something hostile.
import assert from 'node:assert/strict';
import { runOf } from '../../../media/timeline/data/run';
import { allAnnounced, newsSince } from '../../../media/timeline/stories/announce';
import { detailsOf } from '../../../media/timeline/stories/details';
import { shortText, type Fact } from '../../../media/timeline/stories/facts';
import { laneLabel, processTitle, unsupportedText } from '../../../media/timeline/stories/labels';
import { exitStory, threadStory } from '../../../media/timeline/stories/story';
import { tableRow } from '../../../media/timeline/stories/tableRows';
import * as errors from '../../../src/adapter/errors';
import { reportMarkdown } from '../../../src/model/report/markdown';
import { exitReport } from '../../../src/model/report/report';
import { consoleSummary } from '../../../src/model/report/summary';
import { reportText } from '../../../src/model/report/text';
import { hoverText } from '../../../src/overlay/hover';
import { linesOf } from '../../../src/overlay/lines';
import { lineText } from '../../../src/overlay/words';
import type { Snapshot } from '../../../src/protocol/picture';
import { diagnosticsOf } from '../../../src/server/features/diagnostics';
import { parse } from '../../../src/server/javascript/source/syntax';
import { settingsOf } from '../../../src/server/settings';
import { notAttached, whoIsAsked } from '../../../src/sessions/debuggers/asking';
import { plainLog } from '../../../src/views/plainLog';
import { stacksText } from '../../../src/views/stacksText';
import { statusText } from '../../../src/views/statusText';
import { ACTS, HOSTILE, ICON, NOTIFICATION_LINK, UNSEEN, withoutEscapes } from '../../support/hostileText';
import { KeptLog } from '../../support/hostApi';
import { site } from '../../support/events';
import { ending, finding, processPicture, snapshotOf, thread } from '../../webview/fixtures';

/** A run in which main and a worker have ended, or of which main is done. */
function snapshotIn(text: string, complete: boolean): Snapshot {
  const at = { ...site(3), file: `/app/${text}` };
  const ended = { ...ending('main-exit', 900, `killed with ${text}`, { at }), fromOutside: true };
  const worker = thread({
    id: 1,
    start: 10,
    label: text,
    file: text,
    startSite: site(3),
    error: { name: text, message: text, stack: `${text}\n    at ${text} (/app/main.js:1:2)`, t: 0 },
    ...(complete
      ? {
          ended,
          unfinished: [{ what: 'write' as const, text: `writing to ${text}`, fate: 'lost' as const, path: text }],
        }
      : {}),
  });
  const main = thread({ id: 0, start: 0, label: text, ...(complete ? { ended } : {}) });
  const holders = [{ kind: 'resource' as const, what: text, because: [text], at }];
  const process = processPicture({
    argv: ['/usr/bin/node', text],
    version: text,
    over: complete,
    ...(complete ? { exit: ended } : { alive: { t: 0, waitingSince: 0, holders, more: 0, stuck: false } }),
  });
  const found = finding('lost-with-owner', {
    thread: worker.key,
    at: site(3),
    text: `It is ${text}.`,
    advice: `Change ${text}.`,
    related: [{ text, at }],
  });
  const notices = [{ id: 'child', severity: 'error' as const, text }];
  return snapshotOf([main, worker], { title: text, processes: [process], findings: [found], notices, complete });
}

const reportOf = (text: string) => exitReport(snapshotIn(text, true));
const lineOf = (snapshot: Snapshot) => linesOf(snapshot).get('/app/main.js')!.get(3)!;

const wordsOf = (facts: readonly Fact[]): string[] =>
  facts.flatMap((one) => [one.label, shortText(one), ...one.parts.map(({ text }) => text)]);

function timelineOf(text: string): string[] {
  return [true, false].flatMap((complete) => {
    const snapshot = snapshotIn(text, complete);
    const run = runOf(snapshot, undefined);
    const moments = { origin: run.origin, now: snapshot.now };
    return [
      newsSince(allAnnounced(runOf(snapshotOf([]), undefined)), run),
      ...run.lanes.flatMap((lane) => {
        const [details, story] = [detailsOf(lane, run, moments), threadStory(lane, moments)];
        const row = Object.values(tableRow(lane, moments)).map((cell) => cell.text);
        const sections = details.sections.flatMap(({ heading, facts }) => [heading, ...wordsOf(facts)]);
        const exit = lane.process.exit ? exitStory(lane.process, lane.process.exit, moments) : undefined;
        const stories = [story, ...(exit ? [exit] : [])];
        const told = stories.flatMap(({ title, subtitle, facts }) => [title, subtitle, ...wordsOf(facts)]);
        const labels = [laneLabel(lane), processTitle(lane.process), unsupportedText(lane.process)];
        return [...labels, details.title, details.subtitle, ...sections, ...told, ...row];
      }),
    ];
  });
}

function problemsOf(text: string): string[] {
  const found = [{ rule: 'held-by-port' as const, span: { start: 0, end: 0 }, message: text }];
  const diagnosis = { lines: parse('a.js', ''), runtime: 'node' as const, comment: { line: '//' }, findings: found };
  return diagnosticsOf(
    diagnosis,
    settingsOf({}),
    () => undefined,
    () => false,
  ).map(({ message }) => message as string);
}

function notificationsOf(text: string): string[] {
  const named = { key: '1:1', id: 1, label: text, owner: '1:0', process: '1' };
  const main = { ...named, key: '1:0', id: 0, owner: null };
  return [
    notAttached(whoIsAsked('stack', named, [main, named])).message,
    notAttached(whoIsAsked('terminate', named, [main, named])).message,
    whoIsAsked('terminate', named, [main, named]).label,
    ...Object.values(errors).map((error: (...parts: string[]) => errors.AdapterError) => error(text, text).format),
  ];
}

function logOf(text: string): string[] {
  const log = new KeptLog();
  const plain = plainLog(log as never);
  plain.info(text);
  plain.error(new Error(text));
  return log.lines;
}

const stacksOf = (text: string): string =>
  stacksText(
    [
      { label: text, id: 1, paused: false, frames: [{ name: text, url: text, line: 1, column: 1 }] },
      { label: text, id: 2, paused: false, blocked: text, frames: [{ name: text, url: '', line: 1, column: 1 }] },
      { label: text, id: 3, paused: false, failure: text },
    ],
    new Date(2026, 0, 1),
  );

/** What a text of a few lines says, and how many characters it has at most. */
const PLACES: Record<string, { told: (text: string) => string[]; longest: number }> = {
  'the report in a terminal': { told: (text) => reportText(reportOf(text)).split('\n'), longest: 1500 },
  'the report as Markdown': { told: (text) => reportMarkdown(reportOf(text)).split('\n'), longest: 3000 },
  'the line in a console': { told: (text) => [consoleSummary(reportOf(text))!], longest: 1000 },
  'the timeline': { told: timelineOf, longest: 2500 },
  'the end of a line': {
    told: (text) => [true, false].map((complete) => lineText(lineOf(snapshotIn(text, complete)))),
    longest: 120,
  },
  'a hover': {
    told: (text) =>
      [true, false].flatMap((complete) => {
        const snapshot = snapshotIn(text, complete);
        return hoverText(lineOf(snapshot), snapshot)
          .replace(/data:image[^)]*/g, '')
          .split('\n');
      }),
    longest: 20_000,
  },
  'the status bar': { told: (text) => [statusText(snapshotIn(text, false))!.text], longest: 100 },
  'a problem': { told: problemsOf, longest: 3000 },
  'a notification': { told: notificationsOf, longest: 2000 },
  'the log': { told: logOf, longest: 2010 },
  'the stacks': { told: (text) => stacksOf(text).split('\n'), longest: 5000 },
};

describe('a program that calls all it has something hostile', () => {
  for (const [place, { told, longest }] of Object.entries(PLACES))
    it(`controls, hides and floods nothing in ${place}`, () => {
      assert.ok(told('harmless').some((line) => line.includes('harmless')));
      for (const [what, text] of Object.entries(HOSTILE)) {
        const lines = told(text);
        for (const line of lines) {
          assert.doesNotMatch(line, ACTS, what);
          assert.doesNotMatch(line, UNSEEN, what);
          assert.ok([...line].length <= longest, what);
        }
        assert.doesNotMatch(lines.join('\n'), /^(error: the disk|Password)/m, what);
      }
    });

  it('puts no link into a notification', () => {
    for (const text of Object.values(HOSTILE))
      for (const line of notificationsOf(text)) assert.doesNotMatch(line, NOTIFICATION_LINK);
  });

  it('puts no icon into the status bar', () => {
    for (const text of Object.values(HOSTILE))
      assert.doesNotMatch(PLACES['the status bar']!.told(text)[0]!.replace('$(watch)', ''), ICON);
  });

  it('puts no link, element or formula into the report as Markdown', () => {
    for (const [what, text] of Object.entries(HOSTILE)) {
      const plain = withoutEscapes(reportMarkdown(reportOf(text)));
      assert.doesNotMatch(plain, /[<>[\]$@]|\/\/|www\./, what);
    }
  });

  it('puts no link into a hover but those that we make, which lead to commands and files', () => {
    for (const [what, text] of Object.entries(HOSTILE))
      for (const complete of [true, false]) {
        const snapshot = snapshotIn(text, complete);
        const plain = withoutEscapes(hoverText(lineOf(snapshot), snapshot));
        const links = [...plain.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target!);
        assert.ok(links.length > 2);
        for (const link of links)
          assert.match(
            link,
            /^(command:threadLifelines\.\w+(\?[\w.%-]*)?|file:\/\/[^\s<>"]*|data:image\/svg\+xml,[^\s<>"]*)$/,
            what,
          );
        assert.doesNotMatch(plain.replace(/\]\([^)]*\)/g, ''), /[<>$@`]|\/\//, what);
      }
  });
});
