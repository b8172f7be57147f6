// Starts the worker's wasm: new Worker('worker.js', { type: 'module' }).
//
// Messages that come while it loads are kept and handed over when it has set its own handler.
const early = [];
const keep = (event) => {
  early.push(event);
  event.stopImmediatePropagation();
};
addEventListener('message', keep);

const app = await import('./variorum-worker.js');
await app.default({ module_or_path: new URL('variorum-worker_bg.wasm', import.meta.url) });

removeEventListener('message', keep);
for (const { data } of early) dispatchEvent(new MessageEvent('message', { data }));
