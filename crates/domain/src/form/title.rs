//! A letter without a title: its first sentence stands in. The browser shows the same one beforehand.

/// Characters of a title made from the letter's beginning.
const TITLE: usize = 24;

/// The first sentence, or as much of it as a line holds.
pub fn title_of(body: &str) -> String {
    let first = body
        .split(['。', '!', '！', '?', '？', '\n', ';', '；'])
        .map(str::trim)
        .find(|part| !part.is_empty());
    let first = first.unwrap_or(body);
    if first.chars().count() <= TITLE {
        return first.to_owned();
    }
    // Better to end at a comma than in the middle of a word.
    let cut: String = first.chars().take(TITLE).collect();
    match cut
        .rfind([',', '，', '、', ' '])
        .filter(|at| cut[..*at].chars().count() >= TITLE / 2)
    {
        Some(at) => cut[..at].to_owned(),
        None => format!("{cut}…"),
    }
}

#[cfg(test)]
mod tests {
    use super::title_of;

    #[test]
    fn a_title_is_the_first_sentence_or_its_beginning() {
        assert_eq!(title_of("路灯坏了。已经三天了。"), "路灯坏了");
        assert_eq!(title_of("\n\n  电梯又停了!求助"), "电梯又停了");
        let long = "学府路从菜场到小学这一段的路灯已经坏了三个星期,晚上接孩子的老人摔过两次";
        assert_eq!(title_of(long), "学府路从菜场到小学这一段的路灯已经坏了三个星期");
        assert_eq!(title_of(&"灯".repeat(40)), format!("{}…", "灯".repeat(24)));
    }
}
