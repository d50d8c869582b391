//! What was previewed is what happens: versions, digests, and the turn of the day (E6, G2).

use contract::error::ApiError;
use contract::{IF_MATCH, etag};

use super::World;
use super::cast::Asked;
use super::every_act::EVERY_ACT;
use super::faults::stored;

/// The request with its `If-Match` replaced, or without one.
fn from(asked: &Asked, version: Option<&str>) -> Asked {
    let others = asked.headers.iter().filter(|(name, _)| *name != IF_MATCH).cloned();
    let headers = others.chain(version.map(|version| (IF_MATCH, version.to_owned()))).collect();
    Asked { headers, ..asked.clone() }
}

fn version(asked: &Asked) -> Option<u64> {
    let header = asked.headers.iter().find(|(name, _)| *name == IF_MATCH);
    header.and_then(|(_, value)| contract::version_of(value))
}

#[test]
fn an_act_is_done_only_from_the_version_and_the_preview_that_it_was_made_from_e6_g2() {
    let mut digests = 0;
    for (name, prepare) in EVERY_ACT {
        let world = World::new();
        let (_, asked) = prepare(&world);
        let Some(made_from) = version(&asked) else { continue };
        let before = stored(&world.memory.everything());
        let error = |asked: &Asked| ApiError::from_json(&asked.reply(&world).body).expect("a problem");
        assert_eq!(error(&from(&asked, None)), ApiError::VersionMissing, "{name}");
        for version in ["\"0\"".to_owned(), etag(made_from + 1), etag(made_from - 1)] {
            let stale = error(&from(&asked, Some(&version)));
            assert_eq!(stale, ApiError::Stale { version: made_from }, "{name} from {version}");
        }
        for nonsense in ["*", "1", "\"x\""] {
            assert_eq!(from(&asked, Some(nonsense)).reply(&world).status, 400, "{name} from {nonsense}");
        }
        let mut body: serde_json::Value = serde_json::from_str(&asked.body).expect("JSON");
        if body.get("digest").is_some() {
            digests += 1;
            for digest in ["", "0123"] {
                body["digest"] = digest.into();
                let other = Asked { body: body.to_string(), ..asked.clone() };
                assert_eq!(error(&other), ApiError::OutOfDate, "{name} with {digest:?}");
            }
        }
        assert_eq!(stored(&world.memory.everything()), before, "{name} did nothing");
        asked.done(&world);
    }
    assert!(digests >= 24, "{digests}");
}

#[test]
fn a_preview_of_yesterday_is_out_of_date_and_nothing_of_it_is_stored_e6_l1() {
    let mut late = 0;
    for (name, prepare) in EVERY_ACT {
        let world = World::new();
        let (_, asked) = prepare(&world);
        if !asked.body.contains("\"digest\"") {
            continue;
        }
        world.wait_seconds(14 * 3600);
        let reply = asked.reply(&world);
        let error = ApiError::from_json(&reply.body).unwrap_or_else(|| panic!("{name}: {}", reply.body));
        assert!(matches!(error, ApiError::OutOfDate | ApiError::Refused { .. }), "{name}: {error:?}");
        late += u32::from(error == ApiError::OutOfDate);
    }
    assert!(late >= 24, "{late}");
}

#[test]
fn a_key_belongs_to_one_request_whatever_it_is_sent_to_g2() {
    for (name, prepare) in EVERY_ACT {
        let world = World::new();
        let (_, asked) = prepare(&world);
        let first = asked.reply(&world);
        assert_eq!(first.status, 200, "{name}");
        let before = stored(&world.memory.everything());
        let again = asked.reply(&world);
        assert_eq!((again.status, &again.body), (200, &first.body), "{name}");
        assert_eq!(again.header("etag"), first.header("etag"), "{name}");
        // The query names the organisation in whose hub a partner acts: it counts as well.
        let elsewhere = Asked { path: format!("{}?organisation=customer-001", asked.path), ..asked.clone() };
        assert_eq!(elsewhere.reply(&world).status, 422, "{name}");
        let other = Asked { person: super::INGRID.to_owned(), ..asked.clone() };
        if asked.person != super::INGRID {
            assert!(matches!(other.reply(&world).status, 403 | 422), "{name}: a key tells nobody else anything");
        }
        assert_eq!(stored(&world.memory.everything()), before, "{name}");
    }
}
