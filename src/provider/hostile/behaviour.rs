//! What services are known to do to what they are given.

/// One thing that a service does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Behaviour {
    /// Placeholders are missing.
    DropPlaceholders,
    /// Placeholders come twice.
    DoublePlaceholders,
    /// Placeholders change places.
    ReorderPlaceholders,
    /// Placeholders come in the other case.
    RecasePlaceholders,
    /// Placeholders are spelled in another way.
    RespellPlaceholders,
    /// Placeholders are translated like words.
    TranslatePlaceholders,
    /// The digits inside placeholders are other ones.
    ShiftPlaceholders,
    /// Quotation marks are left out.
    StripQuotes,
    /// Quotation marks become straight.
    StraightenQuotes,
    /// A closing quotation mark is missing.
    DropClosingQuote,
    /// Words that nobody said stand in quotation marks.
    InventQuotes,
    /// The stop that ends a quotation follows its closing mark.
    MoveStopOut,
    /// 17 becomes 16.
    ChangeNumber,
    /// Million becomes lakh, and lakh million.
    SwapScales,
    /// A number that nobody named.
    InventNumber,
    /// The source comes back unchanged.
    EchoSource,
    /// Nothing comes back.
    Empty,
    /// The answer to the segment before comes back.
    PreviousSegment,
    /// The answer breaks off in the middle.
    HalfSentence,
    /// The answer is escaped for HTML.
    Entities,
    /// The answer has markup of its own.
    Markup,
    /// A refusal comes back, with the status of an answer.
    Refusal,
    /// The answer is introduced or commented on.
    Preamble,
    /// The answer is in a language that nobody asked for.
    OtherLanguage,
    /// The answer is a hundred times as long.
    Endless,
    /// NULs and characters that turn the direction of writing.
    ControlCharacters,
    /// What the text tells a reader to do is done.
    ObeyInstruction,
}

impl Behaviour {
    /// Every behaviour.
    pub const ALL: [Self; 27] = [
        Self::DropPlaceholders,
        Self::DoublePlaceholders,
        Self::ReorderPlaceholders,
        Self::RecasePlaceholders,
        Self::RespellPlaceholders,
        Self::TranslatePlaceholders,
        Self::ShiftPlaceholders,
        Self::StripQuotes,
        Self::StraightenQuotes,
        Self::DropClosingQuote,
        Self::InventQuotes,
        Self::MoveStopOut,
        Self::ChangeNumber,
        Self::SwapScales,
        Self::InventNumber,
        Self::EchoSource,
        Self::Empty,
        Self::PreviousSegment,
        Self::HalfSentence,
        Self::Entities,
        Self::Markup,
        Self::Refusal,
        Self::Preamble,
        Self::OtherLanguage,
        Self::Endless,
        Self::ControlCharacters,
        Self::ObeyInstruction,
    ];

    /// Its name in tables and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DropPlaceholders => "drops placeholders",
            Self::DoublePlaceholders => "doubles placeholders",
            Self::ReorderPlaceholders => "reorders placeholders",
            Self::RecasePlaceholders => "changes the case of placeholders",
            Self::RespellPlaceholders => "respells placeholders",
            Self::TranslatePlaceholders => "translates placeholders",
            Self::ShiftPlaceholders => "changes the digits of placeholders",
            Self::StripQuotes => "strips quotation marks",
            Self::StraightenQuotes => "straightens quotation marks",
            Self::DropClosingQuote => "drops a closing quotation mark",
            Self::InventQuotes => "adds quotation marks",
            Self::MoveStopOut => "moves the stop out of the quotation",
            Self::ChangeNumber => "changes a number by one",
            Self::SwapScales => "swaps million and lakh",
            Self::InventNumber => "adds a number",
            Self::EchoSource => "returns the source",
            Self::Empty => "returns nothing",
            Self::PreviousSegment => "returns the segment before",
            Self::HalfSentence => "returns half a sentence",
            Self::Entities => "escapes for HTML",
            Self::Markup => "adds markup",
            Self::Refusal => "refuses",
            Self::Preamble => "introduces its answer",
            Self::OtherLanguage => "answers in another language",
            Self::Endless => "answers a hundredfold",
            Self::ControlCharacters => "sends NULs and direction marks",
            Self::ObeyInstruction => "obeys the text",
        }
    }
}
