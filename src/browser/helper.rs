//! A worker beside the page: what takes long runs there, and can be ended at once.

use gloo::events::EventListener;
use gloo::worker::{Bincode, Codec};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker, WorkerOptions, WorkerType};

/// A worker. Dropping it ends it, whatever it is doing.
pub struct Helper {
    worker: Worker,
    _listener: EventListener,
}

impl Helper {
    /// Starts the module at this address; `None` where the browser has no workers.
    pub fn start(address: &str, mut hear: impl FnMut(JsValue) + 'static) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(address, &options).ok()?;
        let listener = EventListener::new(&worker, "message", move |event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                hear(event.data());
            }
        });
        Some(Self { worker, _listener: listener })
    }

    /// Sends a message. What comes before the worker is ready is kept by `worker.js`.
    pub fn send(&self, message: &JsValue) {
        // It fails only for what cannot be copied; bytes can.
        let _ = self.worker.post_message(message);
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// A message as bytes.
pub fn packed(message: impl Serialize) -> JsValue {
    Bincode::encode(message)
}

/// A message out of bytes that [`packed`] made.
pub fn unpacked<T: for<'de> Deserialize<'de>>(bytes: JsValue) -> T {
    Bincode::decode(bytes)
}

/// In a worker: hears what the page sends, as long as the worker lives.
pub fn hear_page(mut hear: impl FnMut(JsValue) + 'static) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    EventListener::new(&scope, "message", move |event| {
        if let Some(event) = event.dyn_ref::<MessageEvent>() {
            hear(event.data());
        }
    })
    .forget();
}

/// In a worker: says something to the page.
pub fn tell_page(message: &JsValue) {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        let _ = scope.post_message(message);
    }
}
