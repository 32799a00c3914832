//! Defaults, file, environment and flags, one over the other, each value with its origin.

use super::ConfigError;
use super::definitions::{Setting, settings};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// The configuration file.
    File(PathBuf),
    /// An environment variable.
    Env(String),
    /// A flag on the command line.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Env(name) => write!(f, "env {name}"),
            Self::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// Values given on the command line: setting key, flag, value.
pub type Overrides = Vec<(&'static str, &'static str, String)>;

/// Every setting's value with its origin.
#[derive(Clone, Debug)]
pub struct Layers {
    values: BTreeMap<String, (toml::Value, Origin)>,
}

impl Layers {
    /// Reads everything. `env` is passed in so that tests need not touch the process.
    pub fn read(
        file: Option<&Path>,
        env: &dyn Fn(&str) -> Option<String>,
        flags: &Overrides,
    ) -> Result<Self, ConfigError> {
        let known = settings();
        let mut layers = Self {
            values: known
                .iter()
                .map(|s| (s.key.clone(), (s.default.clone(), Origin::Default)))
                .collect(),
        };
        if let Some(path) = file {
            layers.add_file(&known, path)?;
        }
        // The name every hosting service uses, beneath our own.
        if let Some(url) = env("DATABASE_URL").filter(|url| !url.is_empty()) {
            layers.set(
                "database.url",
                toml::Value::String(url),
                Origin::Env("DATABASE_URL".into()),
            );
        }
        for setting in &known {
            if let Some(text) = env(&setting.env()) {
                let origin = Origin::Env(setting.env());
                let value = parse(setting, &text, &origin)?;
                layers.set(&setting.key, value, origin);
            }
        }
        for (key, flag, text) in flags {
            let origin = Origin::Flag(flag);
            let Some(setting) = known.iter().find(|s| s.key == *key) else {
                return Err(ConfigError::Unknown {
                    key: (*key).into(),
                    origin: origin.to_string(),
                });
            };
            layers.set(key, parse(setting, text, &origin)?, origin);
        }
        Ok(layers)
    }

    fn add_file(&mut self, known: &[Setting], path: &Path) -> Result<(), ConfigError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| ConfigError::Unreadable {
            path: shown.clone(),
            why: e.to_string(),
        })?;
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| ConfigError::NotToml {
            path: shown.clone(),
            why: e.message().to_owned(),
        })?;
        self.add_table(known, path, "", table)
    }

    /// A table's values; tables in it are sections below its own.
    fn add_table(
        &mut self,
        known: &[Setting],
        path: &Path,
        above: &str,
        table: toml::Table,
    ) -> Result<(), ConfigError> {
        for (name, value) in table {
            let key = [above, &name].concat();
            match (known.iter().find(|setting| setting.key == key), value) {
                (Some(setting), value) => {
                    let origin = Origin::File(path.to_owned());
                    let value = same_kind(setting, value, &origin)?;
                    self.set(&key, value, origin);
                }
                (None, toml::Value::Table(inner)) => self.add_table(known, path, &[&key, "."].concat(), inner)?,
                (None, _) => {
                    let origin = path.display().to_string();
                    return Err(ConfigError::Unknown { key, origin });
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, key: &str, value: toml::Value, origin: Origin) {
        self.values.insert(key.to_owned(), (value, origin));
    }

    /// A value with its origin; `None` only for a key that is not in the list.
    pub fn get(&self, key: &str) -> Option<&(toml::Value, Origin)> {
        self.values.get(key)
    }

    /// A text, trimmed.
    pub fn text(&self, key: &str) -> String {
        self.get(key)
            .and_then(|(v, _)| v.as_str())
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    /// A text, or nothing when empty.
    pub fn optional(&self, key: &str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    /// Yes or no.
    pub fn switch(&self, key: &str) -> bool {
        self.get(key).and_then(|(v, _)| v.as_bool()).unwrap_or_default()
    }

    /// A list of texts.
    pub fn list(&self, key: &str) -> Vec<String> {
        self.get(key)
            .and_then(|(v, _)| v.as_array())
            .map(|items| {
                items
                    .iter()
                    .filter_map(|i| i.as_str())
                    .map(|i| i.trim().to_owned())
                    .collect()
            })
            .unwrap_or_default()
    }

    /// A number that must lie in `range`.
    pub fn number(&self, key: &str, range: std::ops::RangeInclusive<i64>) -> Result<i64, ConfigError> {
        let number = self.get(key).and_then(|(v, _)| v.as_integer()).unwrap_or_default();
        if range.contains(&number) {
            return Ok(number);
        }
        Err(self.invalid(
            key,
            format!("{number} is not between {} and {}", range.start(), range.end()),
        ))
    }

    /// The error for a value that is of the right kind and yet wrong.
    pub fn invalid(&self, key: &str, why: String) -> ConfigError {
        let origin = self.get(key).map_or_else(String::new, |(_, origin)| origin.to_string());
        ConfigError::Invalid {
            key: key.to_owned(),
            origin,
            why,
        }
    }
}

fn parse(setting: &Setting, text: &str, origin: &Origin) -> Result<toml::Value, ConfigError> {
    parse_as(&setting.default, text.trim()).ok_or_else(|| ConfigError::Invalid {
        key: setting.key.clone(),
        origin: origin.to_string(),
        // A secret must not travel into logs through an error.
        why: if setting.secret {
            format!("not {}", kind(&setting.default))
        } else {
            format!("`{text}` is not {}", kind(&setting.default))
        },
    })
}

/// Reads a text as the same kind of value as `like`.
fn parse_as(like: &toml::Value, text: &str) -> Option<toml::Value> {
    Some(match like {
        toml::Value::Integer(_) => toml::Value::Integer(text.parse().ok()?),
        toml::Value::Boolean(_) => toml::Value::Boolean(match text {
            "true" | "yes" | "on" | "1" => true,
            "false" | "no" | "off" | "0" => false,
            _ => return None,
        }),
        toml::Value::Array(items) => {
            let text_item = toml::Value::String(String::new());
            let like = items.first().unwrap_or(&text_item);
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            toml::Value::Array(parts.map(|part| parse_as(like, part)).collect::<Option<_>>()?)
        }
        _ => toml::Value::String(text.to_owned()),
    })
}

fn kind(value: &toml::Value) -> &'static str {
    match value {
        toml::Value::Integer(_) => "a whole number",
        toml::Value::Boolean(_) => "true or false",
        toml::Value::Array(items) if items.first().is_some_and(toml::Value::is_integer) => "a list of whole numbers",
        toml::Value::Array(_) => "a list of texts",
        _ => "a text in quotes",
    }
}

fn same_kind(setting: &Setting, value: toml::Value, origin: &Origin) -> Result<toml::Value, ConfigError> {
    let fits = match (&setting.default, &value) {
        (toml::Value::Array(like), toml::Value::Array(items)) => {
            let text_item = toml::Value::String(String::new());
            let like = like.first().unwrap_or(&text_item);
            items.iter().all(|item| item.same_type(like))
        }
        (like, value) => like.same_type(value),
    };
    if fits {
        return Ok(value);
    }
    Err(ConfigError::Invalid {
        key: setting.key.clone(),
        origin: origin.to_string(),
        why: format!("expected {}, found a {}", kind(&setting.default), value.type_str()),
    })
}
