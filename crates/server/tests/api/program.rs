//! The program itself: starting, saying where, stopping, and one clear line when it cannot.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liaison-server"));
    command
        .args(arguments)
        .env_remove("DATABASE_URL")
        .env("LIAISON_SERVER_LOG", "warn")
        .current_dir("/");
    command
}

fn fails(arguments: &[&str], expected: &str) {
    let Output { status, stdout, stderr } = program(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(1), "{arguments:?}: {said}");
    assert!(said.contains(expected), "{arguments:?} says: {said}");
    assert_eq!(said.trim().lines().count(), 1, "one line: {said}");
    assert!(stdout.is_empty());
}

fn serve(data: &Path) -> (Child, String) {
    let data = data.to_str().unwrap();
    let mut child = program(&[
        "serve",
        "--addr",
        "127.0.0.1:0",
        "--data",
        data,
        "--web",
        "/nonexistent",
    ])
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let addr = line
        .trim()
        .strip_prefix("listening on http://")
        .unwrap_or_else(|| panic!("it says {line:?}"))
        .to_owned();
    (child, addr)
}

fn get(addr: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn stopped(child: &mut Child) -> i32 {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().unwrap_or(-1);
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "it does not stop");
        std::thread::sleep(Duration::from_millis(30));
    }
}

#[test]
fn it_says_where_it_listens_and_stops_when_told() {
    let folder = tempfile::tempdir().unwrap();
    for signal in ["-TERM", "-INT"] {
        let (mut child, addr) = serve(folder.path());
        assert!(get(&addr, "/health").starts_with("HTTP/1.1 200"));
        assert!(get(&addr, "/ready").contains("ready"));
        assert!(get(&addr, "/api/v1/openapi.json").contains("\"openapi\""));
        let killed = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        assert_eq!(stopped(&mut child), 0, "{signal}");
    }
}

#[test]
fn what_cannot_work_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    fails(
        &["serve", "--addr", &addr, "--data", data],
        "is taken; choose another with --addr",
    );
    fails(
        &["serve", "--addr", "192.0.2.1:80", "--data", data],
        "cannot listen on 192.0.2.1:80",
    );
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    fails(
        &["serve", "--addr", "127.0.0.1:0", "--data", file.to_str().unwrap()],
        "cannot write to the data folder",
    );
    fails(
        &["migrate", "--config", "/nonexistent.toml"],
        "cannot read the configuration",
    );
    let mut unreachable = program(&["migrate", "--data", data]);
    let said = unreachable
        .env("DATABASE_URL", "postgres://liaison:hunter2@127.0.0.1:1/none")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(
        said.contains("the database at postgres://127.0.0.1:1/none cannot be used"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "no password in an error: {said}");
}

#[test]
fn data_that_is_not_a_demos_is_never_shown_or_thrown_away_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    assert!(program(&["demo", "--data", data]).output().unwrap().status.success());
    let mark = folder.path().join("demo.mark");
    let loaded = std::fs::read_to_string(&mark).unwrap();
    // Broken off half-way, it is loaded anew.
    std::fs::write(&mark, loaded.replace("loaded", "loading")).unwrap();
    assert!(program(&["demo", "--data", data]).output().unwrap().status.success());
    assert_eq!(std::fs::read_to_string(&mark).unwrap(), loaded);
    // A mark of another database, or none: it could be anybody's.
    std::fs::write(&mark, loaded.replace("embedded", "another")).unwrap();
    fails(
        &["demo", "--reset", "--data", data],
        "holds data that is not the demo's",
    );
    fails(
        &["serve", "--demo", "--addr", "127.0.0.1:0", "--data", data],
        "holds data that is not the demo's",
    );
}

#[test]
fn it_prints_its_configuration_and_its_description() {
    let sample = program(&["config", "sample"]).output().unwrap();
    assert!(String::from_utf8_lossy(&sample.stdout).contains("# addr = \"127.0.0.1:8080\""));
    let shown = program(&["config", "show", "--addr", "127.0.0.1:9"]).output().unwrap();
    assert!(String::from_utf8_lossy(&shown.stdout).contains("addr = \"127.0.0.1:9\"  # flag --addr"));
    let description = program(&["openapi"]).output().unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&description.stdout).unwrap()["paths"].is_object());
}

#[test]
fn it_checks_the_log_and_says_so_by_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    fails(&["verify-audit", "--data", data], "cannot be used");
    assert!(!folder.path().join("liaison.db").exists(), "a check makes no database");
    assert!(program(&["migrate", "--data", data]).output().unwrap().status.success());
    let checked = program(&["verify-audit", "--data", data]).output().unwrap();
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success(), "{said}");
    assert_eq!(
        said.trim(),
        "0 letters with 0 events checked: everything is as it was written"
    );

    let url = format!("sqlite:{}", folder.path().join("liaison.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = liaison_store::Store::connect(&url).await.unwrap();
        let vandal = liaison_store::testing::TestStore::of(store, url.clone());
        vandal.vandalise("DROP TRIGGER message_event_no_delete").await.unwrap();
        let counted = "INSERT INTO counter (tenant_id, name, value) SELECT id, 'message-2026', 1 FROM tenant";
        vandal.vandalise(counted).await.unwrap();
        vandal.store.close().await.unwrap();
    });
    let checked = program(&["verify-audit", "--json", "--data", data]).output().unwrap();
    assert_eq!(checked.status.code(), Some(1));
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&checked.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["fault"], "letter_missing");
    assert_eq!(
        lines[0]["words"],
        "TH-2026-000001: the letter with this number is missing"
    );
    assert_eq!(lines[1]["fault"], "guard");
    assert_eq!(lines[2], serde_json::json!({ "letters": 0, "events": 0, "faults": 2 }));
    assert!(String::from_utf8_lossy(&checked.stderr).contains("2 things are not as they were written"));
}
