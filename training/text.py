"""The text form the models are trained on. Whoever sends text to a model must apply the same form first.

Both languages: NFC, but ড় ঢ় য় precomposed (U+09DC U+09DD U+09DF); straight quotes (" for quotation, ' for apostrophes);
en dash for long dashes; "..." for the ellipsis; single spaces. Bangla: Bengali digits, the danda attached to its word.
Hole i (a name, a number, a date: whatever must come through unchanged) is the one character U+E000+i, i < 16.
"""
import html, re, unicodedata

HOLES = [chr(0xE000 + i) for i in range(16)]
PRECOMPOSE = [("\u09a1\u09bc", "\u09dc"), ("\u09a2\u09bc", "\u09dd"), ("\u09af\u09bc", "\u09df"), ("\u09ac\u09bc", "\u09b0")]
BN_DIGITS = "০১২৩৪৫৬৭৮৯"
TO_BN, TO_ASCII = str.maketrans("0123456789", BN_DIGITS), str.maketrans(BN_DIGITS, "0123456789")
BN_LETTER = re.compile(r"[\u0985-\u09b9\u09ce\u09dc-\u09df]")

def common(s):
    s = unicodedata.normalize("NFC", html.unescape(s))
    s = s.replace("\u09be\u09c7", "\u09cb").replace("\u09c7\u09be", "\u09cb")       # া + ে typed the wrong way round
    for a, b in PRECOMPOSE: s = s.replace(a, b)
    s = s.replace("\u09a4\u09cd\u200d", "\u09ce")                                   # old spelling of ৎ
    s = re.sub("\u09b0[\u200c\u200d]\u09cd\u09af", "\ue0f0", s)                     # র‍্য keeps its joiner
    s = re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", s).replace("\ue0f0", "\u09b0\u200d\u09cd\u09af")
    s = re.sub("[“”„«»]|''|``", '"', s).replace("…", "...")
    s = re.sub("[—―−]", "–", s)
    s = re.sub(r"(?<!\w)[‘'](?=\S)([^‘’']{2,}?)(?<=\S)[’'](?!\w)", r'"\1"', s)      # single quotation marks
    s = re.sub("[‘’`´]", "'", s)
    s = re.sub(r"(?<!\S)' ?([^'\"]{2,60}?) ?'(?!\w)", r'"\1"', s)
    if s.count('"') % 2 == 0: s = re.sub(r'"\s*([^"]*?)\s*"', r'"\1"', s)
    return re.sub(r"\s+", " ", s).strip()

def english(s): return common(s)

def bangla(s):
    s = common(s).replace("\u09f7", "।").replace("|", "।").replace("।।", "।")
    s = re.sub(r"\s+([।,;?!])", r"\1", s)
    s = re.sub(r"(?<=[\u0985-\u09df\u09ce])\s*\.$", "।", s)
    s = re.sub(r"\s*-\s+(এর|র|কে|তে|এ|ও)(?=[\s।,])", r"-\1", s)
    s = re.sub(r"(?<![A-Za-z0-9_.])(?<![A-Za-z]-)\d[\d.,:/-]*(?![A-Za-z])", lambda m: m[0].translate(TO_BN), s)
    return s.strip()
