//! Search on both engines over the terms that `liaison_domain::search` makes: FTS5 and tsvector find the same rows.

use crate::Engine;
use crate::sql::Query;
use liaison_domain::search::{Phrase, index_terms, query_terms};

/// PostgreSQL refuses words of more than 2,046 bytes; nobody searches for one that long.
const LONGEST_WORD: usize = 64;

/// What is indexed of several texts; a phrase does not reach from one into the next.
pub(crate) fn terms(texts: &[&str]) -> String {
    texts
        .iter()
        .map(|text| words(&index_terms(text)))
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Any of these terms is enough, on either engine; the terms are those of [`liaison_domain::search`].
pub(crate) fn any_of(terms: &[String], engine: Engine) -> String {
    let (open, close, or) = match engine {
        Engine::Sqlite => ("\"", "\"", " OR "),
        Engine::Postgres => ("'", "'", " | "),
    };
    let term = |term: &String| [open, &words(term), close].concat();
    terms.iter().map(term).collect::<Vec<_>>().join(or)
}

/// What people look for, read once.
#[derive(Clone, Debug)]
pub(crate) struct Search(Vec<Phrase>);

impl Search {
    /// None when nothing was asked.
    pub fn of(q: Option<&str>) -> Option<Self> {
        let q = q?.trim();
        (!q.is_empty()).then(|| Self(query_terms(q)))
    }

    /// The same for all that is looked for in the same way.
    pub fn key(&self) -> String {
        self.tsquery()
    }

    /// Narrows a query on letters, known in it as `m`.
    pub fn narrow(&self, query: &mut Query, engine: Engine, tenant: &str) {
        self.narrow_kind(query, engine, tenant, ["message", "m"]);
    }

    /// Narrows a query on records of receptions, known in it as `r`.
    pub fn narrow_records(&self, query: &mut Query, engine: Engine, tenant: &str) {
        self.narrow_kind(query, engine, tenant, ["record", "r"]);
    }

    /// Narrows a query on rows of one kind of document, with the name that it gives their table.
    fn narrow_kind(&self, query: &mut Query, engine: Engine, tenant: &str, [kind, table]: [&str; 2]) {
        if self.0.is_empty() {
            // Only punctuation: nothing can match.
            query.push("AND 1 = 0", []);
            return;
        }
        match engine {
            Engine::Sqlite => {
                query.push(
                    &[
                        "AND ",
                        table,
                        ".id IN (SELECT d.ref_id FROM search_doc d WHERE d.tenant_id = ? AND d.kind = ?
                     AND d.doc IN (SELECT rowid FROM search_index WHERE search_index MATCH ?))",
                    ]
                    .concat(),
                    [tenant.into(), kind.into(), self.fts5().into()],
                );
            }
            Engine::Postgres => {
                query.push(
                    &["AND ", table, ".search_vector @@ CAST(? AS tsquery)"].concat(),
                    [self.tsquery().into()],
                );
            }
        }
    }

    /// Narrows a query on published copies, known in it as `p`. Gives where the rows come from and the column that tells
    /// the newest.
    ///
    /// On `SQLite` the words' own index leads: it gives the newest first, and ends where the page does.
    pub fn published(&self, query: &mut Query, engine: Engine) -> (&'static str, &'static str) {
        if self.0.is_empty() {
            query.push("AND 1 = 0", []);
            return ("FROM publication p", "p.published_at");
        }
        match engine {
            Engine::Sqlite => {
                query.push("AND s.search_public MATCH ?", [self.fts5().into()]);
                (
                    "FROM search_public s CROSS JOIN search_doc d ON d.doc = s.rowid
                     CROSS JOIN publication p ON p.tenant_id = d.tenant_id AND p.message_id = d.ref_id",
                    "s.rowid",
                )
            }
            Engine::Postgres => {
                query.push("AND p.search_vector @@ CAST(? AS tsquery)", [self.tsquery().into()]);
                ("FROM publication p", "p.published_at")
            }
        }
    }

    /// For counting where nothing but the words narrows. On `SQLite` the copies themselves are not looked at.
    pub fn published_words(&self, engine: Engine, tenant: &str) -> (Query, &'static str) {
        if engine == Engine::Sqlite && !self.0.is_empty() {
            let words = Query::new(
                "d.tenant_id = ? AND s.search_public MATCH ?",
                [tenant.into(), self.fts5().into()],
            );
            return (words, "FROM search_public s CROSS JOIN search_doc d ON d.doc = s.rowid");
        }
        let mut all = Query::new("p.tenant_id = ?", [tenant.into()]);
        let (from, _) = self.published(&mut all, engine);
        (all, from)
    }

    /// Each phrase in quotation marks, all of them needed; the terms hold letters and digits only.
    fn fts5(&self) -> String {
        let phrase = |p: &Phrase| ["\"", &words(&p.terms.join(" ")), if p.prefix { "\" *" } else { "\"" }].concat();
        self.0.iter().map(phrase).collect::<Vec<_>>().join(" AND ")
    }

    fn tsquery(&self) -> String {
        let term = |p: &Phrase, t: &String| ["'", &words(t), if p.prefix { "':*" } else { "'" }].concat();
        let phrase = |p: &Phrase| p.terms.iter().map(|t| term(p, t)).collect::<Vec<_>>().join(" <-> ");
        self.0
            .iter()
            .map(|p| ["(", &phrase(p), ")"].concat())
            .collect::<Vec<_>>()
            .join(" & ")
    }
}

fn words(terms: &str) -> String {
    terms
        .split(' ')
        .map(|word| word.chars().take(LONGEST_WORD).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_are_asked_for_the_same_phrases() {
        let search = Search::of(Some("加装电梯 led 路")).expect("words");
        assert_eq!(search.fts5(), "\"加装 装电 电梯\" AND \"led\" AND \"路\" *");
        assert_eq!(search.tsquery(), "('加装' <-> '装电' <-> '电梯') & ('led') & ('路':*)");
    }

    #[test]
    fn a_word_as_long_as_a_letter_is_cut_alike_in_index_and_query() {
        let long = "x".repeat(3000);
        assert_eq!(terms(&[&long]).len(), LONGEST_WORD);
        assert_eq!(Search::of(Some(&long)).expect("word").tsquery().len(), LONGEST_WORD + 4);
    }

    #[test]
    fn no_words_ask_nothing_and_punctuation_finds_nothing() {
        assert!(Search::of(Some("  ")).is_none());
        assert!(Search::of(Some("!?")).is_some_and(|search| search.0.is_empty()));
    }
}
