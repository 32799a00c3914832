//! Headers that stand on every answer, whatever kind it is.

use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use serde_json::json;

/// Headers of a request.
type Sent<'a> = &'a [(&'a str, &'a str)];

const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

fn assert_hardened(reply: &Reply, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ] {
        assert_eq!(reply.header(name), value, "{name} of {what}");
    }
    assert!(reply.header("permissions-policy").contains("payment=()"), "{what}");
    assert_eq!(reply.header("x-request-id").len(), 32, "{what} has a request id");
    assert!(
        reply.header("content-security-policy").contains("default-src 'none'"),
        "{what}"
    );
    assert!(
        reply
            .header("content-security-policy")
            .contains("frame-ancestors 'none'"),
        "{what}"
    );
    assert!(
        reply.headers.get("access-control-allow-origin").is_none(),
        "{what} is for our own pages only"
    );
}

#[tokio::test]
async fn every_kind_of_answer_is_hardened() {
    let app = TestApp::start().await;
    let web = app.state.config.web.join("a/abc123");
    std::fs::create_dir_all(&web).unwrap();
    std::fs::write(web.join("station_bg.wasm"), b"\0asm\x01\0\0\0").unwrap();
    let mut nobody = app.nobody();

    let page = nobody.get("/health").await;
    assert_hardened(&page, "health");
    let config = nobody.get("/api/v1/config").await;
    assert_hardened(&config, "the API");
    assert_eq!(config.header("content-security-policy"), CSP);
    assert_eq!(config.header("cache-control"), "no-store");
    // What everybody gets alike may be kept, if it is asked about each time.
    let kept = |path| {
        if matches!(path, "/" | "/stations/songjing") {
            "no-cache"
        } else {
            "no-store"
        }
    };
    assert_eq!(config.header("content-type"), "application/json; charset=utf-8");

    for (path, status) in [
        ("/", 200),
        ("/stations/songjing", 200),
        ("/nowhere", 404),
        ("/write", 200),
    ] {
        let page = nobody.get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert_hardened(&page, path);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert_eq!(page.header("cache-control"), kept(path), "{path}");
    }
    let missing = nobody.get("/api/v1/stations/nowhere").await;
    assert_hardened(&missing, "a problem");
    assert_eq!(
        missing.header("content-security-policy"),
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    );
    assert_eq!(missing.json()["request_id"], missing.header("x-request-id"));

    let unknown = nobody.get("/api/v1/no/such/route").await;
    assert_eq!(
        (unknown.status.as_u16(), unknown.problem().as_str()),
        (404, "not_found")
    );
    assert_hardened(&unknown, "an unknown route");
    for path in [
        "/api/v1/",
        "/api/v1",
        "/api/v2/config",
        "/api/v1/stations/%ff",
        "/api/v1/config/x",
    ] {
        let reply = nobody.get(path).await;
        assert_eq!(
            (reply.status.as_u16(), reply.problem().as_str()),
            (404, "not_found"),
            "{path}"
        );
    }
    let twice = nobody.get("/api/v1/deputies?q=a&q=b").await;
    assert_eq!((twice.status.as_u16(), twice.problem().as_str()), (400, "bad_query"));
    let method = nobody.write(Method::DELETE, "/api/v1/config", &[], &json!({})).await;
    assert_eq!(
        (method.status.as_u16(), method.problem().as_str()),
        (405, "method_not_allowed")
    );
    assert_hardened(&method, "an unknown method");
    let forged = nobody.send(Method::POST, "/api/v1/track", &[], Body::empty()).await;
    assert_eq!(forged.status, 403);
    assert_hardened(&forged, "a refused write");

    let file = nobody.get("/a/abc123/station_bg.wasm").await;
    assert_eq!(file.status, 200);
    assert_hardened(&file, "a built file");
    assert_eq!(file.header("content-type"), "application/wasm");
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    let gone = nobody.get("/a/abc123/other.wasm").await;
    assert_eq!(gone.status, 404);
    assert_hardened(&gone, "a missing file");
    assert_eq!(gone.header("cache-control"), "no-store");
    for path in [
        "/a/../liaison.toml",
        "/a/abc123/%2e%2e/%2e%2e/%2e%2e/test.db",
        "/a/",
        "/a/abc123/",
    ] {
        let reply = nobody.get(path).await;
        assert_ne!(reply.status, 200, "{path} gives nothing away");
    }
}

#[tokio::test]
async fn precompressed_files_are_sent_as_they_lie_there() {
    let app = TestApp::start().await;
    let web = app.state.config.web.join("a/abc123");
    std::fs::create_dir_all(&web).unwrap();
    std::fs::write(web.join("station.js"), b"export {}").unwrap();
    std::fs::write(web.join("station.js.br"), b"BROTLI").unwrap();
    let reply = app
        .nobody()
        .send(
            Method::GET,
            "/a/abc123/station.js",
            &[("accept-encoding", "gzip, br")],
            Body::empty(),
        )
        .await;
    assert_eq!(reply.header("content-encoding"), "br");
    assert_eq!(reply.body, b"BROTLI");
    assert_eq!(reply.header("content-type"), "text/javascript");
}

#[tokio::test]
async fn json_is_compressed_on_the_way() {
    let app = TestApp::start().await;
    let headers = [("accept-encoding", "br")];
    let reply = app
        .nobody()
        .send(Method::GET, "/api/v1/write-options", &headers, Body::empty())
        .await;
    assert_eq!(reply.header("content-encoding"), "br");
}

#[tokio::test]
async fn old_engines_may_compile_webassembly() {
    let app = TestApp::start().await;
    let agent = "Mozilla/5.0 (Linux; Android 8.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/69.0.3497.100 Mobile";
    let reply = app
        .nobody()
        .send(Method::GET, "/api/v1/config", &[("user-agent", agent)], Body::empty())
        .await;
    assert!(reply.header("content-security-policy").contains("'unsafe-eval'"));
}

#[tokio::test]
async fn writes_come_from_our_own_pages_only() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let body = || Body::from(r#"{"no":"TH-2026-000001","code":"x"}"#);
    let json = ("content-type", "application/json");
    let ours = ("x-requested-with", "liaison");
    let cases: &[(&str, Sent<'_>, u16)] = &[
        ("a form of another site", &[("content-type", "text/plain")], 403),
        ("without our header", &[json], 403),
        (
            "with another's header",
            &[json, ("x-requested-with", "XMLHttpRequest")],
            403,
        ),
        (
            "from another origin",
            &[json, ours, ("origin", "https://evil.example")],
            403,
        ),
        ("from an opaque origin", &[json, ours, ("origin", "null")], 403),
        (
            "told cross-site by the browser",
            &[json, ours, ("sec-fetch-site", "cross-site")],
            403,
        ),
        (
            "told same-site by the browser",
            &[json, ours, ("sec-fetch-site", "same-site")],
            403,
        ),
        (
            "from our own page",
            &[
                json,
                ours,
                ("origin", "http://localhost"),
                ("sec-fetch-site", "same-origin"),
            ],
            404,
        ),
        ("from an old browser that tells nothing", &[json, ours], 404),
    ];
    for (what, headers, status) in cases {
        let reply = nobody.send(Method::POST, "/api/v1/track", headers, body()).await;
        assert_eq!(reply.status, *status, "{what}: {}", reply.text());
        if *status == 403 {
            assert_eq!(reply.problem(), "csrf", "{what}");
        }
    }
}

#[tokio::test]
async fn bad_bodies_are_told_apart() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let ours = ("x-requested-with", "liaison");
    let json = ("content-type", "application/json");
    let mut send = async |kind: (&str, &str), body: String| {
        nobody
            .send(Method::POST, "/api/v1/track", &[ours, kind], Body::from(body))
            .await
    };
    let reply = send(("content-type", "text/plain"), "{}".to_owned()).await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (415, "content_type"));
    let reply = send(json, "{".to_owned()).await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (400, "bad_json"));
    let reply = send(json, r#"{"no":"x","code":"y","role":"admin"}"#.to_owned()).await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (422, "validation"));
    assert_eq!(reply.json()["fields"][0], json!({ "field": "role", "code": "unknown" }));
    let reply = send(json, r#"{"no":"","code":"y"}"#.to_owned()).await;
    assert_eq!(reply.json()["fields"][0], json!({ "field": "no", "code": "required" }));
    let reply = send(json, format!(r#"{{"no":"{}","code":"y"}}"#, "x".repeat(100_000))).await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (413, "too_large"));
}

#[tokio::test]
async fn too_many_writes_from_one_address_have_to_wait() {
    let app = TestApp::with(&[("demo.enabled", "true"), ("rate.writes_per_minute", "3")]).await;
    let mut nobody = app.nobody();
    for _ in 0..3 {
        assert_eq!(
            nobody
                .post("/api/v1/track", &json!({ "no": "x", "code": "y" }))
                .await
                .status,
            404
        );
    }
    let reply = nobody.post("/api/v1/track", &json!({ "no": "x", "code": "y" })).await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (429, "too_many"));
    assert!(!reply.header("retry-after").is_empty());
    assert_eq!(nobody.get("/api/v1/config").await.status, 200, "reading goes on");
    app.pass(60_000);
    assert_eq!(
        nobody
            .post("/api/v1/track", &json!({ "no": "x", "code": "y" }))
            .await
            .status,
        404
    );
}
