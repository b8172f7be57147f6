//! An independent validator (boon) over the published schema, for whatever project the program lets out.

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;
use variorum::codecs::project_file::FORMAT;
use variorum::codecs::schema;

/// The schema, compiled.
pub(crate) fn validator() -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let schema = serde_json::from_str(&schema::text()).expect("the schema is JSON");
    compiler.add_resource("variorum-1.schema.json", schema).expect("a schema");
    let index = compiler.compile("variorum-1.schema.json", &mut schemas).expect("a sound schema");
    (schemas, index)
}

/// Fails where a text is a project of this version that does not fit the schema; of other texts says that they are
/// none.
#[track_caller]
pub(crate) fn assert_fits_if_a_project(text: &[u8], name: &str) -> bool {
    let value = serde_json::from_slice::<Value>(text).unwrap_or_default();
    if value["format"] != FORMAT {
        return false;
    }
    let (schemas, index) = validator();
    if let Err(why) = schemas.validate(&value, index) {
        panic!("{name} does not fit the published schema: {why:#}");
    }
    true
}
