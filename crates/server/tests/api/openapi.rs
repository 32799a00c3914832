//! The description is committed, current, and whole.

use liaison_server::api;

#[test]
fn the_committed_description_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let now = api::document_json();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == now,
        "docs/openapi.json is out of date: run the tests once with UPDATE_DOCS=1"
    );
}

#[test]
fn every_operation_tells_its_answers_and_what_it_needs() {
    let document = serde_json::to_value(api::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() > 25, "only {} paths", paths.len());
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            assert!(
                responses.keys().any(|status| status.starts_with('2')),
                "{method} {path} has no good answer"
            );
            assert!(
                !operation["summary"].as_str().unwrap_or_default().is_empty(),
                "{method} {path} has no words"
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap_or_default();
                let stands_in_path = path.contains(&format!("{{{name}}}"));
                assert_eq!(
                    parameter["in"] == "path",
                    stands_in_path,
                    "{method} {path}: where is {name}?"
                );
            }
            let personal = responses.contains_key("401") && method != "post" || path.contains("/desk/");
            if personal && !path.starts_with("/auth") {
                assert!(
                    operation["security"].is_array(),
                    "{method} {path} does not say that it needs a session"
                );
            }
        }
    }
}
