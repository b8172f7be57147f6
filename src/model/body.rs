//! The macro by which a kind of record is declared once: its struct, its fields in the file, how they
//! are read, written, changed and joined.
//!
//! `fixed` fields never change and must be there; `may` fields never change and may be missing
//! (`Option`); all others are registers.

use super::{Json, Register, Seen, Stamp, Write};
use serde::de::{DeserializeOwned, MapAccess};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How a field behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Never changes; must be there.
    Fixed,
    /// Never changes; may be missing.
    May,
    /// May change; may be missing.
    Register,
}

/// What the schema, the checker and the history need to know of a field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in the file.
    pub name: &'static str,
    /// How it behaves.
    pub nature: Nature,
    /// Its type, as the code names it.
    pub rust_type: &'static str,
}

/// Receives the fields of a record as canonical JSON, for writing.
#[derive(Default)]
pub(crate) struct Fields(pub(crate) Vec<(Cow<'static, str>, String)>);

impl Fields {
    pub(crate) fn put(&mut self, name: &'static str, value: &impl Serialize) {
        let text = serde_json::to_string(value).unwrap_or_else(|_| "null".into());
        self.0.push((name.into(), text));
    }

    pub(crate) fn put_register<T>(&mut self, name: &'static str, register: &Register<T>)
    where
        T: Serialize + PartialEq + Default + Clone,
    {
        if !register.is_absent() {
            self.put(name, register);
        }
    }
}

/// Reads the fields every record shares, and keeps those nobody knows.
pub(crate) trait Shared<'de> {
    fn read<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;
}

/// A kind of record: what differs from one kind to the next.
pub(crate) trait RecordBody: Sized {
    const FIELDS: &'static [Field];
    /// Reads all fields of a record, handing the shared ones on.
    fn read<'de, A: MapAccess<'de>>(map: A, shared: &mut impl Shared<'de>) -> Result<Self, A::Error>;
    fn put_fields(&self, out: &mut Fields);
    /// The value shown of a register, or of a fixed field; `None` for a field this kind has not.
    fn value(&self, field: &str) -> Option<Json>;
    /// What a new write of a register has seen; `None` where there is no such register.
    fn seen(&self, field: &str, created: &Stamp) -> Option<Seen>;
    /// Takes a write into a register. `None` where there is no such register.
    fn take(&mut self, created: &Stamp, field: &str, write: Write<Json>) -> Option<serde_json::Result<()>>;
    /// Joins another copy. Fixed fields that differ are a fault of one file: the first copy's stay.
    fn merge(self, created: &Stamp, other: Self, other_created: &Stamp) -> Self;
    /// The registers whose values are in conflict.
    fn conflicts(&self) -> Vec<&'static str>;
    /// Every write that stands in a changed register, with its field, for the history.
    fn writes(&self) -> Vec<(&'static str, Write<Json>)>;
}

/// The name of a field in the file, from its name in the code.
pub(crate) const fn field_name(rust: &'static str) -> &'static str {
    match rust.as_bytes() {
        [b'r', b'#', ..] => rust.split_at(2).1,
        _ => rust,
    }
}

pub(crate) fn standing_writes<T: Serialize + Clone>(
    field: &'static str,
    register: &Register<T>,
) -> impl Iterator<Item = (&'static str, Write<Json>)> {
    register.writes().iter().map(move |w| {
        let Write { at, by, on, seen, v } = w.clone();
        (field, Write { at, by, on, seen, v: Json::of(&v) })
    })
}

/// What a field of a record must be able to do.
pub trait FieldValue: Serialize + DeserializeOwned + Clone + PartialEq {}
impl<T: Serialize + for<'de> Deserialize<'de> + Clone + PartialEq> FieldValue for T {}

macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident = $kind:literal $prefix:literal
            $( fixed { $( $(#[$fdoc:meta])* $fixed:ident : $fty:ty ),* $(,)? } )?
            $( may { $( $(#[$mdoc:meta])* $may:ident : $mty:ty ),* $(,)? } )?
            registers { $( $(#[$rdoc:meta])* $reg:ident : $rty:ty ),* $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($( $(#[$fdoc])* pub $fixed: $fty, )*)?
            $($( $(#[$mdoc])* pub $may: Option<$mty>, )*)?
            $( $(#[$rdoc])* pub $reg: $crate::model::Register<$rty>, )*
        }

        impl $name {
            /// A record that says nothing yet but what is fixed.
            pub fn blank($($( $fixed: $fty ),*)?) -> Self {
                Self {
                    $($( $fixed, )*)?
                    $($( $may: None, )*)?
                    $( $reg: Default::default(), )*
                }
            }
        }

        impl $crate::model::Kind for $name {
            const KIND: &'static str = $kind;
            const PREFIX: &'static str = $prefix;
        }

        #[allow(unused_mut, unused_variables, reason = "a kind may lack fixed fields or registers")]
        impl $crate::model::body::RecordBody for $name {
            const FIELDS: &'static [$crate::model::body::Field] = {
                use $crate::model::body::{Field, Nature, field_name};
                &[
                    $($( Field { name: field_name(stringify!($fixed)), nature: Nature::Fixed, rust_type: stringify!($fty) }, )*)?
                    $($( Field { name: field_name(stringify!($may)), nature: Nature::May, rust_type: stringify!($mty) }, )*)?
                    $( Field { name: field_name(stringify!($reg)), nature: Nature::Register, rust_type: stringify!($rty) }, )*
                ]
            };

            fn read<'de, A: serde::de::MapAccess<'de>>(
                mut map: A,
                shared: &mut impl $crate::model::body::Shared<'de>,
            ) -> Result<Self, A::Error> {
                $($( let mut $fixed: Option<$fty> = None; )*)?
                $($( let mut $may: Option<$mty> = None; )*)?
                $( let mut $reg: $crate::model::Register<$rty> = Default::default(); )*
                while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
                    $($( if key == const { $crate::model::body::field_name(stringify!($fixed)) } {
                        $fixed = Some(map.next_value()?);
                        continue;
                    } )*)?
                    $($( if key == const { $crate::model::body::field_name(stringify!($may)) } {
                        $may = Some(map.next_value()?);
                        continue;
                    } )*)?
                    $( if key == const { $crate::model::body::field_name(stringify!($reg)) } {
                        $reg = map.next_value()?;
                        continue;
                    } )*
                    shared.read(&key, &mut map)?;
                }
                Ok(Self {
                    $($( $fixed: $fixed.ok_or_else(|| {
                        serde::de::Error::missing_field(const { $crate::model::body::field_name(stringify!($fixed)) })
                    })?, )*)?
                    $($( $may, )*)?
                    $( $reg, )*
                })
            }

            fn put_fields(&self, out: &mut $crate::model::body::Fields) {
                $($( out.put($crate::model::body::field_name(stringify!($fixed)), &self.$fixed); )*)?
                $($( if let Some(value) = &self.$may {
                    out.put($crate::model::body::field_name(stringify!($may)), value);
                } )*)?
                $( out.put_register($crate::model::body::field_name(stringify!($reg)), &self.$reg); )*
            }

            fn value(&self, field: &str) -> Option<$crate::model::Json> {
                $($( if field == $crate::model::body::field_name(stringify!($fixed)) {
                    return Some($crate::model::Json::of(&self.$fixed));
                } )*)?
                $($( if field == $crate::model::body::field_name(stringify!($may)) {
                    return Some($crate::model::Json::of(&self.$may));
                } )*)?
                $( if field == $crate::model::body::field_name(stringify!($reg)) {
                    return Some(self.$reg.json());
                } )*
                None
            }

            fn seen(&self, field: &str, created: &$crate::model::Stamp) -> Option<$crate::model::Seen> {
                $( if field == $crate::model::body::field_name(stringify!($reg)) {
                    return Some(self.$reg.seen(&created.at));
                } )*
                None
            }

            fn take(
                &mut self,
                created: &$crate::model::Stamp,
                field: &str,
                write: $crate::model::Write<$crate::model::Json>,
            ) -> Option<serde_json::Result<()>> {
                $( if field == $crate::model::body::field_name(stringify!($reg)) {
                    return Some(self.$reg.take_json(created, write));
                } )*
                None
            }

            fn merge(
                self,
                created: &$crate::model::Stamp,
                other: Self,
                other_created: &$crate::model::Stamp,
            ) -> Self {
                Self {
                    $($( $fixed: self.$fixed, )*)?
                    $($( $may: self.$may.or(other.$may), )*)?
                    $( $reg: self.$reg.merge(created, other.$reg, other_created), )*
                }
            }

            fn conflicts(&self) -> Vec<&'static str> {
                let mut found = Vec::new();
                $( if self.$reg.in_conflict() {
                    found.push($crate::model::body::field_name(stringify!($reg)));
                } )*
                found
            }

            fn writes(&self) -> Vec<(&'static str, $crate::model::Write<$crate::model::Json>)> {
                let mut found = Vec::new();
                $( found.extend($crate::model::body::standing_writes(
                    $crate::model::body::field_name(stringify!($reg)),
                    &self.$reg,
                )); )*
                found
            }
        }
    };
}
pub(crate) use record;
