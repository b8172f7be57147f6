//! PDF.
use super::super::{Error, Loaded};
use crate::model::Origin;
pub(crate) fn read(_bytes: &[u8], _from: Option<Origin>) -> Result<Loaded, Error> { Err(Error::NoTextLayer) }
