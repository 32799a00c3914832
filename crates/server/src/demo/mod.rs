//! The made-up district every first start shows.
