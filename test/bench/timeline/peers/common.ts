// What the peers' pages have in common. A chart takes a number of ms; it is given our µs, so that no span is rounded
// away. Each is set up to show as many lanes at once as fit, and to move at once: what it does best.
import { codeOf, stateIn, TRACK_STATES } from '../../../../src/protocol/tracks';

export const HEIGHT = 640;
export const LANE_PX = 26;
export const LANES_IN_VIEW = Math.floor(HEIGHT / LANE_PX);

const COLORS = ['#000000', '#808080', '#3a5a7a', '#3794ff', '#555555', '#a04040', '#d1242f', '#d7ba3d', '#b98ae0'];

export const colorOf = (code: number): string => COLORS[codeOf(stateIn(code))] ?? COLORS[0]!;
export const STATE_COLORS = TRACK_STATES.map((state) => [state, colorOf(codeOf(state))] as const);

/** What the chart's script has left in the page: only that of it which we use. */
export const library = <T>(): T => (globalThis as unknown as { library: T }).library;
