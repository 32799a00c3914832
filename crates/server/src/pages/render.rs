//! A view to HTML, at once and natively.

use leptos::prelude::*;

/// Draws a view. The markers that hydration would need are left out: the app draws anew and takes the page's place.
pub fn html(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| view().to_html());
    owner.cleanup();
    // Text is escaped, so that `<!>` can only be a marker.
    html.replace("<!>", "")
}

/// Puts hidden fields at the beginning of every form that posts.
pub fn with_fields(html: &str, fields: &[(&str, &str)]) -> String {
    let hidden = |(name, value): &(&str, &str)| {
        [
            "<input type=\"hidden\" name=\"",
            name,
            "\" value=\"",
            &escape(value),
            "\">",
        ]
        .concat()
    };
    let inner: String = fields.iter().map(hidden).collect();
    let mut out = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = rest.find("<form") {
        let Some(end) = rest[at..].find('>').map(|end| at + end + 1) else {
            break;
        };
        out.push_str(&rest[..end]);
        if rest[at..end].contains("method=\"post\"") {
            out.push_str(&inner);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Text for an attribute or between tags.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_forms_that_post_get_hidden_fields() {
        let html = "<form method=\"get\" action=\"/x\"></form><form class=\"a\" method=\"post\"><p></p></form>";
        let with = with_fields(html, &[("csrf", "a\"b")]);
        assert_eq!(
            with,
            "<form method=\"get\" action=\"/x\"></form><form class=\"a\" method=\"post\">\
             <input type=\"hidden\" name=\"csrf\" value=\"a&quot;b\"><p></p></form>"
        );
    }
}
