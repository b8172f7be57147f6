//! A field of a table as text (RFC 4180), said once for everything that writes tables.

/// The field in quotation marks, where what is in it asks for them; quotation marks in it doubled.
pub fn field(words: &str, separator: char) -> String {
    if words.contains([separator, '"', '\n', '\r']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}

/// The same between commas, for tables that people open in a spreadsheet: what it would take for a formula
/// gets an apostrophe before it.
pub fn spreadsheet_field(words: &str) -> String {
    let formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { field(&format!("'{words}"), ',') } else { field(words, ',') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_where_it_must_be_and_never_a_formula_in_a_spreadsheet() {
        assert_eq!(field("plain; words", ','), "plain; words");
        assert_eq!(field("a, \"b\"", ','), "\"a, \"\"b\"\"\"");
        assert_eq!(field("a, b", '\t'), "a, b");
        assert_eq!(field("two\nlines", '\t'), "\"two\nlines\"");
        assert_eq!(field("=1+1", ','), "=1+1");
        assert_eq!(spreadsheet_field("=1+1"), "'=1+1");
        assert_eq!(spreadsheet_field("@a,b"), "\"'@a,b\"");
    }
}
