//! What a redacted copy leaves out of the original, and what in it still looks personal.
//!
//! The server's guard proposes the copy; here its work is only made visible while a person edits it.

use liaison_domain::dto::DeskCase;
use liaison_domain::guard;

/// Above this many cells of comparison the whole middle is marked: exact enough, and always quick.
const MOST_CELLS: usize = 400_000;

/// The answer the resident got last.
pub fn answer_of(case: &DeskCase) -> String {
    case.answers
        .iter()
        .max_by_key(|answer| answer.at)
        .map(|answer| answer.body.clone())
        .unwrap_or_default()
}

/// The original in pieces; true for a piece that the copy no longer has.
pub fn marks(original: &str, copy: &str) -> Vec<(String, bool)> {
    let (old, new): (Vec<char>, Vec<char>) = (original.chars().collect(), copy.chars().collect());
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let after = old[before..]
        .iter()
        .rev()
        .zip(new[before..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (old_middle, new_middle) = (&old[before..old.len() - after], &new[before..new.len() - after]);

    let mut gone = vec![false; old.len()];
    if old_middle.len() * new_middle.len() > MOST_CELLS {
        gone[before..old.len() - after].fill(true);
    } else {
        for (at, kept) in kept(old_middle, new_middle).into_iter().enumerate() {
            gone[before + at] = !kept;
        }
    }
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (letter, gone) in old.into_iter().zip(gone) {
        match pieces.last_mut() {
            Some((text, same)) if *same == gone => text.push(letter),
            _ => pieces.push((letter.to_string(), gone)),
        }
    }
    pieces
}

/// Which letters of `old` belong to the longest common subsequence with `new`.
fn kept(old: &[char], new: &[char]) -> Vec<bool> {
    let width = new.len() + 1;
    let mut longest = vec![0_u16; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a * width + b] = if old[a] == new[b] {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let mut kept = vec![false; old.len()];
    let (mut a, mut b) = (0, 0);
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            kept[a] = true;
            a += 1;
            b += 1;
        } else if longest[(a + 1) * width + b] >= longest[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    kept
}

/// Pieces in which the guard still sees somebody.
pub fn suspicious(text: &str) -> Vec<String> {
    guard::find(text)
        .iter()
        .filter_map(|span| text.get(span.start..span.end))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(original: &str, copy: &str) -> Vec<String> {
        marks(original, copy)
            .into_iter()
            .filter(|(_, gone)| *gone)
            .map(|(text, _)| text)
            .collect()
    }

    #[test]
    fn what_the_copy_masks_is_marked_in_the_original() {
        assert_eq!(gone("请打19900000001找王芳", "请打***找***"), ["19900000001", "王芳"]);
        assert_eq!(gone("没有变化", "没有变化"), Vec::<String>::new());
        assert_eq!(gone("全部换掉", ""), ["全部换掉"]);
    }

    #[test]
    fn pieces_put_together_are_the_original() {
        let original = "三号楼的电梯坏了两周";
        let all: String = marks(original, "电梯坏了很久")
            .into_iter()
            .map(|(text, _)| text)
            .collect();
        assert_eq!(all, original);
    }

    #[test]
    fn what_the_guard_sees_is_shown() {
        assert_eq!(suspicious("请打19900000001找我"), ["19900000001"]);
        assert_eq!(suspicious("2026年9月12日修好"), Vec::<String>::new());
    }
}
