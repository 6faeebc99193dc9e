// Text as text, and only when it differs: writing the same again would close an open menu and be read out once more.
export function writeText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
