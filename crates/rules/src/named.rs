//! Closed sets of names: how a value without content is written in records and
//! addresses. A derived reader of each such type weighs kilobytes in the browser;
//! this one compares text.

use serde::{Deserialize, Deserializer};

/// Gives a type without content its names, and writes and reads it by them.
macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// The name in records and addresses.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }

            /// The value of a name; `None` when it names none.
            pub fn from_name(name: &str) -> Option<Self> {
                // Looked up in a table: a comparison written out for each of the many names
                // weighs more in the browser.
                const NAMES: &[($type, &str)] = &[$(($type::$variant, $name)),+];
                NAMES.iter().find(|(_, known)| *known == name).map(|(value, _)| *value)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = $crate::named::read(deserializer)?;
                Self::from_name(&name).ok_or_else(|| serde::de::Error::custom("an unknown name"))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($type)).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($name),+] })
            }
        }
    };
}

pub(crate) use named;

/// Reads a name; one copy serves every type.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer)
}

#[cfg(test)]
mod tests {
    use crate::service::Service;

    #[test]
    fn a_name_is_written_and_read_back_and_another_one_is_refused() {
        for service in Service::ALL {
            let text = serde_json::to_string(&service).expect("a name can be written");
            assert_eq!(text, format!("\"{}\"", service.name()));
            assert_eq!(serde_json::from_str::<Service>(&text).ok(), Some(service));
        }
        assert!(serde_json::from_str::<Service>("\"fax\"").is_err());
        assert!(serde_json::from_str::<Service>("1").is_err());
    }
}
