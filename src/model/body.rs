//! The macro by which a kind of record is declared once: its struct and its fields in the file.
//!
//! `fixed` fields never change and must be there; `may` fields never change and may be missing
//! (`Option`); all others are registers. How records are read, written, changed and joined is said once
//! for all kinds, in `entry.rs`, through [`RecordBody`].

use super::cursor::write_string;
use super::register::AnyRegister;
use super::value::{Object, Value, ValueError};
use std::ops::Range;

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

/// Receives the fields of a record as canonical JSON, for writing: all of them in one text, and where
/// each stands in it.
#[derive(Default)]
pub(crate) struct Fields<'a> {
    text: String,
    /// In the order of the names.
    places: Vec<(&'a str, Range<usize>)>,
}

impl<'a> Fields<'a> {
    pub(crate) fn put(&mut self, name: &'a str, value: &impl Value) {
        let from = self.text.len();
        value.write(&mut self.text);
        self.place(name, from);
    }

    pub(crate) fn put_register(&mut self, name: &'a str, register: &dyn AnyRegister) {
        if !register.is_absent() {
            let from = self.text.len();
            register.put(&mut self.text);
            self.place(name, from);
        }
    }

    /// Notes that what was written from `from` on is the value of a field.
    fn place(&mut self, name: &'a str, from: usize) {
        let at = self.places.partition_point(|(other, _)| *other < name);
        self.places.insert(at, (name, from..self.text.len()));
    }

    /// The value of a field.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, place) = self.places.iter().find(|(other, _)| *other == name)?;
        self.text.get(place.clone())
    }

    /// Appends them as an object, in the order of their names.
    pub(crate) fn write(self, out: &mut String) {
        let mut comma = '{';
        for (name, place) in self.places {
            out.push(std::mem::replace(&mut comma, ','));
            write_string(name, out);
            out.push(':');
            out.push_str(&self.text[place]);
        }
        out.push('}');
    }
}

/// A kind of record: what differs from one kind to the next, said without its type.
pub(crate) trait RecordBody {
    /// The record's `kind`.
    fn kind_name(&self) -> &'static str;
    /// Hands out the fixed fields that are there.
    fn put_fixed(&self, out: &mut Fields<'_>);
    /// Takes over fixed fields that may be missing and are, here, from another copy of the same kind.
    fn complete(&mut self, other: &super::Body);
    /// Shows each register with its name.
    fn registers(&self, see: &mut dyn FnMut(&'static str, &dyn AnyRegister));
    /// Hands out each register with its name, to change.
    fn registers_mut(&mut self, see: &mut dyn FnMut(&'static str, &mut dyn AnyRegister));
}

/// A kind of record that can be read: its fixed fields are taken out of `object`, its registers begin
/// with their defaults.
pub(crate) trait ReadBody: Sized {
    const FIELDS: &'static [Field];
    fn read_fixed(object: &mut Object<'_>) -> Result<Self, ValueError>;
}

/// Of two values of a fixed field that may be missing, whether `a` is the one to keep: one that is there,
/// the lesser by its text. Ids follow from such fields or they never differ, unless a file was edited.
pub(crate) fn comes_first<T: Value>(a: &Option<T>, b: &Option<T>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a != b && super::Json::of(a).as_str() < super::Json::of(b).as_str(),
        (a, _) => a.is_some(),
    }
}

/// The name of a field in the file, from its name in the code.
pub(crate) const fn field_name(rust: &'static str) -> &'static str {
    match rust.as_bytes() {
        [b'r', b'#', ..] => rust.split_at(2).1,
        _ => rust,
    }
}

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

        #[allow(unused_variables, unused_mut, reason = "a kind may lack fixed fields or registers")]
        impl $crate::model::body::ReadBody for $name {
            const FIELDS: &'static [$crate::model::body::Field] = {
                use $crate::model::body::{Field, Nature, field_name};
                &[
                    $($( Field { name: field_name(stringify!($fixed)), nature: Nature::Fixed, rust_type: stringify!($fty) }, )*)?
                    $($( Field { name: field_name(stringify!($may)), nature: Nature::May, rust_type: stringify!($mty) }, )*)?
                    $( Field { name: field_name(stringify!($reg)), nature: Nature::Register, rust_type: stringify!($rty) }, )*
                ]
            };

            fn read_fixed(
                object: &mut $crate::model::value::Object<'_>,
            ) -> Result<Self, $crate::model::ValueError> {
                let mut body = Self::blank($($(
                    object.must(const { $crate::model::body::field_name(stringify!($fixed)) })?
                ),*)?);
                $($( body.$may = object.maybe(const { $crate::model::body::field_name(stringify!($may)) })?; )*)?
                Ok(body)
            }
        }

        #[allow(unused_variables, reason = "a kind may lack fixed fields or registers")]
        impl $crate::model::body::RecordBody for $name {
            fn kind_name(&self) -> &'static str {
                $kind
            }

            fn put_fixed(&self, out: &mut $crate::model::body::Fields<'_>) {
                $($( out.put(const { $crate::model::body::field_name(stringify!($fixed)) }, &self.$fixed); )*)?
                $($( if let Some(value) = &self.$may {
                    out.put(const { $crate::model::body::field_name(stringify!($may)) }, value);
                } )*)?
            }

            fn complete(&mut self, other: &$crate::model::Body) {
                if let $crate::model::Body::$name(other) = other {
                    $($( if $crate::model::body::comes_first(&other.$may, &self.$may) {
                        self.$may.clone_from(&other.$may);
                    } )*)?
                }
            }

            fn registers(&self, see: &mut dyn FnMut(&'static str, &dyn $crate::model::register::AnyRegister)) {
                $( see(const { $crate::model::body::field_name(stringify!($reg)) }, &self.$reg); )*
            }

            fn registers_mut(
                &mut self,
                see: &mut dyn FnMut(&'static str, &mut dyn $crate::model::register::AnyRegister),
            ) {
                $( see(const { $crate::model::body::field_name(stringify!($reg)) }, &mut self.$reg); )*
            }
        }
    };
}
pub(crate) use record;
