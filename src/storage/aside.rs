//! Quarantine: what could not be read is moved out of the way, byte for byte, and offered.

use super::engine::Engine;
use super::error::{Finding, StorageError};
use super::frame;
use super::keys;
use super::shelf::Shelf;

impl<E: Engine> Shelf<E> {
    /// Moves damaged values out of the way, byte for byte.
    pub(super) fn set_aside(&mut self, findings: &[Finding]) {
        for finding in findings {
            let Finding::Damaged { key, raw, .. } = finding else { continue };
            let number =
                self.ledger.keys(keys::QUARANTINE).filter_map(|k| k[keys::QUARANTINE.len()..].parse().ok());
            let next = number.max().unwrap_or(0u64) + 1;
            // Where there is no room for a second copy, the value stays where it is.
            if self.ledger.put(format!("{}{next}", keys::QUARANTINE), format!("{key}\n{raw}")).is_ok() {
                let _ = match self.ledger.twin_of(key) {
                    Ok(Some(sound)) if frame::is_sound(&sound) => self.ledger.put(key.clone(), sound),
                    _ => self.ledger.remove(key),
                };
            }
        }
    }

    /// What was set aside: its number, the key it had, and the value as it was found.
    pub fn set_aside_values(&self) -> Result<Vec<(u64, String, String)>, StorageError> {
        let mut found = Vec::new();
        for name in self.ledger.keys(keys::QUARANTINE) {
            let Ok(number) = name[keys::QUARANTINE.len()..].parse() else { continue };
            let value = self.ledger.get(name)?.unwrap_or_default();
            let (key, raw) = value.split_once('\n').unwrap_or(("", &value));
            found.push((number, key.to_owned(), raw.to_owned()));
        }
        Ok(found)
    }

    /// Throws away a value that was set aside.
    pub fn forget_value(&mut self, number: u64) -> Result<(), StorageError> {
        self.may_write()?;
        self.ledger.remove(&format!("{}{number}", keys::QUARANTINE))
    }
}
