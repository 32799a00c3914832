//! A first draft of a public copy: what is surely personal is blotted out. A person reads it before anybody else does,
//! and the resident after that; this only saves them the obvious.

/// Shortest run of digits that can be a number of a person: a telephone, an identity card, an account.
const LONG: usize = 7;
const BLOT: &str = "＊＊＊";

/// Blots out long numbers, mail addresses, flat numbers and the writer's own name.
pub fn redact(text: &str, name: Option<&str>) -> String {
    let named = name.map(str::trim).filter(|name| name.chars().count() > 1);
    let text = named.map_or_else(|| text.to_owned(), |name| text.replace(name, BLOT));
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = number(&chars, at).or_else(|| mail(&chars, at)) {
            out.push_str(BLOT);
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+')
}

/// The end of a long number, or of a flat's number, that begins at `at`.
fn number(chars: &[char], at: usize) -> Option<usize> {
    if !chars[at].is_ascii_digit() || (at > 0 && chars[at - 1].is_ascii_alphanumeric()) {
        return None;
    }
    let mut end = at;
    let mut digits = 0;
    while let Some(c) = chars.get(end) {
        let goes_on = chars.get(end + 1).is_some_and(char::is_ascii_digit);
        match c {
            '0'..='9' | 'X' | 'x' => digits += 1,
            '-' | ' ' if goes_on => {}
            _ => break,
        }
        end += 1;
    }
    let is_flat = chars.get(end).is_some_and(|c| *c == '室');
    (digits >= LONG || (is_flat && digits >= 2)).then_some(end)
}

/// The end of a mail address that begins at `at`.
fn mail(chars: &[char], at: usize) -> Option<usize> {
    if !is_word(chars[at]) || (at > 0 && is_word(chars[at - 1])) {
        return None;
    }
    let local = chars[at..].iter().take_while(|c| is_word(**c)).count();
    if chars.get(at + local) != Some(&'@') {
        return None;
    }
    let domain = chars[at + local + 1..].iter().take_while(|c| is_word(**c) || **c == '-').count();
    (domain > 2).then_some(at + local + 1 + domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_mail_flats_and_the_name_are_blotted_out() {
        let text = "我叫李听澜,电话199-0000-0001,住3幢502室,邮箱 li.tl@example.org,身份证11010119900101001X。";
        let shown = redact(text, Some("李听澜"));
        assert_eq!(shown, "我叫＊＊＊,电话＊＊＊,住3幢＊＊＊室,邮箱 ＊＊＊,身份证＊＊＊。");
    }

    #[test]
    fn ordinary_figures_stay() {
        let text = "2026年10月,27路公交晚点15分钟,路灯坏了3盏,预算120000元。";
        assert_eq!(redact(text, None), text);
    }
}
