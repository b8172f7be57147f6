//! What can go wrong, and what was found when reading, in words for a person.

use super::engine::EngineError;
use super::frame::Damage;
use crate::model::RecordId;
use std::fmt;

/// Why something was not stored, or not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// There is no room left. Nothing that was stored is touched.
    Full,
    /// The browser does not let this page store anything.
    Blocked,
    /// The storage was written by a later version of Variorum; it is only read.
    Newer,
    /// There is no such project here.
    NoProject,
    /// This project is here already.
    AlreadyHere,
    /// What was written did not come back as it was; what was there before still counts.
    NotKept,
    /// Values that only the second copy has in a sound state must be read from it first; these.
    Unread(Vec<String>),
    /// Something else, in the browser's own words.
    Failed(String),
}

impl From<EngineError> for StorageError {
    fn from(why: EngineError) -> Self {
        match why {
            EngineError::Full => Self::Full,
            EngineError::Blocked => Self::Blocked,
            EngineError::Failed(why) => Self::Failed(why),
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str(
                "This browser has no room left for Variorum. Save your project as a file, then delete projects you do not need.",
            ),
            Self::Blocked => f.write_str(
                "This browser does not let this page store anything: what you do is lost when you close it. Save your project as a file, or allow site data for this page.",
            ),
            Self::Newer => f.write_str(
                "Your projects were written by a newer Variorum. Reload this page to get it; until then nothing is changed.",
            ),
            Self::NoProject => f.write_str("This project is not stored in this browser any more."),
            Self::AlreadyHere => f.write_str(
                "This project is in this browser already. Open it, and merge the other copy into it.",
            ),
            Self::NotKept => f.write_str(
                "The browser did not keep what was written. Save your project as a file, then reload this page.",
            ),
            Self::Unread(_) => f.write_str(
                "The second copy of this project does not answer. Reload this page, then open the project again.",
            ),
            Self::Failed(why) => write!(
                f,
                "The browser could not store this ({why}). Save your project as a file, then reload this page.",
            ),
        }
    }
}

impl std::error::Error for StorageError {}

/// Something that was noticed while reading; all that is sound was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Finding {
    /// Local storage lacked values that the backup copy had.
    FromBackupCopy { values: usize },
    /// A value could not be read. `raw` is what was found, byte for byte, to be offered as a download.
    Damaged { key: String, raw: String, why: Damage },
    /// The newest snapshot was not whole: an older one and the commands since were put together.
    OlderSnapshot,
    /// Pieces of a backup are gone.
    BackupTorn,
    /// The project's entry in the list was gone; it was written anew.
    ListEntryLost,
    /// The words of a text are missing.
    TextMissing { text: RecordId },
    /// Commands are missing between others of the same tab.
    CommandsMissing { count: u64 },
    /// Changes that fit no record: what they were about is missing.
    ChangesLeftOut { count: usize },
    /// Commands of a tab that had already lost the right to write; they were taken in.
    LateCommands { count: usize },
    /// A record that cannot be read; it is kept as it is.
    Unreadable { record: String, why: String },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FromBackupCopy { values: 1 } => f.write_str(
                "One stored value was not in the browser’s storage, lost or for want of room; it was taken from the second copy.",
            ),
            Self::FromBackupCopy { values } => write!(
                f,
                "{values} stored values were not in the browser’s storage, lost or for want of room; they were taken from the second copy.",
            ),
            Self::Damaged { why, .. } => write!(
                f,
                "A stored value is damaged ({why}). It was set aside; you can download it as it was found.",
            ),
            Self::OlderSnapshot => f.write_str(
                "The newest stored state was damaged. An older one and all changes since were put together; please look your last changes over.",
            ),
            Self::BackupTorn => f.write_str("Some of this backup was lost by the browser."),
            Self::ListEntryLost => {
                f.write_str("This project was missing from the list of projects; it was put back.")
            }
            Self::TextMissing { text } => write!(
                f,
                "The words of an article are missing ({text}). Add the same article file again, and its marks find their places.",
            ),
            Self::CommandsMissing { count: 1 } => f.write_str("One change was lost by the browser and could not be restored."),
            Self::CommandsMissing { count } => {
                write!(f, "{count} changes were lost by the browser and could not be restored.")
            }
            Self::ChangesLeftOut { count: 1 } => f.write_str("One change was left out, because what it was about was lost."),
            Self::ChangesLeftOut { count } => {
                write!(f, "{count} changes were left out, because what they were about was lost.")
            }
            Self::LateCommands { count: 1 } => f.write_str("One change made in another tab at the same time was taken in."),
            Self::LateCommands { count } => {
                write!(f, "{count} changes made in another tab at the same time were taken in.")
            }
            Self::Unreadable { record, why } => {
                write!(f, "The record {record} cannot be read ({why}); it is kept as it is, but not shown.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Finding;

    #[test]
    fn one_is_not_said_like_several() {
        let one = [
            Finding::FromBackupCopy { values: 1 },
            Finding::CommandsMissing { count: 1 },
            Finding::ChangesLeftOut { count: 1 },
            Finding::LateCommands { count: 1 },
        ];
        for finding in one {
            let said = finding.to_string();
            assert!(said.starts_with("One ") && !said.contains(" were "), "{said}");
        }
        assert!(Finding::LateCommands { count: 2 }.to_string().starts_with("2 changes "));
    }
}
