// Every place that shows the timeline: the view in the panel, the one in Run and Debug, the editor tab. All are
// pictures of what is shown; a hidden one is sent nothing and gets the whole again when it is shown.
import * as vscode from 'vscode';
import { assertNever } from '../../common/assertNever';
import { DisposableStore } from '../../common/disposable';
import { messageOf } from '../../common/humanError';
import { forClipboard } from '../../common/untrusted';
import {
  HAND_COMMANDS,
  TIMELINE_COMMANDS,
  TIMELINE_VIEW,
  type FromTimeline,
  type HandsByRuntime,
  type SessionId,
  type ToTimeline,
} from '../../protocol/timelineMessages';
import type { Delta } from '../../protocol/picture';
import type { Measure } from '../../protocol/tracks';
import type { ShownChange, ShownSessions } from '../../sessions/together/shownSessions';
import { openRulePage } from '../openRulePage';
import { openSite } from '../openSite';
import { Looking } from './looking';
import { Pacing } from './pacing';
import { timelineHtml } from './timelineHtml';

export const TIMELINE_DEBUG_VIEW = 'threadLifelines.timelineInDebug';
const PANEL = 'threadLifelines.timelinePanel';

/** What an empty timeline has to say. */
export interface EmptyState {
  /** Title of the session that ran when the window was reloaded. */
  interrupted: string | undefined;
  hasRecordings: boolean;
}

/** What a timeline shows, and where is kept how a person looks at it. */
export interface Shown {
  sessions: ShownSessions;
  remembered: vscode.Memento;
  hands: HandsByRuntime;
}

/** `t`: µs on the adapter's clock; undefined: nobody looks at any moment. */
export interface CursorMoment {
  session: SessionId;
  t: number | undefined;
}

/** A webview in a view or in an editor tab. */
interface Place {
  /** The same after a reload. */
  name: string;
  webview: vscode.Webview;
  readonly visible: boolean;
  /** Of an editor tab. */
  readonly column: vscode.ViewColumn | undefined;
  ready: boolean;
  looking: Looking;
  pacing: Pacing;
}

/** Workspace state: how a person looked at the timeline in a place. */
const rememberedIn = ({ name }: Place): string => `timeline.${name}`;

export class TimelineViews implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly store = new DisposableStore();
  private readonly places = new Set<Place>();
  private panel: vscode.WebviewPanel | undefined;
  /** Key of a thread to show when there is a timeline again. */
  private toSelect: string | undefined;
  private readonly sessions: ShownSessions;
  private readonly cursorMoved = this.store.add(new vscode.EventEmitter<CursorMoment>());
  /** A person looks at a moment of a run. */
  readonly onDidMoveCursor = this.cursorMoved.event;

  constructor(
    private readonly dist: vscode.Uri,
    private readonly shown: Shown,
    private readonly emptyState: () => EmptyState,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.sessions = shown.sessions;
    this.store.add(vscode.window.registerWebviewViewProvider(TIMELINE_VIEW, this));
    this.store.add(vscode.window.registerWebviewViewProvider(TIMELINE_DEBUG_VIEW, this));
    this.store.add(vscode.window.registerWebviewPanelSerializer(PANEL, this));
    this.store.add(this.sessions.onDidChange((change) => this.pass(change)));
    this.store.add(shown.sessions.onDidChangeTracks((session) => this.tracksChanged(session)));
  }

  dispose(): void {
    this.panel?.dispose();
    this.store.dispose();
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const gone = this.show(view.webview, view.viewType, () => view.visible);
    const visibility = view.onDidChangeVisibility(() => this.refresh(view.webview));
    view.onDidDispose(() => {
      visibility.dispose();
      gone();
    });
  }

  /** Whether a timeline is on the screen. */
  get isShown(): boolean {
    return [...this.places].some(({ visible }) => visible);
  }

  /** Shows the details of a thread of the session that is shown, in each timeline on the screen or the next to come. */
  select(thread: string): void {
    const places = [...this.places].filter((place) => place.ready && place.visible);
    for (const place of places) this.send(place, { kind: 'select', thread });
    this.toSelect = places.length === 0 ? thread : undefined;
  }

  /** The timeline at full size, in an editor tab. */
  openPanel(): void {
    if (this.panel) this.panel.reveal();
    else {
      const column = vscode.ViewColumn.Active;
      this.adopt(vscode.window.createWebviewPanel(PANEL, 'Thread Lifelines', column, { enableScripts: true }));
    }
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.adopt(panel);
    return Promise.resolve();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    const icon = (file: string): vscode.Uri => vscode.Uri.joinPath(this.dist, '..', 'media', 'icons', file);
    panel.iconPath = { light: icon('iconLight.svg'), dark: icon('iconDark.svg') };
    const gone = this.show(
      panel.webview,
      'panel',
      () => panel.visible,
      () => panel.viewColumn,
    );
    const visibility = panel.onDidChangeViewState(() => this.refresh(panel.webview));
    panel.onDidDispose(() => {
      visibility.dispose();
      gone();
      if (this.panel === panel) this.panel = undefined;
    });
  }

  private show(
    webview: vscode.Webview,
    name: string,
    visible: () => boolean,
    column: () => vscode.ViewColumn | undefined = () => undefined,
  ): () => void {
    const looking = new Looking(
      (session, look) => this.sessions.see(session, look),
      (message) => this.send(place, message),
      (error) => this.log.error(`Timeline: ${messageOf(error)}`),
    );
    const place: Place = {
      name,
      webview,
      ready: false,
      looking,
      pacing: new Pacing((delta) => this.sendRest(place, delta)),
      get visible() {
        return visible();
      },
      get column() {
        return column();
      },
    };
    this.places.add(place);
    webview.options = { enableScripts: true, localResourceRoots: [this.dist] };
    const messages = webview.onDidReceiveMessage((message: FromTimeline) => this.receive(place, message));
    webview.html = timelineHtml(webview, this.dist, name);
    return () => {
      messages.dispose();
      looking.dispose();
      place.pacing.stop();
      this.places.delete(place);
    };
  }

  private refresh(webview: vscode.Webview): void {
    for (const place of this.places) if (place.webview === webview && place.ready) this.sendAll(place);
  }

  private receive(place: Place, message: FromTimeline): void {
    switch (message.kind) {
      case 'ready':
        place.ready = true;
        return this.sendAll(place);
      case 'resync':
        return this.sendAll(place);
      case 'open-site':
        return void openSite(message.site, this.log, place.column);
      case 'open-page':
        return void openRulePage(this.dist, message.rule, this.log);
      case 'choose-session':
        return this.sessions.choose(message.session);
      case 'run-command':
        if (TIMELINE_COMMANDS.includes(message.command)) void vscode.commands.executeCommand(message.command);
        return;
      case 'do':
        if (HAND_COMMANDS.includes(message.command))
          void vscode.commands.executeCommand(message.command, message.thread);
        return;
      case 'look':
        place.pacing.look(message.look);
        return place.looking.look(message.session, message.look);
      case 'measure':
        return void this.measure(place, message.session, message.measure);
      case 'remember':
        return void this.shown.remembered.update(rememberedIn(place), message.state);
      case 'copy':
        return void vscode.env.clipboard.writeText(forClipboard(message.text));
      case 'cursor':
        return this.cursorMoved.fire({ session: message.session, t: message.t });
      case 'problem':
        return this.log.error(`Timeline: ${message.message}`);
      default:
        return assertNever(message);
    }
  }

  private async measure(place: Place, session: SessionId, measure: Measure): Promise<void> {
    const measured = await this.sessions.measure(session, measure);
    if (measured) this.send(place, { kind: 'measured', session, measured });
  }

  private tracksChanged(session: SessionId): void {
    for (const place of this.places) if (place.ready && place.visible) place.looking.changed(session);
  }

  private pass(change: ShownChange): void {
    for (const place of this.places) {
      if (!place.ready || !place.visible) continue;
      if (change.kind === 'whole') this.sendAll(place);
      else if (change.kind === 'delta') this.send(place, { ...change, delta: place.pacing.take(change.delta) });
      else this.send(place, { kind: 'sessions', sessions: this.sessions.choices });
    }
  }

  private sendAll(place: Place): void {
    const { shown, choices } = this.sessions;
    if (shown) {
      const { id: session, snapshot } = shown;
      place.pacing.begin(snapshot);
      const remembered: unknown = this.shown.remembered.get(rememberedIn(place));
      const rest = remembered === undefined ? {} : { remembered };
      this.send(place, { kind: 'snapshot', session, sessions: choices, snapshot, hands: this.shown.hands, ...rest });
      if (this.toSelect !== undefined) this.send(place, { kind: 'select', thread: this.toSelect });
      this.toSelect = undefined;
      return;
    }
    place.pacing.stop();
    const { interrupted, hasRecordings } = this.emptyState();
    this.send(place, { kind: 'empty', hasRecordings, ...(interrupted === undefined ? {} : { interrupted }) });
  }

  /** What was held back, when nothing else is told. */
  private sendRest(place: Place, delta: Delta): void {
    const { shown } = this.sessions;
    if (shown && place.visible) this.send(place, { kind: 'delta', session: shown.id, delta });
  }

  private send(place: Place, message: ToTimeline): void {
    void place.webview.postMessage(message);
  }
}
