//! Throw-away databases on both engines.
