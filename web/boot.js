// Starts the app, and shows a plain panel when it cannot start or stops.
//
// A classic script, so that it runs even where modules cannot be loaded. It knows nothing of the app but the
// prefix of its storage keys; the panel needs neither wasm nor the network.
'use strict';

(() => {
  const PREFIX = 'v/';
  const element = (id) => document.getElementById(id);

  // ---- starting

  async function start() {
    const app = await import('./variorum.js');
    await app.default({ module_or_path: new URL('variorum_bg.wasm', document.baseURI) });
    // The app takes the notice away when it has mounted itself.
  }

  start().catch((error) => {
    const reason = location.protocol === 'file:'
      ? 'This page was opened as a file. It needs a web server: run “cargo xtask serve”.'
      : 'The app could not be loaded. Perhaps the connection was lost, or this browser is too old.';
    stopped(error, error instanceof WebAssembly.RuntimeError ? undefined : reason);
  });

  // ---- stopping

  // After a trap the instance is unusable; any other error leaves the app running.
  addEventListener('error', (event) => trapped(event.error));
  addEventListener('unhandledrejection', (event) => trapped(event.reason));
  // The app's panic hook may say what happened before the trap: new CustomEvent('variorum-panic', { detail }).
  let lastWords = '';
  addEventListener('variorum-panic', (event) => { lastWords = String(event.detail); });

  function trapped(error) {
    if (error instanceof WebAssembly.RuntimeError) stopped(error);
  }

  function stopped(error, reason) {
    const panel = element('stopped');
    if (!panel.hidden) return;
    for (const other of document.body.children) {
      if (other !== panel) other.inert = true;
    }
    element('boot')?.remove();
    if (reason) element('stopped-reason').textContent = reason;
    element('stopped-detail').textContent = [lastWords, error?.stack ?? error].filter(Boolean).join('\n\n');
    element('stopped-download').addEventListener('click', download);
    element('stopped-reload').addEventListener('click', () => location.reload());
    panel.hidden = false;
    panel.scrollIntoView();
    element('stopped-download').focus();
  }

  // ---- rescuing

  // Every key of ours in local storage, byte for byte, as one JSON file.
  function download() {
    const entries = {};
    try {
      for (const key of Object.keys(localStorage).sort()) {
        if (key.startsWith(PREFIX) && key !== `${PREFIX}ballast`) entries[key] = localStorage.getItem(key);
      }
    } catch (error) {
      element('stopped-reason').textContent = `This browser does not let the page read its storage (${error}).`;
      return;
    }
    const saved = new Date().toISOString();
    const text = JSON.stringify({ format: 'variorum-rescue', version: 1, saved, entries }, null, 1);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = `variorum-rescue-${saved.slice(0, 19).replaceAll(':', '-')}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }
})();
