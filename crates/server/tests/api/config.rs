//! Settings: where they come from, what is refused, what is never shown.

use liaison_server::config::{Config, Layers, Origin, Overrides, sample, settings, show};
use std::collections::BTreeMap;

fn read(file: Option<&str>, env: &[(&str, &str)], flags: &Overrides) -> Result<Layers, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("liaison.toml");
    if let Some(text) = file {
        std::fs::write(&path, text).unwrap();
    }
    let env: BTreeMap<String, String> = env
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect();
    Layers::read(file.map(|_| path.as_path()), &|name| env.get(name).cloned(), flags).map_err(|e| e.to_string())
}

fn config(file: &str) -> Result<Config, String> {
    read(Some(file), &[], &Overrides::new()).and_then(|layers| Config::from_layers(&layers).map_err(|e| e.to_string()))
}

#[test]
fn the_sample_is_valid_and_says_what_holds_anyway() {
    let uncommented: String = sample()
        .lines()
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|rest| rest.split(' ').nth(1) == Some("="))
                .unwrap_or(line)
        })
        .collect::<Vec<_>>()
        .join("\n");
    let layers = read(Some(&uncommented), &[], &Overrides::new()).unwrap();
    for setting in settings() {
        let (value, origin) = layers.get(&setting.key).unwrap();
        assert_eq!(*value, setting.default, "{}", setting.key);
        assert!(
            matches!(origin, Origin::File(_)),
            "{} does not stand in the sample",
            setting.key
        );
    }
    Config::from_layers(&layers).unwrap();
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
    let file = "[server]\naddr = \"127.0.0.1:1\"\ndata = \"/from/file\"\nweb = \"/from/file\"\n";
    let env = [
        ("LIAISON_SERVER_ADDR", "127.0.0.1:2"),
        ("LIAISON_SERVER_DATA", "/from/env"),
    ];
    let flags: Overrides = vec![("server.addr", "--addr", "127.0.0.1:3".to_owned())];
    let layers = read(Some(file), &env, &flags).unwrap();
    let config = Config::from_layers(&layers).unwrap();
    assert_eq!(
        (config.addr.port(), config.data.to_str(), config.web.to_str()),
        (3, Some("/from/env"), Some("/from/file"))
    );
    let shown = show(&layers);
    assert!(shown.contains("addr = \"127.0.0.1:3\"  # flag --addr"), "{shown}");
    assert!(
        shown.contains("data = \"/from/env\"  # env LIAISON_SERVER_DATA"),
        "{shown}"
    );
    assert!(shown.contains("tick_seconds = 30  # default"), "{shown}");
}

#[test]
fn secrets_are_never_shown_not_even_in_errors() {
    let env = [
        ("DATABASE_URL", "postgres://liaison:hunter2@db/liaison"),
        ("LIAISON_SECURITY_PHONE_KEY", "hunter2"),
    ];
    let layers = read(None, &env, &Overrides::new()).unwrap();
    let shown = show(&layers);
    assert!(
        shown.contains("url = \"(hidden)\"  # env DATABASE_URL") && !shown.contains("hunter2"),
        "{shown}"
    );
    let error = Config::from_layers(&layers).unwrap_err().to_string();
    assert!(
        error.contains("security.phone_key") && !error.contains("hunter2"),
        "{error}"
    );
}

#[test]
fn mistakes_are_told_in_one_line_with_their_place() {
    for (file, expected) in [
        ("[station]\nnmae = \"x\"", "unknown setting `station.nmae`"),
        ("addr = 1", "unknown setting `addr`"),
        ("[server]\naddr = 8080", "expected a text in quotes, found a integer"),
        ("[server]\naddr = \"nonsense\"", "`nonsense` is not HOST:PORT"),
        ("[otp]\nminutes = 60", "60 is not between 1 and 10"),
        ("[server]\ninsecure_cookie = \"yes\"", "is none of: auto, never"),
        ("[server]\npublic_url = \"letters.example\"", "is not https://HOST"),
        ("[server]\ntrusted_proxies = [\"10.0.0.0/99\"]", "is not a network"),
        ("[limits]\naccept = \"soon\"", "a length of time"),
        ("[limits]\nreturns_per_case = \"two\"", "expected a whole number"),
        ("[notify]\nquiet_from = \"late\"", "is not a time of day"),
        ("[notify]\ndigest_at = \"9:00; 24:00\"", "is not a list of times"),
        ("[notify.smtp]\nhots = \"x\"", "unknown setting `notify.smtp.hots`"),
        (
            "[notify.smtp]\nhost = \"mail.example\"\ntls = \"none\"",
            "this very machine",
        ),
        ("[notify.smtp]\nhost = \"mail.example\"", "is not a mail address"),
        ("[notify.webhook]\nurl = \"ftp://x.example/\"", "not http(s)"),
        (
            "[notify.webhook]\nurl = \"https://x.example/\"\nsecret = \"short\"",
            "shorter than 16",
        ),
        ("[server", "not valid TOML"),
    ] {
        let error = config(file).map(|_| ()).unwrap_err();
        assert!(error.contains(expected), "{file:?} gives: {error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn the_rules_limits_are_settings_like_any_other() {
    let config = config("[limits]\naccept = \"3wd\"\nsurvey_reminder_days = [5]\ndeputy_forwards = true").unwrap();
    assert_eq!(config.limits.accept.text(), "3wd");
    assert_eq!(config.limits.survey_reminder_days, [5]);
    assert!(config.limits.deputy_forwards);
}
