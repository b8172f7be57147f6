//! What tabs of this page tell each other. All other tabs hear it, never the one that speaks.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// A line to all other tabs. Dropping it hangs up.
pub struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Channel {
    /// Opens the line of this name; `None` where the browser has none.
    pub fn open(name: &str, mut hear: impl FnMut(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let said = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(said) = said {
                hear(said);
            }
        });
        Some(Self { channel, _listener: listener })
    }

    /// Says something. Nobody may be there to hear it.
    pub fn say(&self, words: &str) {
        // It fails only on a closed channel.
        let _ = self.channel.post_message(&words.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
