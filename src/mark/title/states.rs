//! States whose head is a President, and what their people are called.

/// Whose President somebody is, as far as the Bangla title depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Bangladesh or India: রাষ্ট্রপতি.
    Home,
    /// Any other state: প্রেসিডেন্ট.
    Abroad,
}

/// The states of রাষ্ট্রপতি.
const HOME: [&str; 4] = ["Bangladesh", "Bangladeshi", "India", "Indian"];

/// Every other state with a President that the world's press writes of, by name and
/// adjective; and the Commission and the Council of the European Union.
#[rustfmt::skip]
const ABROAD: [&str; 248] = [
    "Afghan", "Afghanistan", "Albania", "Albanian", "Algeria", "Algerian", "American", "Angola", "Angolan",
    "Argentina", "Argentine", "Argentinian", "Armenia", "Armenian", "Austria", "Austrian", "Azerbaijan",
    "Azerbaijani", "Belarus", "Belarusian", "Benin", "Bolivia", "Bolivian", "Bosnian", "Botswana", "Brazil",
    "Brazilian", "Bulgaria", "Bulgarian", "Burkina Faso", "Burundi", "Burundian", "Cameroon", "Cameroonian",
    "Chad", "Chadian", "Chile", "Chilean", "China", "Chinese", "Colombia", "Colombian", "Comoros", "Congo",
    "Congolese", "Costa Rica", "Costa Rican", "Croatia", "Croatian", "Cuba", "Cuban", "Cypriot", "Cyprus",
    "Czech", "Czech Republic", "Djibouti", "Dominican Republic", "East Timor", "Ecuador", "Ecuadorian", "Egypt",
    "Egyptian", "El Salvador", "Eritrea", "Eritrean", "Estonia", "Estonian", "Ethiopia", "Ethiopian",
    "European Commission", "European Council", "Finland", "Finnish", "France", "French", "Gabon", "Gabonese",
    "Gambia", "Gambian", "Georgia", "Georgian", "German", "Germany", "Ghana", "Ghanaian", "Greece", "Greek",
    "Guatemala", "Guatemalan", "Guinea", "Guinean", "Guyana", "Haiti", "Haitian", "Honduran", "Honduras",
    "Hungarian", "Hungary", "Iceland", "Indonesia", "Indonesian", "Iran", "Iranian", "Iraq", "Iraqi", "Ireland",
    "Irish", "Israel", "Israeli", "Italian", "Italy", "Ivorian", "Ivory Coast", "Kazakh", "Kazakhstan", "Kenya",
    "Kenyan", "Kosovo", "Kyrgyz", "Kyrgyzstan", "Latvia", "Latvian", "Lebanese", "Lebanon", "Liberia",
    "Liberian", "Libya", "Libyan", "Lithuania", "Lithuanian", "Madagascar", "Malawi", "Malawian", "Maldives",
    "Maldivian", "Mali", "Malian", "Malta", "Maltese", "Mauritania", "Mauritius", "Mexican", "Mexico",
    "Moldova", "Moldovan", "Mongolia", "Mongolian", "Montenegro", "Mozambique", "Myanmar", "Namibia",
    "Namibian", "Nepal", "Nepalese", "Nepali", "Nicaragua", "Nicaraguan", "Niger", "Nigeria", "Nigerian",
    "North Macedonia", "Pakistan", "Pakistani", "Palestine", "Palestinian", "Panama", "Panamanian", "Paraguay",
    "Peru", "Peruvian", "Philippine", "Philippines", "Poland", "Polish", "Portugal", "Portuguese", "Romania",
    "Romanian", "Russia", "Russian", "Rwanda", "Rwandan", "Salvadoran", "Senegal", "Senegalese", "Serbia",
    "Serbian", "Sierra Leone", "Singapore", "Slovak", "Slovakia", "Slovenia", "Somali", "Somalia",
    "South Africa", "South African", "South Korea", "South Korean", "South Sudan", "Sri Lanka", "Sri Lankan",
    "Sudan", "Suriname", "Swiss", "Switzerland", "Syria", "Syrian", "Taiwan", "Taiwanese", "Tajik",
    "Tajikistan", "Tanzania", "Tanzanian", "Timor-Leste", "Togo", "Togolese", "Tunisia", "Tunisian", "Turkey",
    "Turkish", "Turkiye", "Turkmen", "Turkmenistan", "Türkiye", "U.S.", "UAE", "US", "USA", "Uganda", "Ugandan",
    "Ukraine", "Ukrainian", "United Arab Emirates", "United States", "Uruguay", "Uruguayan", "Uzbek",
    "Uzbekistan", "Venezuela", "Venezuelan", "Vietnam", "Vietnamese", "Yemen", "Yemeni", "Zambia", "Zambian",
    "Zimbabwe", "Zimbabwean",
];

/// The state whose name `text` ends with as a word.
pub(super) fn at_end(text: &str) -> Option<State> {
    longest(|name| {
        text.strip_suffix(name)
            .is_some_and(|before| !before.ends_with(super::is_word))
    })
}

/// The state whose name `text` begins with as a word.
pub(super) fn at_start(text: &str) -> Option<State> {
    longest(|name| {
        text.strip_prefix(name)
            .is_some_and(|after| !after.starts_with(super::is_word))
    })
}

/// The state of the longest name that stands: `South Sudan` before `Sudan`.
fn longest(stands: impl Fn(&str) -> bool) -> Option<State> {
    let home = HOME.iter().map(|name| (*name, State::Home));
    let abroad = ABROAD.iter();
    home.chain(abroad.map(|name| (*name, State::Abroad)))
        .filter(|(name, _)| stands(name))
        .max_by_key(|(name, _)| name.len())
        .map(|(_, state)| state)
}
