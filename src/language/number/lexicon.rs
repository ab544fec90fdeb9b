//! What a language tells the walk of its words.

use super::{Currency, Scale};

/// What a word is to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// 0 to 99: `twelve`, একুশ.
    Cardinal(u32),
    /// Hundreds in one word: পাঁচশ is 5.
    Hundreds(u32),
    /// `hundred`, শত.
    Hundred,
    /// A large unit.
    Scale(Scale),
    /// সাড়ে (+2), সোয়া (+1), পৌনে (−1): quarters added to what follows.
    Quarters(i8),
    /// দেড় (6), আড়াই (10): an amount in quarters.
    InQuarters(u32),
    /// `half`, আধা.
    Half,
    /// `a`.
    Article,
    /// `and`.
    And,
    /// `minus`.
    Minus,
    /// `point`, দশমিক.
    Point,
    /// শতকরা, before the number.
    PercentBefore,
    /// শতভাগ, and `cent` where `percent` follows: a hundred of a hundred.
    AllOfIt,
    /// A place in an order, spelled.
    Ordinal(u32),
    /// `thirds`, তৃতীয়াংশ.
    Parts(u32),
    /// A currency that may stand before a number: `Tk`, `USD`.
    CurrencyBefore(Currency),
    /// A currency after a number: `dollars`, টাকা.
    CurrencyAfter(Currency),
    /// A hundredth of a currency, after a number: `paisa`, `cents`, পয়সা.
    HundredthAfter(Currency),
    /// A country that says whose money the next word is: `Australian`, মার্কিন.
    Nation(Nation),
}

/// A country whose money shares its name with another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nation {
    /// United States.
    Us,
    /// Australia.
    Australia,
    /// Canada.
    Canada,
    /// Singapore.
    Singapore,
    /// Hong Kong.
    HongKong,
    /// New Zealand.
    NewZealand,
    /// India.
    India,
    /// Pakistan.
    Pakistan,
    /// Britain.
    Britain,
    /// Bangladesh.
    Bangladesh,
}

impl Nation {
    /// Whose money `general` is when this country stands before it.
    pub(crate) fn money(self, general: Currency) -> Option<Currency> {
        let code = match (self, general.code()) {
            (Self::Us, "USD") => b"USD",
            (Self::Australia, "USD") => b"AUD",
            (Self::Canada, "USD") => b"CAD",
            (Self::Singapore, "USD") => b"SGD",
            (Self::HongKong, "USD") => b"HKD",
            (Self::NewZealand, "USD") => b"NZD",
            (Self::India, "INR") => b"INR",
            (Self::Pakistan, "INR") => b"PKR",
            (Self::Britain, "GBP") => b"GBP",
            (Self::Bangladesh, "BDT") => b"BDT",
            _ => return None,
        };
        Some(Currency::of(*code))
    }
}

/// What letters directly after a figure say: the `bn` of `31.89bn`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suffix {
    /// A large unit.
    Scale(Scale),
    /// A large unit where the figure is money or counts what follows, else a
    /// measure that is left alone: the `m` of `$5m` and of `a 5m wall`.
    ScaleOfMoney(Scale),
    /// `th`, তম: the bytes that belong to the number.
    Ordinal(usize),
    /// Letters that are no part of the number: টি, the `s` of `1990s`.
    Apart,
}

/// The currency of a sign that the world's press uses.
fn currency_sign(sign: &str) -> Option<Currency> {
    let code = match sign {
        "$" | "US$" => b"USD",
        "A$" | "AU$" => b"AUD",
        "C$" | "CA$" => b"CAD",
        "S$" => b"SGD",
        "HK$" => b"HKD",
        "NZ$" => b"NZD",
        "€" => b"EUR",
        "£" => b"GBP",
        "¥" => b"JPY",
        "₹" => b"INR",
        "৳" => b"BDT",
        _ => return None,
    };
    Some(Currency::of(*code))
}

/// The words that make numbers in one language.
pub(crate) trait Lexicon {
    /// What `word`, a whole run of letters, is to a number, and how many of its
    /// bytes belong to it: fewer than all where an ending or classifier follows.
    fn word(&self, word: &str) -> Option<(Word, usize)>;

    /// What `letters`, directly after the figure `figure`, say. `rest` is the
    /// text after them. `None`: figure and letters are one verbatim token.
    fn suffix(&self, figure: &str, letters: &str, rest: &str) -> Option<Suffix>;

    /// The bytes of the words for hundredths that `rest` begins with: `%`,
    /// `per cent`, শতাংশ. After `শতকরা` (`announced`) more words say it.
    fn percent(&self, rest: &str, announced: bool) -> Option<usize>;

    /// The currency of the sign `sign` with the letters directly before it
    /// (`US$`, `€`).
    fn sign(&self, sign: &str) -> Option<Currency> {
        currency_sign(sign)
    }

    /// Whether `value`, spelled out and alone, is rather a name: একাত্তর is the
    /// year 1971, একাদশ a team.
    fn is_name(&self, _value: u32) -> bool {
        false
    }

    /// Whether figures may follow a large unit as the rest of the number: ২
    /// হাজার ৫৮২.
    fn rest_after_scale(&self) -> bool;

    /// Whether `word` joined by a hyphen to the digits after it leaves them a
    /// quantity: `under-19`, `mid-2024`.
    fn is_prefix(&self, word: &str) -> bool;
}
