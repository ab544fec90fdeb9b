//! Currencies.

use std::fmt;

/// A currency, by its ISO 4217 code.
///
/// `$` and a bare `dollar` are read as the US dollar; whoever prints them
/// prints a bare sign again.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Bangladesh's taka.
    pub const BDT: Self = Self(*b"BDT");
    /// The US dollar.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The British pound.
    pub const GBP: Self = Self(*b"GBP");
    /// The Indian rupee.
    pub const INR: Self = Self(*b"INR");

    /// Whether its own country counts it in lakhs and crores, so that it is no
    /// foreign money to Bangladesh's newsrooms in that regard.
    #[must_use]
    pub fn is_counted_in_lakhs(&self) -> bool {
        matches!(&self.0, b"BDT" | b"INR" | b"PKR" | b"NPR" | b"LKR")
    }

    /// Whether its hundredth has the name of that of `general`: paisa in South Asia,
    /// cent where money is called dollar or euro.
    pub(crate) fn shares_hundredth(self, general: Self) -> bool {
        let names: &[&[u8; 3]] = match general {
            Self::BDT => &[b"BDT", b"INR", b"PKR"],
            Self::USD => &[b"USD", b"EUR", b"AUD", b"CAD", b"SGD", b"HKD", b"NZD"],
            _ => &[],
        };
        names.contains(&&self.0)
    }

    /// A currency of the tables of this crate.
    pub(crate) const fn of(code: [u8; 3]) -> Self {
        Self(code)
    }

    /// The code, such as `BDT`.
    #[must_use]
    pub fn code(&self) -> &str {
        // Codes are letters of ASCII; XXX is ISO 4217's own sign for no currency.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
