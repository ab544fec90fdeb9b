//! Values of JSON with their places in the file.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A value as the file writes it.
#[derive(Debug, Clone, Copy)]
pub(in crate::article::read) struct Value<'a> {
    /// The whole file.
    file: &'a str,
    raw: &'a str,
}

impl<'a> Value<'a> {
    /// The value that a file is.
    ///
    /// # Errors
    /// When it is no JSON, with line and column.
    pub(in crate::article::read) fn of(file: &'a str) -> serde_json::Result<Self> {
        Self::within(file, file)
    }

    /// The value that `part`, a piece of `file`, is.
    ///
    /// # Errors
    /// When it is no JSON.
    pub(in crate::article::read) fn within(
        file: &'a str,
        part: &'a str,
    ) -> serde_json::Result<Self> {
        let raw: &RawValue = serde_json::from_str(part)?;
        Ok(Self {
            file,
            raw: raw.get(),
        })
    }

    /// Its first byte in the file.
    pub(in crate::article::read) fn start(self) -> usize {
        // Both are the same allocation: values are slices of their file.
        self.raw
            .as_ptr()
            .addr()
            .saturating_sub(self.file.as_ptr().addr())
    }

    /// One past its last byte in the file.
    pub(in crate::article::read) fn end(self) -> usize {
        self.start() + self.raw.len()
    }

    /// Where the characters of a string stand, without its quotation marks.
    pub(in crate::article::read) fn inside(self) -> std::ops::Range<usize> {
        let start = self.start() + 1;
        start..(self.end() - 1).max(start)
    }

    /// As the file writes it.
    pub(in crate::article::read) fn raw(self) -> &'a str {
        self.raw
    }

    /// What a string says; `None` for anything else, and for a string that is none
    /// (half of a surrogate pair).
    pub(in crate::article::read) fn text(self) -> Option<String> {
        serde_json::from_str(self.raw).ok()
    }

    /// Whether it is an object.
    pub(in crate::article::read) fn is_object(self) -> bool {
        self.raw.starts_with('{')
    }

    /// The members of an object in order, those of one name all of them; of anything
    /// else none.
    pub(in crate::article::read) fn members(self) -> Vec<(String, Self)> {
        let Ok(Members(members)) = serde_json::from_str(self.raw) else {
            return Vec::new();
        };
        let value = |(name, raw): (String, &'a RawValue)| (name, self.child(raw));
        members.into_iter().map(value).collect()
    }

    /// The items of a list; of anything else none.
    pub(in crate::article::read) fn items(self) -> Vec<Self> {
        let Ok(Items(items)) = serde_json::from_str(self.raw) else {
            return Vec::new();
        };
        items.into_iter().map(|raw| self.child(raw)).collect()
    }

    /// The first member of a name.
    pub(in crate::article::read) fn member(self, name: &str) -> Option<Self> {
        let found = self.members().into_iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value)
    }

    /// The values that a JSON Pointer leads to (RFC 6901), in which `*` stands for any
    /// item or member.
    pub(in crate::article::read) fn at(self, pointer: &str) -> Vec<Self> {
        let mut found = vec![self];
        for step in pointer.split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            found = found
                .into_iter()
                .flat_map(|value| value.step(&name))
                .collect();
        }
        found
    }

    fn step(self, name: &str) -> Vec<Self> {
        if self.is_object() {
            let is_meant = |(own, _): &(String, Self)| name == "*" || own == name;
            return self
                .members()
                .into_iter()
                .filter(is_meant)
                .map(|(_, v)| v)
                .collect();
        }
        let items = self.items();
        if name == "*" {
            return items;
        }
        let index = name.parse::<usize>().ok();
        index
            .and_then(|index| items.get(index).copied())
            .into_iter()
            .collect()
    }

    fn child(self, raw: &'a RawValue) -> Self {
        Self {
            file: self.file,
            raw: raw.get(),
        }
    }
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

struct Items<'a>(Vec<&'a RawValue>);

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Items<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(Items(items))
            }
        }
        deserializer.deserialize_seq(Visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lead_to_values_and_their_places() {
        let file = r#" {"a": [{"t": "x"}, {"t": "\u0995\"", "t": 2}], "b/c": {"~": 1e400}} "#;
        let root = Value::of(file).unwrap();
        for (pointer, found) in [
            ("/a/*/t", vec!["\"x\"", r#""\u0995\"""#, "2"]),
            ("/a/0/t", vec!["\"x\""]),
            ("/b~1c/~0", vec!["1e400"]),
            ("/a/7", vec![]),
            ("/a/t", vec![]),
            ("/a/0/t/0", vec![]),
        ] {
            let values = root.at(pointer);
            let raws: Vec<&str> = values.iter().map(|v| v.raw()).collect();
            assert_eq!(raws, found, "{pointer}");
            for value in values {
                assert_eq!(&file[value.start()..value.end()], value.raw());
            }
        }
        let text = root.at("/a/1/t")[0];
        assert_eq!(text.text().as_deref(), Some("ক\""));
        assert_eq!(&file[text.inside()], r#"\u0995\""#);
    }

    #[test]
    fn nesting_of_any_depth_is_read_over() {
        let deep = format!(
            "{{\"a\": {}{}, \"t\": \"x\"}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        let root = Value::of(&deep).unwrap();
        assert_eq!(root.member("t").and_then(Value::text).as_deref(), Some("x"));
        assert!(Value::of("{\"a\": ").is_err());
    }
}
