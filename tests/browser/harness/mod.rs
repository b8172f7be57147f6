//! A browser in a test's hands.
//!
//! [`Page`] is one browser with one window on `dist/`; every call waits for its answer, and panics with a sentence
//! when the browser refuses. Knows nothing of the app but how to tell that it has opened.
//!
//! - [`page`]: opening, finding, waiting, scripts
//! - [`element`]: one element
//! - [`keys`]: typing and shortcuts
//! - [`pointer`]: clicks, drags and double clicks on words
//! - [`looks`]: sizes, themes and screenshots
//! - [`files`]: choosing, dropping and downloading files
//! - [`tabs`]: several tabs, and what runs before the page does
//! - [`driver`], [`devtools`]: chromedriver and what only it can do

mod devtools;
mod driver;
mod element;
mod files;
mod keys;
mod looks;
mod page;
mod pointer;
mod tabs;
mod touch;

pub(crate) use page::Page;
