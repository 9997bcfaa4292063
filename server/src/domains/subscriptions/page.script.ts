/**
 * All that the page needs a script for: to copy. Without it the buttons stay hidden, and the texts can be selected. Over
 * plain HTTP there is no clipboard API, so the old way comes second.
 */
export const PAGE_SCRIPT = `
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'gone';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
};
for (const button of document.querySelectorAll('button[data-from]')) {
  button.hidden = false;
  let timer;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.from);
    if (!(await copy(source.value ?? source.textContent))) return;
    button.dataset.copied = '';
    document.getElementById('said').textContent = document.body.dataset.copied;
    clearTimeout(timer);
    timer = setTimeout(() => {
      delete button.dataset.copied;
      document.getElementById('said').textContent = '';
    }, 1600);
  });
}
`;
