//! Numbers: identity cards, telephones, bank cards.

use super::{Chars, PersonalData};
use crate::text::is_separator;

/// Digits that stand together; groups with one separator between them may belong to one number.
struct Group {
    start: usize,
    end: usize,
    digits: String,
}

/// The longest number that begins at each group.
pub(super) fn find(chars: &Chars) -> Vec<(usize, usize, PersonalData)> {
    let mut found = Vec::new();
    let groups = groups(chars);
    for first in 0..groups.len() {
        let mut digits = String::new();
        let mut best = None;
        for last in first..groups.len() {
            if last > first && !adjoin(chars, &groups[last - 1], &groups[last]) {
                break;
            }
            digits.push_str(&groups[last].digits);
            if digits.len() > 21 {
                break;
            }
            let end = groups[last].end;
            let has_x = chars.at(end) == Some('X') && digits.len() == 17 && is_id_card(&digits, 'X');
            if has_x {
                best = Some((end + 1, PersonalData::IdCard));
            } else if let Some(kind) = kind_of(&digits, chars, groups[first].start) {
                best = Some((end, kind));
            }
        }
        if let Some((end, kind)) = best {
            let start = groups[first].start;
            let plus = kind == PersonalData::Phone && start > 0 && chars.at(start - 1) == Some('+');
            found.push((start - usize::from(plus), end, kind));
        }
    }
    found
}

fn groups(chars: &Chars) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in chars.chars.iter().enumerate() {
        if !c.is_ascii_digit() {
            continue;
        }
        match groups.last_mut() {
            Some(group) if group.end == at => {
                group.end = at + 1;
                group.digits.push(*c);
            }
            _ => groups.push(Group {
                start: at,
                end: at + 1,
                digits: c.to_string(),
            }),
        }
    }
    groups
}

/// Only one blank or dash stands between them.
fn adjoin(chars: &Chars, before: &Group, after: &Group) -> bool {
    after.start == before.end + 1 && chars.at(before.end).is_some_and(is_separator)
}

fn kind_of(digits: &str, chars: &Chars, start: usize) -> Option<PersonalData> {
    let bytes = digits.as_bytes();
    let is_mobile = |bytes: &[u8]| bytes.len() == 11 && bytes[0] == b'1' && bytes[1] >= b'3';
    let landline = || (10..=12).contains(&bytes.len()) && bytes[0] == b'0' && bytes[1] != b'0';
    if bytes.len() == 18 && is_id_card(&digits[..17], char::from(bytes[17])) {
        Some(PersonalData::IdCard)
    } else if is_mobile(bytes)
        || (digits.starts_with("86") && is_mobile(&bytes[2..]))
        || (digits.starts_with("0086") && is_mobile(&bytes[4..]))
        || landline()
        || (matches!(bytes.len(), 7 | 8) && follows(chars, start, PHONE_WORDS))
    {
        Some(PersonalData::Phone)
    } else if (16..=19).contains(&bytes.len()) && (luhn(bytes) || follows(chars, start, &["卡号", "银行卡", "账号"]))
    {
        Some(PersonalData::BankCard)
    } else {
        None
    }
}

/// Seven or eight digits are a telephone only after one of these.
const PHONE_WORDS: &[&str] = &["电话", "座机", "手机", "致电", "拨打"];

/// One of these words stands shortly before.
fn follows(chars: &Chars, start: usize, words: &[&str]) -> bool {
    (2..=6).any(|back| start >= back && words.iter().any(|word| chars.stands(start - back, word)))
}

/// GB 11643: the last place checks the first seventeen. A number with a wrong check place but a possible birthday counts
/// too: somebody mistyped it.
fn is_id_card(first: &str, last: char) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum: u32 = first
        .bytes()
        .zip(WEIGHTS)
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    CHECKS[(sum % 11) as usize] == last || has_birthday(first)
}

fn has_birthday(first: &str) -> bool {
    let number = |from: usize, to: usize| first.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(6, 10), number(10, 12), number(12, 14)) else {
        return false;
    };
    !first.starts_with('0')
        && (1900..=2099).contains(&year)
        && u8::try_from(month).is_ok_and(|month| crate::calendar::Date::new(year as i32, month, day as u8).is_some())
}

/// ISO/IEC 7812: the sum with every second digit from the right doubled is a multiple of ten.
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') * if at % 2 == 1 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|byte| *byte != digits[0])
}
