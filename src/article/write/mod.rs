//! An article in a format again, one file a format.

pub mod plain;
