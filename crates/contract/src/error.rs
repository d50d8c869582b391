//! How failure reads: `application/problem+json` of RFC 9457, and back.

use rules::ids::OrganisationId;
use rules::verdict::{Problem, Refusal, RuleId};
use serde::{Deserialize, Serialize};

/// The media type of an error.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was not carried out. The variant is the problem's `type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// What was typed has problems, each under its field (422).
    Invalid {
        /// The problems, in the order of the wizard.
        problems: Vec<Problem>,
    },
    /// The law does not allow it (403).
    Refused {
        /// Rule, fact, remedy and date.
        refusal: Refusal,
        /// A customer to look at instead.
        see: Option<OrganisationId>,
        /// Addresses that may have been meant (C3).
        near: Vec<String>,
    },
    /// It was changed since, by another tab or person (412). The present version
    /// is 0 when the thing is gone.
    Stale {
        /// The version that it has now.
        version: u64,
    },
    /// What was previewed is no longer what would happen, because the day turned
    /// or a fact changed (412). Another preview says what would happen now.
    OutOfDate,
    /// A write came without `If-Match` or `If-None-Match` (428).
    VersionMissing,
    /// A write came without a usable `Idempotency-Key` (400).
    KeyMissing,
    /// The key was used before with another request (422).
    KeyReused,
    /// Nobody is signed in (401).
    NotSignedIn,
    /// There is no such thing, or the reader may not know of it (404).
    NotFound,
    /// The path has no such method (405).
    MethodNotAllowed,
    /// A write came without the header that no page of another origin can send (403).
    WriteHeaderMissing,
    /// The request cannot be read (400).
    Malformed,
    /// The request's body is too large (413).
    TooLarge,
    /// Too many requests of this kind (429).
    TooMany {
        /// Seconds to wait.
        wait_seconds: u32,
    },
    /// The backend cannot answer at the moment; the same request may be sent again (503).
    Unavailable,
    /// There is no room left to store it: nothing was changed (507). With the
    /// embedded backend it is the browser's room for this site.
    StorageFull,
    /// The browser does not let the embedded backend store anything, for instance
    /// in a private mode (507).
    StorageRefused,
}

impl From<rules::verdict::Refusal> for ApiError {
    fn from(refusal: rules::verdict::Refusal) -> ApiError {
        ApiError::Refused { refusal, see: None, near: Vec::new() }
    }
}

impl ApiError {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            ApiError::KeyMissing | ApiError::Malformed => 400,
            ApiError::NotSignedIn => 401,
            ApiError::Refused { .. } | ApiError::WriteHeaderMissing => 403,
            ApiError::NotFound => 404,
            ApiError::MethodNotAllowed => 405,
            ApiError::Stale { .. } | ApiError::OutOfDate => 412,
            ApiError::TooLarge => 413,
            ApiError::Invalid { .. } | ApiError::KeyReused => 422,
            ApiError::VersionMissing => 428,
            ApiError::TooMany { .. } => 429,
            ApiError::Unavailable => 503,
            ApiError::StorageFull | ApiError::StorageRefused => 507,
        }
    }

    /// A short title for people who read the answer itself.
    pub(crate) fn title(&self) -> &'static str {
        match self {
            ApiError::Invalid { .. } => "What was typed has problems",
            ApiError::Refused { .. } => "The rules do not allow it",
            ApiError::Stale { .. } => "It was changed since",
            ApiError::OutOfDate => "What was previewed would no longer happen",
            ApiError::VersionMissing => "If-Match or If-None-Match is missing",
            ApiError::KeyMissing => "Idempotency-Key is missing or unusable",
            ApiError::KeyReused => "The Idempotency-Key was used with another request",
            ApiError::NotSignedIn => "Nobody is signed in",
            ApiError::NotFound => "There is no such thing here",
            ApiError::MethodNotAllowed => "This method is not offered here",
            ApiError::WriteHeaderMissing => "A write needs the header proef-write: 1",
            ApiError::Malformed => "The request cannot be read",
            ApiError::TooLarge => "The request is too large",
            ApiError::TooMany { .. } => "Too many requests",
            ApiError::Unavailable => "The backend cannot answer at the moment",
            ApiError::StorageFull => "There is no room left to store it",
            ApiError::StorageRefused => "The browser does not let the backend store anything",
        }
    }

    /// The problem's `type`.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            ApiError::Invalid { .. } => "invalid",
            ApiError::Refused { .. } => "refused",
            ApiError::Stale { .. } => "stale",
            ApiError::OutOfDate => "out-of-date",
            ApiError::VersionMissing => "version-missing",
            ApiError::KeyMissing => "key-missing",
            ApiError::KeyReused => "key-reused",
            ApiError::NotSignedIn => "not-signed-in",
            ApiError::NotFound => "not-found",
            ApiError::MethodNotAllowed => "method-not-allowed",
            ApiError::WriteHeaderMissing => "write-header-missing",
            ApiError::Malformed => "malformed",
            ApiError::TooLarge => "too-large",
            ApiError::TooMany { .. } => "too-many",
            ApiError::StorageFull => "storage-full",
            ApiError::StorageRefused => "storage-refused",
            ApiError::Unavailable => "unavailable",
        }
    }

    /// The body of `application/problem+json`: the error's own members with
    /// `type`, `status`, `title` and, for a refusal, `rule`.
    pub fn to_json(&self) -> String {
        let mut document = Document {
            name: self.name().to_owned(),
            status: self.status(),
            title: self.title().to_owned(),
            ..Document::default()
        };
        match self.clone() {
            ApiError::Invalid { problems } => document.problems = Some(problems),
            ApiError::Refused { refusal, see, near } => {
                document.rule = Some(refusal.rule);
                document.refusal = Some(refusal);
                document.see = see;
                document.near = near;
            }
            ApiError::Stale { version } => document.version = Some(version),
            ApiError::TooMany { wait_seconds } => document.wait_seconds = Some(wait_seconds),
            ApiError::OutOfDate
            | ApiError::VersionMissing
            | ApiError::KeyMissing
            | ApiError::KeyReused
            | ApiError::NotSignedIn
            | ApiError::NotFound
            | ApiError::MethodNotAllowed
            | ApiError::WriteHeaderMissing
            | ApiError::Malformed
            | ApiError::TooLarge
            | ApiError::StorageFull
            | ApiError::StorageRefused
            | ApiError::Unavailable => {}
        }
        // Writing fails only for maps with keys that are no text, and there are none.
        serde_json::to_string(&document).unwrap_or_default()
    }

    /// Reads an error back; `None` when the text is no such document.
    pub fn from_json(text: &str) -> Option<ApiError> {
        let document: Document = serde_json::from_str(text).ok()?;
        match document.name.as_str() {
            "invalid" => Some(ApiError::Invalid { problems: document.problems? }),
            "refused" => Some(ApiError::Refused { refusal: document.refusal?, see: document.see, near: document.near }),
            "stale" => Some(ApiError::Stale { version: document.version? }),
            "too-many" => Some(ApiError::TooMany { wait_seconds: document.wait_seconds? }),
            name => {
                let plain = [
                    ApiError::OutOfDate,
                    ApiError::VersionMissing,
                    ApiError::KeyMissing,
                    ApiError::KeyReused,
                    ApiError::NotSignedIn,
                    ApiError::NotFound,
                    ApiError::MethodNotAllowed,
                    ApiError::WriteHeaderMissing,
                    ApiError::Malformed,
                    ApiError::TooLarge,
                    ApiError::StorageFull,
                    ApiError::StorageRefused,
                    ApiError::Unavailable,
                ];
                plain.into_iter().find(|error| error.name() == name)
            }
        }
    }
}

/// The document as it is written and read. It is flat, with members that may be
/// missing: reading a tagged enum would bring a second reader of every type
/// within into the browser.
#[derive(Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(rename = "Failure", description = "Why a request was not carried out (RFC 9457).")
)]
#[serde(rename_all = "kebab-case", default)]
pub(crate) struct Document {
    #[serde(rename = "type")]
    name: String,
    status: u16,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<RuleId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<Vec<Problem>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    see: Option<OrganisationId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    near: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_seconds: Option<u32>,
}

#[cfg(test)]
mod tests {
    use rules::draft::Field;
    use rules::service::MeetingsOption;
    use rules::site::SiteNameFault;
    use rules::verdict::{Because, ProblemKind, Remedy};

    use super::*;

    fn every_error() -> Vec<ApiError> {
        vec![
            ApiError::Invalid {
                problems: vec![
                    Problem { field: Field::Licences, kind: ProblemKind::OutOfRange { low: 1, high: 1000 } },
                    Problem {
                        field: Field::MeetingsOption(MeetingsOption::Assistant),
                        kind: ProblemKind::NeedsEnterprise,
                    },
                    Problem { field: Field::SiteName, kind: ProblemKind::SiteName(SiteNameFault::Hyphen) },
                ],
            },
            ApiError::Refused {
                refusal: Refusal::new(RuleId::P1, Because::PartnerNotCertified, Remedy::GetCertified),
                see: Some("org-1".into()),
                near: vec!["admin@example.com".to_owned()],
            },
            ApiError::Stale { version: 7 },
            ApiError::OutOfDate,
            ApiError::VersionMissing,
            ApiError::KeyMissing,
            ApiError::KeyReused,
            ApiError::NotSignedIn,
            ApiError::NotFound,
            ApiError::MethodNotAllowed,
            ApiError::WriteHeaderMissing,
            ApiError::Malformed,
            ApiError::TooLarge,
            ApiError::TooMany { wait_seconds: 60 },
            ApiError::Unavailable,
            ApiError::StorageFull,
            ApiError::StorageRefused,
        ]
    }

    #[test]
    fn every_error_survives_its_way_through_problem_json() {
        for error in every_error() {
            let text = error.to_json();
            assert_eq!(ApiError::from_json(&text).as_ref(), Some(&error), "{text}");
            let status = format!("\"status\":{}", error.status());
            assert!(text.contains(&status), "{text}");
        }
        assert_eq!(ApiError::from_json("<html>"), None);
    }

    #[test]
    fn a_refusal_names_its_rule_p7() {
        let refusal = Refusal::new(RuleId::P3, Because::RoleCannotStart, Remedy::AskSalesAdministrator);
        let text = ApiError::from(refusal).to_json();
        assert!(text.contains("\"rule\":\"P3\""), "{text}");
    }
}
