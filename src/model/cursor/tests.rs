//! The walker agrees with serde_json about what is JSON and what it says.

use super::*;
use crate::model::Json;
use proptest::prelude::*;

#[test]
fn escapes_say_what_they_stand_for() {
    let said = |json: &str| Cursor::new(json).string().map(Cow::into_owned);
    assert_eq!(said(r#""a\n\"\\\/\u0457\ud83d\ude00 \b\f\t\r""#).unwrap(), "a\n\"\\/ї😀 \u{8}\u{c}\t\r");
    for wrong in [r#""\ud83d""#, r#""\ud83d\u0041""#, r#""\x""#, r#""\u12g4""#, "\"a\nb\"", "\"a", "\"\\é\""]
    {
        assert!(said(wrong).is_err(), "{wrong}");
        assert!(Cursor::new(wrong).skip().is_err() || Json::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn any_depth_is_walked_without_a_stack_and_refused() {
    for open in ["[", "{\"a\":"] {
        let fault = Cursor::new(&open.repeat(1_000_000)).skip().unwrap_err();
        assert_eq!(fault.why, "brackets are nested too deeply");
    }
}

proptest! {
    #[test]
    fn strings_are_written_and_read_as_serde_json_does(text in r#"[a-zї😀"\\\x00-\x1f/\x7f]{0,40}"#) {
        let mut ours = String::new();
        write_string(&text, &mut ours);
        prop_assert_eq!(&ours, &serde_json::to_string(&text).unwrap());
        prop_assert_eq!(Cursor::new(&ours).string().unwrap(), text);
    }

    #[test]
    fn what_is_json_is_as_serde_json_says(text in r#"[\[\]{}",:0-9eE.+\- ntrfalsu\\a]{0,12}"#) {
        let theirs: Result<serde_json::Value, _> = serde_json::from_str(&text);
        // A number beyond all floats is kept here as it came; serde_json refuses to hold it.
        let too_large = theirs.as_ref().is_err_and(|why| why.to_string().contains("out of range"));
        prop_assert_eq!(Json::read(&text).is_ok(), theirs.is_ok() || too_large, "{}", text);
    }
}
