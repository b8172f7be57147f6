//! What goes between the page and the desks that work beside it, in a worker: what happens goes in, what is to
//! be shown ([`Tree`]) and done ([`Order`]) comes out.

pub use crate::tree::{NAMES, TAGS, Tree};

use serde::{Deserialize, Serialize};

/// What happens at a desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Event {
    /// A project is taken up.
    Begin {
        /// Its file.
        project: String,
        /// Who sits here.
        me: String,
        /// The day, for names of files.
        today: String,
        /// What earlier joins brought, the last first.
        reports: Vec<String>,
        /// Whether this browser can share a folder.
        can_share: bool,
    },
    /// The project changed: a file with the records that did.
    Changed(String),
    /// The shared folder is to be looked at, which whoever runs the desk does; then comes [`Event::Folder`].
    LookInFolder,
    /// What lies in the shared folder.
    Folder(FolderNow),
    /// The project changed while nobody looks here: a file with the records that did. One's own file in the
    /// shared folder is brought up to date.
    Share(String),
    /// One's own file could not be written: why.
    NotWritten(String),
    /// What else a desk may need of the page; comes after the project.
    Seat {
        /// What was chosen here last time, as the desk wrote it; empty the first time.
        choices: String,
        /// A random name, under which records may be made.
        replica: String,
        /// The time, for their stamps.
        now: String,
    },
    /// Files were chosen: names and bytes.
    Files(Vec<(String, Vec<u8>)>),
    /// Somebody used a control.
    Act {
        /// In which drawing.
        drawn: u32,
        /// Which control.
        act: u32,
        /// What a field holds.
        value: String,
    },
}

/// What a desk wants done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Order {
    /// Take in the records of this file, in one step.
    TakeIn(String),
    /// Take in the records of this file as something that nobody did here: not to be undone.
    CatchUp(String),
    /// Write one's own file in the shared folder.
    WriteOwn { name: String, content: String },
    /// Do something about the shared folder.
    Folder(FolderAct),
    /// Keep a report of what a join brought.
    Report(String),
    /// Give a field of a record a value, as the file has it.
    Field { record: String, field: String, value: String },
    /// Say whether two records are the same thing.
    Same { a: String, b: String, same: bool },
    /// Delete records.
    Delete(Vec<String>),
    /// Decide cases, in one step.
    Decide(Vec<Decided>),
    /// Say whether one has finished a layer of a text.
    Finished { text: String, layer: String, done: bool },
    /// Hand a file to the person.
    Download { name: String, kind: String, content: String },
    /// Hand a file to the person that need not be text.
    Save { name: String, kind: String, content: Vec<u8> },
    /// Show what is being done and how far it has come, in hundredths; at a hundred it is done.
    Busy(String, u32),
    /// Keep what was chosen, for next time.
    Remember(String),
    /// Put words on the clipboard.
    Copy(String),
    /// Say something that will pass.
    Say(String),
    /// Go to an article.
    Open(String),
    /// Show two articles side by side.
    Compare(String, String),
}

/// What can be done about the shared folder; the browser asks the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FolderAct {
    /// Choose one.
    Choose,
    /// Let it be read again.
    Wake,
    /// Share no longer.
    Leave,
}

/// What the browser says of the shared folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderNow {
    /// What it is called; empty where none was chosen.
    pub name: String,
    /// Whether the browser waits for a click before it may be read.
    pub asleep: bool,
    /// The files in it: names and bytes, without bytes where one could not be read.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What was decided on a case: see `store::Verdict`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of `store::Verdict`")]
pub struct Decided {
    pub members: Vec<String>,
    pub outcome: String,
    pub keep: Vec<String>,
    /// In bytes of the text, where the adjudicator marked their own.
    pub contents: Option<Vec<(usize, usize)>>,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub digest: String,
}

/// What a desk answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The number of this drawing; 0 where there is none, and what is shown stays.
    pub drawn: u32,
    /// What is to be shown.
    pub tree: Tree,
    /// What is to be done.
    pub orders: Vec<Order>,
}

/// `values` for the `{}`s of a sentence, in order.
pub(crate) fn with(sentence: &str, values: &[&str]) -> String {
    let mut parts = sentence.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for part in parts {
        out.push_str(values.next().copied().unwrap_or_default());
        out.push_str(part);
    }
    out
}
