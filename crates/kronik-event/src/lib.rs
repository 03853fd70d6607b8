//! kronik-event (see Cargo.toml).
