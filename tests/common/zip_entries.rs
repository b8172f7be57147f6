//! A ZIP archive taken apart by its own directory, apart from the code that wrote it.

/// The names and contents of its entries, by name.
pub(crate) fn entries(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number =
        |at: usize, n: usize| zip[at..at + n].iter().rev().fold(0, |all, b| all << 8 | usize::from(*b));
    let end = zip.len() - 22;
    let (count, mut at) = (number(end + 10, 2), number(end + 16, 4));
    let mut found = Vec::new();
    for _ in 0..count {
        let (packed, name, here) = (number(at + 20, 4), number(at + 28, 2), number(at + 42, 4));
        let title = String::from_utf8(zip[at + 46..at + 46 + name].to_vec()).unwrap();
        let start = here + 30 + name;
        let content = miniz_oxide::inflate::decompress_to_vec(&zip[start..start + packed]).unwrap();
        assert_eq!(content.len(), number(at + 24, 4), "{title}");
        found.push((title, content));
        at += 46 + name;
    }
    found.sort();
    found
}
