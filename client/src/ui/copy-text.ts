/** Plain HTTP on a local network has no clipboard API; the old way still works there. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // Permission refused: the old way needs none.
    }
  }
  const helper = document.createElement('textarea');
  helper.value = text;
  helper.style.position = 'fixed';
  helper.style.opacity = '0';
  // A modal dialog keeps the focus inside itself, so the helper has to be inside too.
  (document.activeElement?.closest('[role=dialog]') ?? document.body).append(helper);
  helper.select();
  document.execCommand('copy');
  helper.remove();
}
