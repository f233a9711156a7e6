/**
 * Comfort for the pages; each of them works without it. It knows no language: what it says stands in the page.
 */

/**
 * Puts a part of another page in the place of the same part of this one, where the focus stays if it was in it.
 * @param {string} address of the page
 * @param {string} id of the part
 * @param {AbortSignal} signal gives it up
 */
async function replacePart(address, id, signal) {
  const reply = await fetch(address, { signal });
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
  const fresh = page.getElementById(id);
  const old = document.getElementById(id);
  // Without it somebody has been logged out, and the page itself says more.
  if (fresh === null) location.reload();
  if (fresh === null || old === null) return;
  const hadFocus = old.contains(document.activeElement);
  old.replaceChildren(...fresh.childNodes);
  if (hadFocus) old.focus();
}

/**
 * Files may be dropped on the field that takes them.
 * @param {HTMLElement} zone around the field
 */
function acceptDrops(zone) {
  const input = zone.querySelector('input[type=file]');
  if (!(input instanceof HTMLInputElement)) return;
  for (const name of ['dragenter', 'dragover'])
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add('over');
    });
  for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    input.form?.requestSubmit();
  });
}

/**
 * The estimate follows what is chosen.
 * @param {HTMLFormElement} form for a run
 */
function followChoices(form) {
  let asking = new AbortController();
  form.addEventListener('change', () => {
    if (!form.checkValidity()) return;
    asking.abort();
    asking = new AbortController();
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') chosen.set(name, value);
    const address = `${new URL(form.action).pathname}?${chosen}`;
    replacePart(address, 'estimate', asking.signal).catch((error) => {
      // The button still asks for it.
      if (error.name !== 'AbortError') form.removeAttribute('data-estimate');
    });
  });
}

/**
 * What a run has come to, as the server tells it.
 * @typedef {{ state: string, progress: null | { done: number, total: number, spent: { costUsd: number | null } } }} Run
 */

/**
 * Shows how far a run is.
 * @param {HTMLElement} place of the run on the page
 * @param {Run} run
 */
function showProgress(place, { state, progress }) {
  const stateText = document.getElementById('state');
  const words = place.dataset[state];
  if (stateText && words !== undefined && stateText.textContent !== words) stateText.textContent = words;
  const text = place.querySelector('#progress');
  const bar = place.querySelector('#bar');
  if (progress === null || !text || !(bar instanceof HTMLProgressElement)) return;
  const { done, total, spent } = progress;
  const cost = spent.costUsd === null ? '' : ` · $${spent.costUsd.toFixed(4)}`;
  const pattern = place.dataset['pattern'] ?? '';
  text.textContent = pattern.replace('{done}', String(done)).replace('{total}', String(total)) + cost;
  bar.max = Math.max(1, total);
  bar.value = done;
}

/** A run that has waited this long is told of in other words. */
const longWaitMs = 61_000;

/**
 * Follows a run until it has ended, then shows what came of it.
 * @param {HTMLElement} place of the run on the page
 */
function followRun(place) {
  const events = new EventSource(`/v1/runs/${place.dataset['run']}/events`);
  events.addEventListener('run', (event) => {
    const run = JSON.parse(event.data);
    showProgress(place, run);
    if (run.state === 'queued' || run.state === 'running') return;
    events.close();
    replacePart(location.pathname, 'run', new AbortController().signal).catch(() => location.reload());
  });
  setTimeout(() => {
    if (document.querySelector('#bar:indeterminate') === null) return;
    replacePart(location.pathname, 'progress', new AbortController().signal).catch(() => {});
  }, longWaitMs);
}

const shortcutsKey = 'answer-grader-shortcuts';

/**
 * Lets the keys j and k lead to the next and the previous answer, for those who turn that on: single keys get in the
 * way of people who speak to their computer.
 * @param {HTMLElement} choice around the checkbox
 */
function offerShortcuts(choice) {
  const box = choice.querySelector('input');
  if (box === null) return;
  choice.hidden = false;
  box.checked = localStorage.getItem(shortcutsKey) === 'on';
  box.addEventListener('change', () => localStorage.setItem(shortcutsKey, box.checked ? 'on' : 'off'));
  document.addEventListener('keydown', (event) => {
    const isTyping =
      event.target instanceof Element &&
      event.target.closest('textarea, select, input:not([type=checkbox], [type=radio])');
    if (!box.checked || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const relation = { j: 'next', k: 'prev' }[event.key];
    if (relation === undefined) return;
    const link = document.querySelector(`.neighbours a[rel=${relation}]`);
    if (link instanceof HTMLAnchorElement) link.click();
  });
}

/**
 * Brings something to life wherever it is on the page.
 * @param {string} selector
 * @param {(element: any) => void} enliven
 */
function forEach(selector, enliven) {
  for (const element of document.querySelectorAll(selector)) enliven(element);
}

forEach('[data-drop]', acceptDrops);
forEach('form[data-estimate]', followChoices);
forEach('[data-run]', followRun);
forEach('[data-shortcuts]', offerShortcuts);
