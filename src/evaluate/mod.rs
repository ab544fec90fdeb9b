//! How good a translation is: metrics, what newsrooms count, and how sure both are.

pub mod metric;
pub mod newsroom;
pub mod page;
pub mod probe;
pub mod resample;
pub mod set;
pub mod system;
