//! Cursors: where the next page begins, as a key and not as a count, so that rows coming and going in between neither
//! repeat nor hide others.

/// Rows of a page unless somebody asks for another number.
pub const PAGE: u64 = 20;

/// The last row's place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub key: i64,
    pub id: String,
}

impl Cursor {
    /// Reads what [`Cursor::text`] wrote; anything else is no cursor and means the first page.
    pub fn parse(text: Option<&str>) -> Option<Self> {
        let (key, id) = text?.split_once('~')?;
        Some(Self {
            key: key.parse().ok()?,
            id: id.to_owned(),
        })
    }

    /// As it travels.
    pub fn text(&self) -> String {
        [&self.key.to_string(), "~", &self.id].concat()
    }
}

/// Cuts `limit + 1` fetched rows to `limit` and tells where the next page begins.
pub(crate) fn cut<T>(rows: &mut Vec<T>, limit: u64, cursor: impl Fn(&T) -> Cursor) -> Option<String> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if rows.len() <= limit {
        return None;
    }
    rows.truncate(limit);
    rows.last().map(|row| cursor(row).text())
}
