// What the webview knows, and how each message from the host changes it. Pure; the host owns the truth, this is a copy.
import { counted, t } from '../../../src/common/l10n';
import type { Notice, Snapshot } from '../../../src/protocol/picture';
import { applyDelta } from '../../../src/protocol/picture';
import type {
  FromTimeline,
  HandsByRuntime,
  SessionChoice,
  SessionId,
  ToTimeline,
} from '../../../src/protocol/timelineMessages';

export interface SessionView {
  id: SessionId;
  snapshot: Snapshot;
  /** What can be done to threads, by their runtime; undefined where the host does not say: everything. */
  hands?: HandsByRuntime;
  /** µs to add to the page's clock for the adapter's. */
  clockOffset: number;
  /** Undefined: the latest. */
  chosenRun: number | undefined;
  /** How the person looked at it before, as this place reported it to the host. */
  remembered: unknown;
  /** A delta was missed and the whole was asked for. */
  stale: boolean;
}

export type Screen =
  | { kind: 'waiting' }
  | { kind: 'empty'; interrupted?: string; hasRecordings: boolean }
  | { kind: 'session'; view: SessionView };

export interface State {
  screen: Screen;
  sessions: SessionChoice[];
}

export const initialState: State = { screen: { kind: 'waiting' }, sessions: [] };

/** Messages take a while to arrive, never less than no time: a larger jump means that a clock stood still. */
const CLOCK_JUMP_MICROS = 2e6;

/** `local`: the page's clock in µs at the arrival of the message. */
export function receive(state: State, message: ToTimeline, local: number): { state: State; reply?: FromTimeline } {
  switch (message.kind) {
    case 'snapshot':
      return {
        state: { sessions: message.sessions, screen: { kind: 'session', view: viewOf(state, message, local) } },
      };
    case 'delta':
      return receiveDelta(state, message, local);
    case 'sessions':
      return { state: { ...state, sessions: message.sessions } };
    case 'empty': {
      const { interrupted, hasRecordings } = message;
      const screen = { kind: 'empty' as const, hasRecordings, ...(interrupted === undefined ? {} : { interrupted }) };
      return { state: { ...state, screen } };
    }
    case 'seen':
    case 'measured':
    case 'tracks-changed':
    case 'select':
      return { state }; // for the view: they change nothing of what is known
    default:
      // A host of another version: anything else it says is not for us.
      message satisfies never;
      return { state };
  }
}

function viewOf(state: State, message: Extract<ToTimeline, { kind: 'snapshot' }>, local: number): SessionView {
  const before =
    state.screen.kind === 'session' && state.screen.view.id === message.session ? state.screen.view : undefined;
  const { session: id, snapshot, remembered, hands } = message;
  const clockOffset = offset(before?.clockOffset, snapshot.now, local);
  const chosenRun = before?.chosenRun;
  return { id, snapshot, ...(hands ? { hands } : {}), clockOffset, chosenRun, remembered, stale: false };
}

function receiveDelta(
  state: State,
  { session, delta }: Extract<ToTimeline, { kind: 'delta' }>,
  local: number,
): { state: State; reply?: FromTimeline } {
  if (state.screen.kind !== 'session' || state.screen.view.id !== session || state.screen.view.stale) return { state };
  const { view } = state.screen;
  const snapshot = applyDelta(view.snapshot, delta);
  const next: SessionView = snapshot
    ? { ...view, snapshot, clockOffset: offset(view.clockOffset, snapshot.now, local) }
    : { ...view, stale: true };
  const changed: State = { ...state, screen: { kind: 'session', view: next } };
  return snapshot ? { state: changed } : { state: changed, reply: { kind: 'resync' } };
}

/** The message that took least long to arrive tells the adapter's clock best. */
function offset(before: number | undefined, now: number, local: number): number {
  const measured = now - local;
  return before === undefined || Math.abs(measured - before) > CLOCK_JUMP_MICROS
    ? measured
    : Math.max(before, measured);
}

export function chooseRun(state: State, run: number | undefined): State {
  if (state.screen.kind !== 'session') return state;
  return { ...state, screen: { kind: 'session', view: { ...state.screen.view, chosenRun: run } } };
}

/** The session's own notices, and what its numbers say about how far the picture can be trusted. */
export function noticesOf(snapshot: Snapshot): Notice[] {
  const lost = snapshot.processes.reduce((sum, p) => sum + p.lost, 0);
  const notices = [...snapshot.notices];
  const add = (id: string, text: string, severity: Notice['severity'] = 'warning'): void => {
    if (!notices.some((n) => n.id === id)) notices.push({ id, severity, text });
  };
  if (lost > 0)
    add(
      'records-lost',
      counted(
        lost,
        '{0} record from the program could not be kept, so the picture has gaps.',
        '{0} records from the program could not be kept, so the picture has gaps.',
      ),
    );
  if (snapshot.processes.some(({ unwritten }) => unwritten))
    add(
      'unwritten',
      t(
        'At times the program’s records could not be written: the disk of the temporary folder was full, or no file descriptor was free. What is not shown may have happened all the same.',
      ),
    );
  for (const { pid, unseen } of snapshot.processes)
    if (unseen.length > 0)
      add(
        `unseen-${pid}`,
        t('Not visible in process {0}, because its Node does not allow it: {1}.', pid, unseen.join(', ')),
        'info',
      );
  const dropped =
    snapshot.threads.reduce((sum, { activity }) => sum + (activity?.dropped ?? 0), 0) +
    (snapshot.earlier ?? []).reduce((sum, earlier) => sum + earlier.dropped, 0);
  if (dropped > 0)
    add(
      'activity-dropped',
      counted(
        dropped,
        '{0} activity record was dropped to stay within the limit. Some waits and writes may be missing, and message counts may be low.',
        '{0} activity records were dropped to stay within the limit. Some waits and writes may be missing, and message counts may be low.',
      ),
    );
  if (snapshot.damaged > 0)
    add(
      'damaged',
      counted(
        snapshot.damaged,
        '{0} line of the recording could not be read.',
        '{0} lines of the recording could not be read.',
      ),
    );
  return notices;
}
