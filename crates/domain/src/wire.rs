//! Reading the API's JSON with little code.
//!
//! The browser reads some fifty kinds of answers. Serde's derived readers weigh four to seven kilobytes each
//! there; these weigh a few hundred bytes, because they read from a parsed tree, know no formats, and go on
//! after a mistake instead of cleaning up at each field. The server keeps serde: both understand the same JSON,
//! which the tests hold.

/// A parsed JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// A member that is not there.
    Absent,
    Null,
    Bool(bool),
    /// A number without fraction or exponent.
    Whole(i64),
    Real(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// What can be read from JSON.
pub trait Wire: Sized {
    /// Reads a value. When it is not what it should be, `ok` becomes false and some value is returned all the
    /// same; [`read`] then throws the whole away.
    ///
    /// An absent list is an empty one, an absent text an empty one; other absent things are mistakes unless
    /// they are optional.
    fn from_json(json: Json, ok: &mut bool) -> Self;
}

/// Reads a whole answer; `None` when it is not JSON or not of this kind.
pub fn read<T: Wire>(text: &str) -> Option<T> {
    let mut ok = true;
    let value = T::from_json(parse(text)?, &mut ok);
    ok.then_some(value)
}

/// The members of an object. For [`wire!`].
pub fn members(json: Json, ok: &mut bool) -> Vec<(String, Json)> {
    if let Json::Object(members) = json {
        members
    } else {
        *ok = false;
        Vec::new()
    }
}

/// Takes a member out. For [`wire!`].
pub fn take(members: &mut [(String, Json)], name: &str) -> Json {
    members
        .iter_mut()
        .find(|(known, _)| known == name)
        .map_or(Json::Absent, |(_, json)| core::mem::replace(json, Json::Absent))
}

/// Reads a struct member by member: `wire!(Area { id, level, code });`.
#[macro_export]
macro_rules! wire {
    ($($name:ident { $($field:ident),* $(,)? })+) => {
        $(impl $crate::wire::Wire for $name {
            fn from_json(json: $crate::wire::Json, ok: &mut bool) -> Self {
                let mut members = $crate::wire::members(json, ok);
                Self { $($field: $crate::wire::Wire::from_json($crate::wire::take(&mut members, stringify!($field)), ok)),* }
            }
        })+
    };
}

impl Wire for String {
    fn from_json(json: Json, ok: &mut bool) -> Self {
        match json {
            Json::Text(text) => text,
            Json::Absent => Self::new(),
            _ => {
                *ok = false;
                Self::new()
            }
        }
    }
}

impl Wire for bool {
    fn from_json(json: Json, ok: &mut bool) -> Self {
        if let Json::Bool(value) = json {
            return value;
        }
        *ok = false;
        false
    }
}

impl Wire for f64 {
    fn from_json(json: Json, ok: &mut bool) -> Self {
        match json {
            Json::Real(value) => value,
            Json::Whole(value) => value as Self,
            _ => {
                *ok = false;
                0.0
            }
        }
    }
}

fn whole(json: &Json, ok: &mut bool) -> i64 {
    if let Json::Whole(value) = json {
        return *value;
    }
    *ok = false;
    0
}

macro_rules! whole_numbers {
    ($($kind:ty)+) => {
        $(impl Wire for $kind {
            fn from_json(json: Json, ok: &mut bool) -> Self {
                Self::try_from(whole(&json, ok)).unwrap_or_else(|_| {
                    *ok = false;
                    0
                })
            }
        })+
    };
}
whole_numbers!(i64 u64 i32 u32 u16 u8);

impl<T: Wire> Wire for Option<T> {
    fn from_json(json: Json, ok: &mut bool) -> Self {
        match json {
            Json::Absent | Json::Null => None,
            some => Some(T::from_json(some, ok)),
        }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn from_json(json: Json, ok: &mut bool) -> Self {
        match json {
            Json::List(items) => items.into_iter().map(|item| T::from_json(item, ok)).collect(),
            Json::Absent => Self::new(),
            _ => {
                *ok = false;
                Self::new()
            }
        }
    }
}

/// How deep values may nest: no answer comes near it, and a hostile one cannot exhaust the stack.
const DEEPEST: u8 = 64;

/// Parses JSON text; `None` when it is not JSON.
pub fn parse(text: &str) -> Option<Json> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0)?;
    parser.blanks();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.blanks();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        self.text.get(self.at..)?.starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: u8) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        self.blanks();
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.list(depth),
            b'"' => self.string().map(Json::Text),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: u8) -> Option<Json> {
        self.at += 1;
        let mut members = Vec::new();
        if self.eat(b'}') {
            return Some(Json::Object(members));
        }
        loop {
            self.blanks();
            let name = self.string()?;
            if !self.eat(b':') {
                return None;
            }
            members.push((name, self.value(depth + 1)?));
            if self.eat(b'}') {
                return Some(Json::Object(members));
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    fn list(&mut self, depth: u8) -> Option<Json> {
        self.at += 1;
        let mut items = Vec::new();
        if self.eat(b']') {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.eat(b']') {
                return Some(Json::List(items));
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        if self.peek()? != b'"' {
            return None;
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let end = rest.find(['"', '\\'])?;
            out.push_str(rest.get(..end)?);
            self.at += end + 1;
            if rest.as_bytes().get(end) == Some(&b'"') {
                return Some(out);
            }
            out.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'"' | b'\\' | b'/' => char::from(byte),
            b'u' => {
                let first = self.hex()?;
                if (0xD800..0xDC00).contains(&first) {
                    self.word("\\u", Json::Null)?;
                    let second = self.hex()?.checked_sub(0xDC00)?;
                    return char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + second);
                }
                char::from_u32(first)?
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    /// Digits before and after the point make one whole number, which is divided by its power of ten: exact for
    /// the few digits the API's numbers have, and without the tables of a general reader.
    fn number(&mut self) -> Option<Json> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let (mut digits, mut places, mut count, mut real) = (0_i64, 0_i32, 0_u8, false);
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' => {
                    count = count.saturating_add(1);
                    // Digits beyond what fits change nothing that anybody reads.
                    if let Some(more) = digits
                        .checked_mul(10)
                        .and_then(|ten| ten.checked_add(i64::from(byte - b'0')))
                    {
                        digits = more;
                        places -= i32::from(real);
                    } else if !real {
                        return None;
                    }
                }
                b'.' if !real => real = true,
                _ => break,
            }
            self.at += 1;
        }
        if count == 0 {
            return None;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            real = true;
            places += self.exponent()?;
        }
        let digits = if negative { -digits } else { digits };
        if !real {
            return Some(Json::Whole(digits));
        }
        let power = 10_f64.powi(places.abs());
        let value = digits as f64;
        Some(Json::Real(if places < 0 { value / power } else { value * power }))
    }

    fn exponent(&mut self) -> Option<i32> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(matches!(self.peek(), Some(b'-' | b'+')));
        let mut exponent = None;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            exponent = Some((exponent.unwrap_or(0) * 10 + i32::from(byte - b'0')).min(400));
            self.at += 1;
        }
        exponent.map(|exponent| if negative { -exponent } else { exponent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::{Area, Page, Problem};
    use crate::lifecycle::CaseState;

    #[test]
    fn json_is_read_as_serde_reads_it() {
        for text in [
            "null",
            " [ true , false,null ] ",
            "{\"a\":{\"b\":[1,-2,0]},\"c\":\"\\\"\\\\\\/\\n\\u4f60\\ud83d\\ude00 好\"}",
            "[0.5,-12.25,1e3,1.5E-2,120.1234567,0.1,63.333333333333336]",
            "9007199254740991",
            "\"\"",
            "{}",
        ] {
            let ours = parse(text).expect(text);
            let theirs: serde_json::Value = serde_json::from_str(text).expect(text);
            assert!(same(&ours, &theirs), "{text}: {ours:?} is not {theirs}");
        }
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\" 1}",
            "\"a",
            "tru",
            "1 2",
            "-",
            "\"\\x\"",
            "\"\\ud83d\"",
            "<html>",
        ] {
            assert_eq!(parse(text), None, "{text} is no JSON");
        }
        assert_eq!(parse(&"[".repeat(200_000)), None, "nesting has an end");
    }

    fn same(ours: &Json, theirs: &serde_json::Value) -> bool {
        use serde_json::Value;
        match (ours, theirs) {
            (Json::Null, Value::Null) => true,
            (Json::Bool(a), Value::Bool(b)) => a == b,
            (Json::Whole(a), Value::Number(b)) => b.as_i64() == Some(*a),
            (Json::Real(a), Value::Number(b)) => b.as_f64().is_some_and(|b| (a - b).abs() <= b.abs() * 1e-15),
            (Json::Text(a), Value::String(b)) => a == b,
            (Json::List(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
            (Json::Object(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
            }
            _ => false,
        }
    }

    #[test]
    fn an_answer_comes_back_as_it_was_sent() {
        let area = Area {
            id: "1".into(),
            level: "street".into(),
            code: "330001".into(),
            name: "云帆街道".into(),
            parent_id: None,
        };
        let page = Page {
            items: vec![area],
            next_cursor: Some("a\"b".into()),
            total: 1,
        };
        let text = serde_json::to_string(&page).expect("writes");
        assert_eq!(read::<Page<Area>>(&text), Some(page));
    }

    #[test]
    fn what_is_left_out_of_a_problem_is_empty() {
        let text = r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"d","code":"conflict","request_id":"r","current_state":"assigned"}"#;
        let problem: Problem = read(text).expect("a problem");
        assert_eq!(
            (problem.status, problem.current_state, problem.fields.len()),
            (409, Some(CaseState::Assigned), 0)
        );
    }

    #[test]
    fn something_else_is_not_an_answer() {
        assert_eq!(
            read::<Page<Area>>("{\"items\":[],\"total\":\"1\"}"),
            None,
            "a text is no number"
        );
        assert_eq!(read::<Page<Area>>("[]"), None);
        assert_eq!(read::<u8>("256"), None);
        assert_eq!(read::<CaseState>("\"nonsense\""), None);
    }
}
