//! The only code that touches the browser: clock, chance, files, keys, the selection in the page.
//!
//! Positions cross from UTF-16 to [`crate::text`]'s units here, in `selection.rs`, and nowhere else.
//! This module does not know what a project is.

mod chance;
mod channel;
mod characters;
mod clipboard;
mod clock;
mod disk_file;
mod disk_folder;
mod drawing;
mod dropped;
mod environment;
mod files;
mod helper;
mod indexed;
mod keys;
mod local_engine;
mod locks;
mod persist;
mod second_copy;
mod selection;

pub use chance::{chance, random_name};
pub use channel::Channel;
pub use characters::character;
pub use clipboard::{copy, pasted_html};
pub use clock::{days_since, millis, minutes_since, now, today};
pub use disk_file::{DiskFile, can_save_to_disk};
pub use disk_folder::{DiskFolder, can_share_folder};
pub use drawing::download_png;
pub use dropped::{Dropped, path_of};
pub use environment::{
    TYPED, apply_theme, blur, click, empty, fill, focus, focus_if_lost, focus_in_place, has_focus,
    is_in_dialog, is_mac, is_typing, last_words, mark_page, on_page_hidden, opened, settle_field, tab_inside,
    title, visible_between, window_width,
};
pub use files::{FileError, download, download_bytes, fetch_text, picked_file, read_file, state_of};
pub use helper::{Helper, hear_page, packed, tell_page, unpacked};
pub use indexed::{Guard, Indexed, IndexedError};
pub use keys::{Chord, digit};
pub use local_engine::{LocalEngine, is_kept_here};
pub use locks::{Claim, Claimed, Held, claim};
pub use persist::{is_persistent, persist};
pub use second_copy::{Safety, SecondCopy};
pub use selection::{
    ASKED, BESIDE, BlockIndex, in_text_field, is_touch, place_of, read_on, reading_place, reads_leftwards,
    scroll_beside, scroll_selection_into_view, scroll_to, scroll_to_first, select, select_anew,
    select_next_text, selected, selected_words, selection_box, span_of_selection, text_of_selection, to_top,
};
