// What a lens of the server leads to.
import * as vscode from 'vscode';

interface Place {
  line: number;
  character: number;
}
interface Location {
  uri: string;
  range: { start: Place; end: Place };
}

/** Opens the one place, or a list of several. What does not come from the server does nothing. */
export async function showPlaces(uri: unknown, position: unknown, locations: unknown): Promise<void> {
  if (typeof uri !== 'string' || !Array.isArray(locations)) return;
  const found = (locations as Location[]).map(
    ({ uri: where, range: { start, end } }) =>
      new vscode.Location(
        vscode.Uri.parse(where, true),
        new vscode.Range(start.line, start.character, end.line, end.character),
      ),
  );
  const { line, character } = position as Place;
  await vscode.commands.executeCommand(
    'editor.action.goToLocations',
    vscode.Uri.parse(uri, true),
    new vscode.Position(line, character),
    found,
    'peek',
  );
}
