//! Which build the server has, and files of builds that are gone.

use crate::support::*;
use std::path::Path;

fn put_build(web: &Path, build: &str) {
    let files = web.join("a").join(build);
    std::fs::create_dir_all(&files).unwrap();
    for name in ["station.js", "station_bg.wasm", "station.css", "boot.js"] {
        std::fs::write(files.join(name), build).unwrap();
    }
    let manifest = format!(
        r#"{{"build":"{build}","station":{{"js":"/a/{build}/station.js","wasm":"/a/{build}/station_bg.wasm",
        "css":"/a/{build}/station.css"}},"files":{{"boot.js":"/a/{build}/boot.js"}}}}"#
    );
    std::fs::write(web.join("manifest.json"), manifest).unwrap();
}

#[tokio::test]
async fn pages_and_answers_tell_the_build_and_built_files_do_not() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    assert_eq!(
        nobody.get("/").await.header("x-app-version"),
        "",
        "no build, no version"
    );

    let app = TestApp::start().await;
    put_build(&app.state.config.web, "aaa111");
    let mut nobody = app.nobody();
    // The second time the page comes from memory.
    for path in ["/", "/", "/api/v1/config", "/api/v1/nothing", "/health", "/write"] {
        assert_eq!(nobody.get(path).await.header("x-app-version"), "aaa111", "{path}");
    }
    assert!(nobody.get("/").await.text().contains("data-build=\"aaa111\""));
    let file = nobody.get("/a/aaa111/station.css").await;
    assert_eq!((file.status.as_u16(), file.header("x-app-version")), (200, ""));
}

#[tokio::test]
async fn the_build_before_stays_and_one_that_is_gone_gets_the_present_files() {
    let app = TestApp::start().await;
    let web = app.state.config.web.clone();
    put_build(&web, "aaa111");
    put_build(&web, "bbb222");
    let mut nobody = app.nobody();
    assert_eq!(nobody.get("/a/aaa111/station.js").await.text(), "aaa111");
    assert_eq!(nobody.get("/a/bbb222/station.js").await.text(), "bbb222");

    let gone = nobody.get("/a/000000/boot.js").await;
    assert_eq!(
        (
            gone.status.as_u16(),
            gone.header("location"),
            gone.header("cache-control")
        ),
        (307, "/a/bbb222/boot.js", "no-store")
    );
    for path in [
        "/a/000000/other.js",
        "/a/aaa111/other.js",
        "/a/bbb222/other.js",
        "/a/boot.js",
        "/a/000000/x/boot.js",
        "/a/../boot.js",
    ] {
        assert_eq!(nobody.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn what_may_be_read_without_a_network_is_marked_with_its_login_and_nothing_else_is() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let receipt = submit(&mut author, "one").await;
    let own = [
        "/mine".to_owned(),
        format!("/mine/{}", receipt.no),
        format!("/api/v1/messages/{}", receipt.no),
        "/api/v1/me/messages".to_owned(),
    ];
    let first = author.get("/mine").await.header("x-kept-for").to_owned();
    assert_eq!(first.len(), 16);
    assert!(
        !author.session().unwrap().starts_with(&first),
        "a handle, not the token"
    );
    for path in &own {
        assert_eq!(author.get(path).await.header("x-kept-for"), first, "{path}");
    }
    let mut later = app.resident_again("199-0000-0001").await;
    assert_ne!(later.get("/mine").await.header("x-kept-for"), first, "another login");
    let mut nobody = app.nobody();
    let mut clerk = app.staff("songjing").await;
    for path in own.iter().map(String::as_str).chain(["/", "/offline", "/help"]) {
        assert_eq!(nobody.get(path).await.header("x-kept-for"), "", "{path}");
        assert_eq!(clerk.get(path).await.header("x-kept-for"), "", "{path}");
    }
    assert_eq!(nobody.get("/sw.js").await.status, 404, "no build");
    assert_eq!(nobody.get("/offline").await.status, 200);
}
