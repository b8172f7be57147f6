// Starts the app's wasm as a web worker: new Worker('worker.js', { type: 'module' }).
//
// The wasm looks at its global and finds that it is no page. Messages that come while it loads are kept and
// handed over when it has set its own handler.
const early = [];
const keep = (event) => {
  early.push(event);
  event.stopImmediatePropagation();
};
addEventListener('message', keep);

const app = await import('./variorum.js');
await app.default({ module_or_path: new URL('variorum_bg.wasm', import.meta.url) });

removeEventListener('message', keep);
for (const { data } of early) dispatchEvent(new MessageEvent('message', { data }));
