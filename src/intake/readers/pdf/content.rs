//! What a page draws, as pieces of text with their places: ISO 32000-1, sections 8.4 and 9.4.

use super::file::File;
use super::font::Font;
use super::object::{Dictionary, Lexer, Object};
use std::collections::HashMap;
use std::rc::Rc;

/// Drawings inside drawings.
const FORMS: usize = 8;
/// Operators of a page, all its drawings together.
const OPERATORS: usize = 2_000_000;
/// States put aside.
const STATES: usize = 512;

/// Words drawn in one go.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) x: f64,
    /// Where the next letter would stand.
    pub(super) end: f64,
    pub(super) y: f64,
    /// The letters' size on the page.
    pub(super) size: f64,
}

type Matrix = [f64; 6];
const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between_letters: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Reads pages; fonts are read once for the file.
pub(super) struct Reader<'f, 'b> {
    file: &'f File<'b>,
    fonts: HashMap<String, Rc<Font>>,
}

struct Canvas {
    state: State,
    kept: Vec<State>,
    line: Matrix,
    text: Matrix,
    pieces: Vec<Piece>,
    left: usize,
}

impl<'f, 'b> Reader<'f, 'b> {
    pub(super) fn new(file: &'f File<'b>) -> Self {
        Self { file, fonts: HashMap::new() }
    }

    /// The pieces of a page, in the order they are drawn.
    pub(super) fn page(&mut self, page: &Dictionary, resources: &Object) -> Vec<Piece> {
        let state = State {
            page: SAME,
            font: None,
            size: 1.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut canvas =
            Canvas { state, kept: Vec::new(), line: SAME, text: SAME, pieces: Vec::new(), left: OPERATORS };
        let contents = self.file.resolve(page.get("Contents"));
        let mut bytes = self.file.bytes_of(contents);
        for part in contents.array().unwrap_or_default() {
            bytes.extend(self.file.bytes_of(self.file.resolve(Some(part))));
            bytes.push(b'\n');
        }
        self.draw(&bytes, resources, &mut canvas, 0);
        canvas.pieces
    }

    fn draw(&mut self, bytes: &[u8], resources: &Object, canvas: &mut Canvas, depth: usize) {
        let mut lexer = Lexer::new(bytes, 0);
        let mut given: Vec<Object> = Vec::new();
        while let Some(object) = lexer.next(false) {
            let Object::Keyword(operator) = object else {
                if given.len() < 1_000 {
                    given.push(object);
                }
                continue;
            };
            if canvas.left == 0 {
                return;
            }
            canvas.left -= 1;
            match &operator[..] {
                b"Do" => self.form(given.last(), resources, canvas, depth),
                b"Tf" => self.choose_font(&given, resources, canvas),
                b"ID" => lexer.at = after_picture(bytes, lexer.at),
                operator => canvas.operate(operator, &given),
            }
            given.clear();
        }
    }

    fn named<'o>(&'o self, resources: &'o Object, kind: &str, name: Option<&Object>) -> &'o Object {
        let all = resources.dictionary().and_then(|r| self.file.resolve(r.get(kind)).dictionary());
        let one = name.and_then(Object::name).and_then(|name| all?.get(name));
        one.unwrap_or(&Object::Null)
    }

    fn choose_font(&mut self, given: &[Object], resources: &Object, canvas: &mut Canvas) {
        let [name, size] = given else { return };
        let named = self.named(resources, "Font", Some(name)).clone();
        let key = match &named {
            Object::Reference(number) => number.to_string(),
            other => format!("{other:?}").chars().take(2_000).collect(),
        };
        if !self.fonts.contains_key(&key)
            && let Some(d) = self.file.resolve(Some(&named)).dictionary()
        {
            let font = Font::read(self.file, d);
            self.fonts.insert(key.clone(), Rc::new(font));
        }
        canvas.state.font = self.fonts.get(&key).cloned();
        canvas.state.size = size.number().unwrap_or(1.0);
    }

    fn form(&mut self, name: Option<&Object>, resources: &Object, canvas: &mut Canvas, depth: usize) {
        let form = self.file.resolve(Some(self.named(resources, "XObject", name))).clone();
        let Some(d) = form.dictionary().filter(|d| d.get("Subtype").and_then(Object::name) == Some("Form"))
        else {
            return;
        };
        if depth >= FORMS {
            return;
        }
        let matrix = self.file.resolve(d.get("Matrix")).array().and_then(matrix_of).unwrap_or(SAME);
        let own = d.get("Resources").map(|r| self.file.resolve(Some(r)).clone());
        let before = (canvas.state.clone(), canvas.kept.len());
        canvas.state.page = times(&matrix, &canvas.state.page);
        let bytes = self.file.bytes_of(&form);
        self.draw(&bytes, own.as_ref().unwrap_or(resources), canvas, depth + 1);
        canvas.state = before.0;
        canvas.kept.truncate(before.1);
    }
}

fn matrix_of(all: &[Object]) -> Option<Matrix> {
    let mut matrix = SAME;
    for (at, slot) in matrix.iter_mut().enumerate() {
        *slot = all.get(at)?.number()?;
    }
    Some(matrix)
}

/// Past a picture in the stream, whose bytes are no operators.
fn after_picture(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at.min(bytes.len())..];
    let ends = rest
        .windows(4)
        .position(|w| w[0].is_ascii_whitespace() && &w[1..3] == b"EI" && w[3].is_ascii_whitespace());
    ends.map_or(bytes.len(), |i| at + i + 3)
}

impl Canvas {
    fn operate(&mut self, operator: &[u8], given: &[Object]) {
        let number = |at: usize| given.get(at).and_then(Object::number).unwrap_or(0.0);
        match operator {
            b"q" if self.kept.len() < STATES => self.kept.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.kept.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(matrix) = matrix_of(given) {
                    self.state.page = times(&matrix, &self.state.page);
                }
            }
            b"BT" => (self.line, self.text) = (SAME, SAME),
            b"Tc" => self.state.between_letters = number(0),
            b"Tw" => self.state.between_words = number(0),
            b"Tz" => self.state.stretch = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            b"Td" => self.next_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            b"Tm" => {
                if let Some(matrix) = matrix_of(given) {
                    (self.line, self.text) = (matrix, matrix);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show(given.last()),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(given.last());
            }
            b"\"" => {
                (self.state.between_words, self.state.between_letters) = (number(0), number(1));
                self.next_line(0.0, -self.state.leading);
                self.show(given.last());
            }
            b"TJ" => {
                for one in given.last().and_then(Object::array).unwrap_or_default() {
                    match one {
                        Object::Number(n) => {
                            self.advance(-n / 1_000.0 * self.state.size * self.state.stretch)
                        }
                        words => self.show(Some(words)),
                    }
                }
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn advance(&mut self, by: f64) {
        self.text = times(&[1.0, 0.0, 0.0, 1.0, by, 0.0], &self.text);
    }

    fn place(&self) -> (f64, f64, f64) {
        let m = times(&self.text, &self.state.page);
        let size = (m[2] * m[2] + m[3] * m[3]).sqrt() * self.state.size.abs();
        (m[4], m[5], size)
    }

    fn show(&mut self, words: Option<&Object>) {
        let (Some(Object::Words(bytes)), Some(font)) = (words, self.state.font.clone()) else { return };
        let (x, y, size) = self.place();
        let mut text = String::new();
        let mut by = 0.0;
        for (letters, width, code) in font.letters(bytes) {
            by += width / 1_000.0 * self.state.size + self.state.between_letters;
            if code == 32 {
                by += self.state.between_words;
            }
            text.push_str(letters.as_deref().unwrap_or("\u{fffd}"));
        }
        self.advance(by * self.state.stretch);
        let (end, ..) = self.place();
        if [x, y, end, size].iter().all(|n| n.is_finite()) && !text.is_empty() {
            self.pieces.push(Piece { text, x, end, y: y + self.state.rise, size });
        }
    }
}
