//! Which outline of a file is which community's: by name, as offices write them.

use super::Feature;
use crate::text::half_width;

/// What other programs call the name of an area, the likeliest first.
const USUAL: &[&str] = &["name", "名称", "社区名称", "社区", "sqmc", "xzqmc", "mc", "title"];
/// What the office of a community is called after it; the longer ones first.
const OFFICES: &[&str] = &["村民委员会", "居民委员会", "居委会", "村委会"];
/// What a community is called besides its own name.
const KINDS: &[&str] = &["社区", "村"];

/// A community of the district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub name: String,
    /// The names of what it lies in: street, district, city.
    pub within: Vec<String>,
}

/// The property that names communities: the one whose texts are theirs most often, else what is usually called so.
pub fn guess_property(features: &[Feature], known: &[Known]) -> Option<String> {
    let names = properties(features);
    let hits = |name: &String| matches(features, name, known).iter().flatten().count();
    let usual = |name: &String| {
        let name = name.to_lowercase();
        USUAL.iter().position(|usual| *usual == name).unwrap_or(USUAL.len())
    };
    names
        .into_iter()
        .min_by_key(|name| (std::cmp::Reverse(hits(name)), usual(name)))
}

/// The names of all properties, in the order they appear.
fn properties(features: &[Feature]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in features.iter().flat_map(|feature| &feature.properties) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The community of each feature, where one alone has that name.
pub fn matches(features: &[Feature], property: &str, known: &[Known]) -> Vec<Option<usize>> {
    features
        .iter()
        .map(|feature| find(feature.text(property), known))
        .collect()
}

fn find(text: &str, known: &[Known]) -> Option<usize> {
    let text = plain(text);
    if text.is_empty() {
        return None;
    }
    let only = |fits: &dyn Fn(&Known) -> bool| {
        let mut found = known.iter().enumerate().filter(|(_, one)| fits(one));
        match (found.next(), found.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        }
    };
    let text_within = |one: &Known| stripped(&without(&text, &one.within), OFFICES);
    let whole = |one: &Known| plain(&one.name) == text;
    let of_office = |one: &Known| plain(&one.name) == text_within(one);
    let short = |one: &Known| stripped(&plain(&one.name), KINDS) == stripped(&text_within(one), KINDS);
    // The surer way first: 「晨光社区居委会」 is not 晨光村's.
    only(&whole).or_else(|| only(&of_office)).or_else(|| only(&short))
}

/// Without blanks, in half-width and lower case.
fn plain(text: &str) -> String {
    let letters = text.chars().map(half_width).filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

/// Without the street and the district in front.
fn without(text: &str, within: &[String]) -> String {
    let mut rest = text;
    // From the largest to the smallest, whichever of them are there.
    for name in within.iter().rev() {
        rest = rest.strip_prefix(plain(name).as_str()).unwrap_or(rest);
    }
    rest.to_owned()
}

/// Without one of these at its end, unless nothing else is left.
fn stripped(text: &str, endings: &[&str]) -> String {
    let rest = endings.iter().find_map(|ending| text.strip_suffix(ending));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(text).to_owned()
}
