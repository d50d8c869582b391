//! The form of every mail (`G7`).

use super::scenes::{Scene, scene};
use crate::Language;
use crate::letter::Written;
use crate::letter::body::escape;
use rules::notice::{MailKind, Recipients};

const GROUPS: [Recipients; 3] =
    [Recipients::CustomerAdministrators, Recipients::PartnerAdministrators, Recipients::TrialsTeam];

fn every_scene() -> impl Iterator<Item = Scene> {
    MailKind::ALL.into_iter().flat_map(|kind| {
        Language::ALL.into_iter().flat_map(move |language| GROUPS.map(|group| scene(kind, group, language)))
    })
}

/// What a reader of the HTML part reads: no tags, and the addresses of its links.
pub(super) fn readable(written: &Written) -> String {
    let mut rest = written.html.split_once("<body>").map_or("", |(_, body)| body);
    let mut read = String::new();
    while let Some((text, tag)) = rest.split_once('<') {
        read.push_str(text);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        if let Some(url) = tag.strip_prefix("a href=\"") {
            read.push_str(url.trim_end_matches('"'));
            read.push(' ');
        }
        rest = after;
    }
    read.push_str(rest);
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    named.iter().fold(read, |read, (escaped, plain)| read.replace(escaped, plain))
}

#[test]
fn every_mail_has_a_subject_on_one_line_a_text_and_a_document_in_its_language_g7() {
    for scene in every_scene() {
        let written = scene.write();
        let about = (scene.order.kind, scene.order.group, scene.order.language);
        assert!(!written.subject.is_empty() && !written.subject.contains('\n'), "{about:?}");
        let (greeting, not) = match scene.order.language {
            Language::En => ("Hello,\n", [" het ", " een ", " niet "]),
            Language::Nl => ("Hallo,\n", [" the ", " you ", " and "]),
        };
        // What people typed is in their own language, whatever that of the mail.
        let ours: String = written.text.lines().filter(|line| !line.starts_with("> ")).collect::<Vec<_>>().join("\n");
        assert!(ours.starts_with(greeting), "{about:?}");
        for foreign in not {
            assert!(!ours.contains(foreign) && !written.subject.contains(foreign), "{about:?} {foreign:?}: {ours}");
        }
        let html = format!("<!doctype html>\n<html lang=\"{}\">", scene.order.language.tag());
        assert!(written.html.starts_with(&html), "{about:?}");
        assert!(written.html.contains(&format!("<title>{}</title>", escape(&written.subject))), "{about:?}");
        assert!(!written.html.contains("style"), "{about:?}");
    }
}

#[test]
fn both_parts_hold_the_same_and_no_brace_is_left_g7() {
    for scene in every_scene() {
        let written = scene.write();
        let about = (scene.order.kind, scene.order.group, scene.order.language);
        assert!(!written.text.contains(['{', '}']) && !written.subject.contains(['{', '}']), "{about:?}");
        assert!(!written.text.contains("  ") && !written.text.contains(": \n"), "{about:?}: {}", written.text);
        let read = readable(&written);
        for line in written.text.lines() {
            let line = line.trim_start_matches("> ").trim_start_matches("- ");
            let line = line.split_once(". ").filter(|(at, _)| at.parse::<u8>().is_ok()).map_or(line, |(_, line)| line);
            // A fact and a link stand as a name and values.
            let whole = read.contains(line);
            let parts = || line.split(": ").flat_map(|part| part.split("; ")).all(|part| read.contains(part));
            assert!(whole || parts(), "{about:?} lacks in HTML: {line}");
        }
    }
}

#[test]
fn what_people_typed_shows_as_text_and_never_as_markup_g3_g7() {
    let name = "<b>Bo & \"Co\"</b><script>alert('x')</script>";
    for mut scene in every_scene() {
        scene.organisation.name = name.to_owned();
        scene.partner.name = name.to_owned();
        scene.sender = Some(name.to_owned());
        scene.reason = Some(name.to_owned());
        scene.organisation.people[0].name = name.to_owned();
        if let Some(request) = &mut scene.trial.request {
            request.by_name = name.to_owned();
            request.words = name.to_owned();
        }
        if let Some(to) = &mut scene.trial.ship_to {
            to.contact_name = name.to_owned();
        }
        let written = scene.write();
        let about = (scene.order.kind, scene.order.group, scene.order.language);
        for tag in ["<b>", "<script", "</script", "alert('"] {
            assert!(!written.html.contains(tag), "{about:?}");
        }
        assert!(readable(&written).contains(name), "{about:?}");
        assert!(written.text.contains(name), "{about:?}");
    }
}

#[test]
fn a_name_cannot_add_a_line_to_the_subject_g7() {
    let mut scene = scene(MailKind::Accepted, Recipients::PartnerAdministrators, Language::En);
    scene.organisation.name = "Van Dijk\r\nBcc: everybody@company.example".to_owned();
    assert!(!scene.write().subject.contains(['\r', '\n']));
}

#[test]
fn a_mail_that_names_a_day_names_its_zone_g5() {
    for scene in every_scene() {
        let text = scene.write().text;
        let (year, zone) = match scene.order.language {
            Language::En => (" 2026", "All dates are days in UTC."),
            Language::Nl => (" 2026", "Alle data zijn dagen in UTC."),
        };
        assert_eq!(text.contains(year), text.contains(zone), "{:?}: {text}", scene.order.kind);
    }
}

#[test]
fn no_mail_names_another_partner_p8() {
    use rules::organisation::Management;
    for mut scene in every_scene() {
        let mut rival = scene.organisation.trials[0].clone();
        rival.id = "rival-trial".into();
        rival.partner = "rival-partner".into();
        scene.organisation.trials.push(rival);
        let rival = scene.organisation.partners[0].clone();
        scene.organisation.partners.push(Management { partner: "rival-partner".into(), ..rival });
        let written = scene.write();
        assert!(!written.text.contains("rival") && !written.html.contains("rival"), "{:?}", scene.order.kind);
    }
}

#[test]
fn the_trial_before_a_change_is_the_one_that_it_is_about_e4() {
    use rules::samples;
    let started = samples::started(samples::full_draft());
    assert_eq!(crate::letter::before(&started), None, "what a change makes was not there before");

    let organisation = samples::organisation(samples::full_draft());
    let (facts, actor) = (samples::facts(), samples::actor(rules::people::PartnerRole::SalesAdministrator));
    let context = rules::act::Context { actor: Some(&actor), now: samples::now(), facts: &facts };
    let cancel = rules::act::Act::Trial("trial-1".into(), rules::act::TrialAct::Cancel);
    let change = rules::act::decide(Some(&organisation), cancel, context).expect("it may be cancelled");
    assert_eq!(crate::letter::before(&change), organisation.trials.first());
}
