//! What a part of the app can do: a table of functions, called once their code is there.

use std::cell::Cell;
use std::thread::LocalKey;

use super::parts::{self, Fetching, Parts};
use crate::i18n::zh;
use crate::state::{live, react};

/// The functions of a part.
pub trait Work: Copy + 'static {
    /// Where they are kept once they are there.
    fn kept() -> &'static LocalKey<Cell<Option<Self>>>;

    /// Fetches them.
    fn fetch(parts: &Parts) -> Fetching<Self>;

    /// Where they are there already: what has begun needs them without waiting.
    fn at_hand() -> Option<Self> {
        Self::kept().get()
    }

    /// The functions; none where their code stays away.
    fn wanted() -> Fetching<Self> {
        Box::pin(async {
            if let Some(work) = Self::at_hand() {
                return Some(work);
            }
            let work = Self::fetch(&parts::had()?).await?;
            Self::kept().set(Some(work));
            Some(work)
        })
    }

    /// Calls `then` with the functions, once they are there. Without them the person is told.
    fn with(then: impl FnOnce(Self) + 'static) {
        if let Some(work) = Self::at_hand() {
            then(work);
            return;
        }
        let then: Box<dyn FnOnce(Self)> = Box::new(then);
        react::spawn(async move {
            match Self::wanted().await {
                Some(work) => then(work),
                None => live::show(zh::app::PART_MISSING),
            }
        });
    }
}
