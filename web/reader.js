// Starts the wasm that reads files: new Worker('reader.js', { type: 'module' }).
//
// Messages that come while it loads are kept and handed over when it has set its own handler. What the page
// hears as plain words is said from here: that the program could not be loaded, or that it broke off.
const early = [];
const keep = (event) => {
  early.push(event);
  event.stopImmediatePropagation();
};
addEventListener('message', keep);
for (const name of ['error', 'unhandledrejection']) addEventListener(name, () => postMessage('lost'));

try {
  const app = await import('./variorum-reader.js');
  await app.default({ module_or_path: new URL('variorum-reader_bg.wasm', import.meta.url) });
  removeEventListener('message', keep);
  for (const { data } of early) dispatchEvent(new MessageEvent('message', { data }));
} catch {
  postMessage('missing');
}
