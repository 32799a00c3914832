//! The personal-data guard: finds what names or locates a person in a text, and covers it.
//!
//! It proposes; a clerk confirms, and the resident sees the copy before others do. It errs on the side of covering.
//! Street numbers and a building alone stay: a broken lift has to be found.

mod digits;
mod words;

use crate::text::half_width;

crate::lifecycle::coded_enum! {
    /// What kind of personal data a span is.
    PersonalData {
        /// 身份证号码, 18 places.
        IdCard = "id_card",
        /// Mobile or landline.
        Phone = "phone",
        /// 车牌.
        Plate = "plate",
        /// 银行卡号, valid by Luhn.
        BankCard = "bank_card",
        /// A name in a set phrase: 「我叫×××」.
        Name = "name",
        /// A door: 「3栋2单元501」.
        Door = "door",
        /// An account at which a person is reached: e-mail, 微信, QQ.
        Account = "account",
    }
}

impl PersonalData {
    /// What stands in its place. Holds nothing that could be taken for personal data again.
    pub const fn cover(self) -> &'static str {
        match self {
            Self::IdCard => "〔证件号〕",
            Self::Phone => "〔号码〕",
            Self::Plate => "〔车牌〕",
            Self::BankCard => "〔卡号〕",
            Self::Name => "×××",
            Self::Door => "〔门牌〕",
            Self::Account => "〔账号〕",
        }
    }
}

/// A stretch of a text, in bytes, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub kind: PersonalData,
}

/// A text as characters: half-width and upper-case for looking at, with the bytes they came from.
struct Chars {
    chars: Vec<char>,
    /// Where each begins, and at the end the text's length.
    bytes: Vec<usize>,
}

impl Chars {
    fn of(text: &str) -> Self {
        let chars = text.chars().map(|c| half_width(c).to_ascii_uppercase()).collect();
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { chars, bytes }
    }

    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    /// Whether these characters stand at a place.
    fn stands(&self, at: usize, words: &str) -> bool {
        words.chars().enumerate().all(|(n, c)| self.at(at + n) == Some(c))
    }
}

/// Everything personal in a text, in order, without overlaps; where two readings begin at one place, the longer.
pub fn find(text: &str) -> Vec<Span> {
    let chars = Chars::of(text);
    let mut found: Vec<(usize, usize, PersonalData)> = digits::find(&chars);
    found.extend(words::find(&chars));
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut spans = Vec::new();
    let mut free_from = 0;
    for (start, end, kind) in found {
        if start >= free_from {
            spans.push(Span {
                start: chars.bytes[start],
                end: chars.bytes[end],
                kind,
            });
            free_from = end;
        }
    }
    spans
}

/// The text with everything personal covered. Covering twice changes nothing.
pub fn mask(text: &str) -> String {
    let mut masked = text.to_owned();
    // Covering one span may leave the rest of another that overlapped it; a second look finds that.
    for _ in 0..8 {
        let spans = find(&masked);
        if spans.is_empty() {
            break;
        }
        masked = cover(&masked, &spans);
    }
    masked
}

/// As others would read it in a public copy: the writer's own name covered wherever it stands, and then everything the
/// guard finds.
pub fn mask_for_public(text: &str, own_name: Option<&str>) -> String {
    let name = own_name.map(str::trim).filter(|name| name.chars().count() > 1);
    match name {
        // The guard knows set phrases only; the writer's own name is known here.
        Some(name) => mask(&text.replace(name, PersonalData::Name.cover())),
        None => mask(text),
    }
}

/// The text without everything personal and without the writer's own name: for looking for what is like it.
pub fn leave_out(text: &str, own_name: Option<&str>) -> String {
    let mut masked = mask_for_public(text, own_name);
    for kind in PersonalData::ALL {
        masked = masked.replace(kind.cover(), ",");
    }
    masked
}

/// Covers given spans: those found, less what a clerk let stand. Spans must be in order, as [`find`] gives them.
pub fn cover(text: &str, spans: &[Span]) -> String {
    let mut covered = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans {
        covered.push_str(text.get(from..span.start).unwrap_or_default());
        covered.push_str(span.kind.cover());
        from = span.end;
    }
    covered.push_str(text.get(from..).unwrap_or_default());
    covered
}
