//! Small tools for statements that SeaORM's builder does not read better than SQL itself.
//!
//! Placeholders are `$1`, `$2` …: both engines take them.

use crate::StoreError;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A statement with its values, for the engine of `db`.
pub(crate) fn statement<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// Every row as `T`.
pub(crate) async fn rows<C: ConnectionTrait, T: FromQueryResult>(
    db: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, StoreError> {
    db.query_all_raw(statement(db, sql, values))
        .await?
        .iter()
        .map(|row| Ok(T::from_query_result(row, "")?))
        .collect()
}

/// The first row as `T`, if there is one.
pub(crate) async fn row<C: ConnectionTrait, T: FromQueryResult>(
    db: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<T>, StoreError> {
    let found = db.query_one_raw(statement(db, sql, values)).await?;
    Ok(found.map(|row| T::from_query_result(&row, "")).transpose()?)
}

/// The first column of every row as text.
pub(crate) async fn strings<C: ConnectionTrait>(
    db: &C,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<String>, StoreError> {
    let found = db.query_all_raw(statement(db, sql, values)).await?;
    found.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// The first column of the first row as a number; 0 without a row.
pub(crate) async fn number<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Result<i64, StoreError> {
    let found = db.query_one_raw(statement(db, sql, values)).await?;
    Ok(found
        .map(|row| row.try_get_by_index::<i64>(0))
        .transpose()?
        .unwrap_or(0))
}

/// Runs a statement and tells how many rows it touched.
pub(crate) async fn execute<C: ConnectionTrait>(db: &C, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}

/// JSON as it is stored.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    Ok(serde_json::to_string(value)?)
}

/// Stored JSON as a value.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(text)?)
}

/// A stored code as its enum.
pub(crate) fn code<T>(parse: fn(&str) -> Option<T>, text: &str) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| StoreError::Corrupt(["unknown code ", text].concat()))
}

/// A `LIKE` pattern for rows that contain `words`, wherever; `%`, `_` and `\` stand for themselves (`ESCAPE '\'`).
pub(crate) fn contains(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in words.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// A statement put together piece by piece; `?` in a piece takes the next value.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    text: String,
    values: Vec<Value>,
}

impl Query {
    /// Begins with `sql`.
    pub fn new<const N: usize>(sql: &str, values: [Value; N]) -> Self {
        let mut query = Self {
            text: String::new(),
            values: Vec::new(),
        };
        query.push(sql, values);
        query
    }

    /// Begins with nothing but values, which pieces name as `$1`, `$2` …
    pub const fn with(values: Vec<Value>) -> Self {
        Self {
            text: String::new(),
            values,
        }
    }

    /// Adds `sql`, a space before it.
    pub fn push<const N: usize>(&mut self, sql: &str, values: [Value; N]) -> &mut Self {
        self.push_all(sql, values)
    }

    /// The same for values whose number is not known beforehand.
    pub fn push_all(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) -> &mut Self {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let mut at = self.values.len();
        for c in sql.chars() {
            self.text.push(c);
            if c == '?' {
                self.text.pop();
                at += 1;
                self.text.push('$');
                self.text.push_str(&at.to_string());
            }
        }
        self.values.extend(values);
        self
    }

    /// The same conditions after another beginning; that beginning takes no values.
    pub fn after(&self, beginning: &str) -> Self {
        Self {
            text: [beginning, " ", &self.text].concat(),
            values: self.values.clone(),
        }
    }

    /// Every row as `T`.
    pub async fn rows<C: ConnectionTrait, T: FromQueryResult>(&self, db: &C) -> Result<Vec<T>, StoreError> {
        rows(db, &self.text, self.values.clone()).await
    }

    /// The first row as `T`.
    pub async fn row<C: ConnectionTrait, T: FromQueryResult>(&self, db: &C) -> Result<Option<T>, StoreError> {
        row(db, &self.text, self.values.clone()).await
    }

    /// The first column of every row as text.
    pub async fn strings<C: ConnectionTrait>(&self, db: &C) -> Result<Vec<String>, StoreError> {
        strings(db, &self.text, self.values.clone()).await
    }

    /// The first `n` columns of the first row as numbers.
    pub async fn numbers<C: ConnectionTrait>(&self, db: &C, n: usize) -> Result<Vec<i64>, StoreError> {
        let found = db.query_one_raw(statement(db, &self.text, self.values.clone())).await?;
        let Some(row) = found else { return Ok(vec![0; n]) };
        (0..n).map(|at| Ok(row.try_get_by_index(at)?)).collect()
    }

    /// Runs it and tells how many rows it touched.
    pub async fn execute<C: ConnectionTrait>(&self, db: &C) -> Result<u64, StoreError> {
        execute(db, &self.text, self.values.clone()).await
    }

    /// The first column of the first row as a number; 0 without a row.
    pub async fn number<C: ConnectionTrait>(&self, db: &C) -> Result<i64, StoreError> {
        number(db, &self.text, self.values.clone()).await
    }
}

/// `(?, ?, ?)` for a list of `n` values; a list of none matches nothing.
pub(crate) fn marks(n: usize) -> String {
    if n == 0 {
        return "(NULL)".to_owned();
    }
    let mut text = String::from("(?");
    for _ in 1..n {
        text.push_str(", ?");
    }
    text.push(')');
    text
}
