//! The configuration as text: a commented sample, and what is in force with its origins.

use super::definitions::settings;
use super::layers::Layers;
use std::fmt::Write as _;

/// A commented TOML file with every setting at its default.
pub fn sample() -> String {
    let mut out = String::from(
        "# Configuration of liaison-server. Every line here is the default; uncomment what you change.\n\
         # Each setting can also come from the environment: server.addr is LIAISON_SERVER_ADDR.\n\
         # `liaison-server config show` prints what is in force and where it came from.\n",
    );
    let mut section = String::new();
    for setting in settings() {
        if setting.section() != section {
            setting.section().clone_into(&mut section);
            let _ = write!(out, "\n[{section}]\n");
        }
        for line in setting.doc.lines() {
            let _ = writeln!(out, "# {line}");
        }
        let _ = writeln!(out, "# {} = {}", setting.name(), setting.default);
    }
    out
}

/// Every value in force with its origin, secrets hidden.
pub fn show(layers: &Layers) -> String {
    let mut out = String::new();
    let mut section = String::new();
    for setting in settings() {
        let Some((value, origin)) = layers.get(&setting.key) else {
            continue;
        };
        if setting.section() != section {
            if !section.is_empty() {
                out.push('\n');
            }
            setting.section().clone_into(&mut section);
            let _ = writeln!(out, "[{section}]");
        }
        let hidden = setting.secret && value.as_str().is_some_and(|text| !text.is_empty());
        let shown = if hidden {
            "\"(hidden)\"".to_owned()
        } else {
            value.to_string()
        };
        let _ = writeln!(out, "{} = {shown}  # {origin}", setting.name());
    }
    out
}
