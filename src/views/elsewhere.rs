//! A hint beside what an app around the page cannot do: it stands in every page, and is shown only there.

use crate::components::icon;
use crate::i18n::zh::elsewhere as words;
use crate::markup::view;
use leptos::prelude::*;

/// What does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Saving a file.
    Download,
    /// Printing.
    Print,
}

/// How the page is opened in a browser instead.
pub fn elsewhere(missing: Missing) -> AnyView {
    let (class, text) = match missing {
        Missing::Download => ("notice elsewhere elsewhere--download", words::DOWNLOAD),
        Missing::Print => ("notice elsewhere elsewhere--print", words::PRINT),
    };
    view! {
        <div class=class>
            {icon("#i-info")}
            <p>{text}</p>
        </div>
    }
    .into_any()
}
