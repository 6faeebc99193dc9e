// The tables that the bench of the timeline prints.
import { median, quantile, row, shown, within } from '../figures.mjs';

/** design.md, §7. */
const BUDGETS = { firstPicture: 1000, moveScript: 8, toPeer: 0.1, livePaint: 100, busy: 40 };
const WIDTH = 17;

/**
 * @typedef {{ load: number, p50: number, p95: number, script50: number, script95: number, answer95: number, own95: number, draws: number, draw50: number, draw95: number,
 *   heap: number, nodes: number, drawn: Record<string, number>, moves: number }} Summary
 * @param {string[]} charts @param {Record<string, import('./session.mjs').Figures[]>} figures
 * @param {Record<string, string>} failed
 * @returns {Record<string, Summary | string>} a text says why there are no figures
 */
export function summary(charts, figures, failed) {
  return Object.fromEntries(
    charts.map((chart) => {
      const all = figures[chart] ?? [];
      return [chart, failed[chart] ?? summed(all)];
    }),
  );
}

/** What our host took for its answer counts as ours. */
function summed(all) {
  const redraws = all.flatMap((figures) => figures.redraws);
  const draws = all.flatMap((figures) => figures.draws);
  const whole = redraws.map((redraw) => redraw.all + redraw.answer);
  const script = redraws.map((redraw) => redraw.script + redraw.answer);
  return {
    load: median(all.map(({ load }) => load)),
    p50: median(whole),
    p95: quantile(whole, 0.95),
    script50: median(script),
    script95: quantile(script, 0.95),
    answer95: quantile(
      redraws.map(({ answer }) => answer),
      0.95,
    ),
    own95: quantile(
      redraws.map((redraw) => redraw.script),
      0.95,
    ),
    draws: draws.length,
    draw50: median(draws),
    draw95: quantile(draws, 0.95),
    heap: median(all.map(({ heap }) => heap)),
    nodes: median(all.map(({ nodes }) => nodes)),
    drawn: all[0].drawn,
    moves: redraws.length,
  };
}

const LINES = [
  ['first picture, ms', 'load'],
  ['a move, all of the main thread, p50, ms', 'p50'],
  ['a move, all of the main thread, p95, ms', 'p95'],
  ['a move, script alone, p50, ms', 'script50'],
  ['a move, script alone, p95, ms', 'script95'],
  ['JavaScript heap, MiB', 'heap'],
  ['nodes of the page', 'nodes'],
];

/** @param {{ name: string }} drawing @param {Record<string, Summary | string>} summaries */
export function printSource({ name }, summaries) {
  const charts = Object.keys(summaries);
  const of = (chart) => (typeof summaries[chart] === 'string' ? undefined : summaries[chart]);
  console.log();
  row([name, ...charts], WIDTH);
  for (const [label, key] of LINES) {
    row([label, ...charts.map((chart) => (of(chart) ? shown(of(chart)[key]) : 'does not load'))], WIDTH);
  }
  const ours = of('ours');
  if (!ours) return console.log(`ours does not load: ${summaries['ours']}`);
  for (const [label, key] of [LINES[0], LINES[1], LINES[2]]) {
    const ratios = charts.slice(1).map((chart) => (of(chart) ? ratioText(ours[key] / of(chart)[key]) : ''));
    if (ratios.length > 0) row([`  ours / theirs: ${label.replace(/, all.*thread|, ms/g, '')}`, '', ...ratios], WIDTH);
  }
  for (const chart of charts) if (!of(chart)) console.log(`  ${chart} does not load: ${summaries[chart]}`);
  printOurs(ours);
}

const ratioText = (/** @type {number} */ ratio) => `${ratio.toFixed(3)} ${within(ratio, BUDGETS.toPeer)}`;

/** A move is one redraw, unless the host's answer comes too late to be waited for. */
function printOurs({ load, own95, script95, answer95, draw50, draw95, draws, drawn, moves }) {
  console.log(`  ours: first picture ${within(load, BUDGETS.firstPicture)} ms`);
  console.log(`        a move p95 ${shown(own95)} ms of script ${within(own95, BUDGETS.moveScript)} ms, in the page`);
  console.log(
    `        a move p95 ${shown(script95)} ms, with the host's answer p95 ${shown(answer95)} ms on the clock of its own thread`,
  );
  console.log(
    `        ${(draws / moves).toFixed(2)} redraws a move, of p50 ${shown(draw50)}, p95 ${shown(draw95)} ms on the clock`,
  );
  if (!drawn.looks) console.log('        the view asked nothing of the host: what threads do is not drawn yet');
  console.log(`        ${moves} moves in all`);
}

/** @param {import('./live').LiveFigures & { order: import('./pump').LiveOrder, main: import('./costs.mjs').Cost }} live */
export function printLive({ order, pictures, states, longTasks, draws, answers, host, seconds, main }) {
  const p = (numbers, share) => shown(quantile(numbers, share));
  const { workers, perSecond } = order;
  console.log(`\nlive: ${workers} workers, ${perSecond / 1000} k events/s for ${seconds.toFixed(1)} s`);
  row(['', 'p50', 'p95', 'largest', 'budget']);
  const line = (name, all, budget) =>
    row([name, p(all, 0.5), p(all, 0.95), p(all, 1), budget ? within(quantile(all, 0.95), budget) : '']);
  line('picture of a thread to pixels, ms', pictures, BUDGETS.livePaint);
  if (states.length > 0) line('state of a thread to pixels, ms', states, BUDGETS.livePaint);
  else console.log('the view asked nothing of the host: states to pixels are not measured yet');
  line('draw(), ms', draws);
  line('host: answer to a look, ms', answers);
  line('host: making and posting a delta, ms', host);
  row(['tasks of more than 50 ms', String(longTasks.length)]);
  const busy = (main.all / seconds / 1000) * 100;
  row(['main thread busy', `${busy.toFixed(0)} %`, '', '', within(busy, BUDGETS.busy)]);
  row(['draws a second', (draws.length / seconds).toFixed(1)]);
}
