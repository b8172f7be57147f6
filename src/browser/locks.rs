//! One writer per project: a lock of the browser's, held as long as the tab lives and let go by the
//! browser when the tab dies.
//!
//! The bindings of `web-sys` to these locks are not stable yet, so the two calls are made by name.

use js_sys::{Function, Object, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// How to come by a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Only if nobody has it.
    IfFree,
    /// As soon as nobody else has it or waited longer.
    Wait,
    /// From whoever has it: they are told at once, and must not write any more.
    TakeOver,
}

/// What came of a claim.
#[derive(Debug)]
pub enum Claimed {
    /// It is ours until this is dropped.
    Here(Held),
    /// Another tab has it.
    Elsewhere,
    /// This browser has no locks, or does not let this page have them: nobody can know.
    Unknown,
}

/// A lock that is held. Dropping it lets go of it.
#[derive(Debug)]
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        // A settled promise can be settled again without harm.
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// A promise, and the function that fulfils it.
fn deferred() -> (Promise, Function) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    (promise, fulfil.expect("a promise hands its functions over while it is made"))
}

/// Claims the lock of this name. `lost` is called if another tab takes it over.
pub async fn claim(name: &str, how: Claim, lost: impl FnOnce() + 'static) -> Claimed {
    let (answer, answered) = deferred();
    let (end, release) = deferred();
    let granted = Rc::new(Cell::new(false));

    let on_lock = {
        let (granted, answered) = (granted.clone(), answered.clone());
        Closure::once_into_js(move |lock: JsValue| -> JsValue {
            granted.set(lock.is_truthy());
            let _ = answered.call0(&JsValue::NULL);
            // The lock is held until this promise is fulfilled.
            if lock.is_truthy() { end.into() } else { JsValue::UNDEFINED }
        })
    };
    let Ok(request) = request(name, how, &on_lock) else { return Claimed::Unknown };
    let refused = Rc::new(Cell::new(false));
    {
        let (granted, refused) = (granted.clone(), refused.clone());
        spawn_local(async move {
            let ended = JsFuture::from(request).await;
            if ended.is_err() && granted.get() {
                lost();
            } else if ended.is_err() {
                refused.set(true);
                let _ = answered.call0(&JsValue::NULL);
            }
        });
    }
    // It is only ever fulfilled.
    let _ = JsFuture::from(answer).await;
    match (granted.get(), refused.get()) {
        (true, _) => Claimed::Here(Held(release)),
        (false, true) => Claimed::Unknown,
        (false, false) => Claimed::Elsewhere,
    }
}

fn request(name: &str, how: Claim, on_lock: &JsValue) -> Result<Promise, JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::UNDEFINED)?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    let option = match how {
        Claim::IfFree => Some("ifAvailable"),
        Claim::Wait => None,
        Claim::TakeOver => Some("steal"),
    };
    if let Some(option) = option {
        Reflect::set(&options, &option.into(), &JsValue::TRUE)?;
    }
    request.call3(&locks, &name.into(), &options, on_lock)?.dyn_into()
}
