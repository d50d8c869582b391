//! Names of Meetings sites: each is given out once, and whoever comes second is told so (N12).

use contract::error::ApiError;
use contract::trials::{Target, TrialAct};
use rules::draft::{Field, TrialDraft};
use rules::people::Language;
use rules::region::CountryCode;
use rules::service::{MeetingsOption, Service};
use rules::trial::State;
use rules::verdict::{Problem, ProblemKind};

use super::cast::{STORM, ZOE, accepted, act, answer, competitor, draft, finish, state, to_save};
use super::{ANNA, SANNE, World};

/// A draft of Meetings with a site of its own.
fn with_site(name: &str) -> TrialDraft {
    let mut draft = draft(&[Service::Messaging, Service::Meetings]);
    draft.meetings_options = [MeetingsOption::Enterprise].into();
    draft.site_name = name.to_owned();
    draft.time_zone = Some("Europe/Amsterdam".to_owned());
    draft
}

fn taken<T>(result: Result<T, ApiError>) -> bool {
    let problem = Problem { field: Field::SiteName, kind: ProblemKind::SiteNameTaken };
    matches!(result, Err(ApiError::Invalid { problems }) if problems == [problem])
}

fn edit(world: &World, trial: &str, draft: TrialDraft) -> Result<super::cast::Asked, ApiError> {
    act(world, ANNA, trial, TrialAct::Edit { draft: Box::new(draft), confirmed: false })
}

#[test]
fn a_set_up_is_told_that_its_site_name_was_given_to_somebody_else_since_n12_x12() {
    let world = World::new();
    competitor(&world);
    let mut asked = with_site("storm-at-sea");
    asked.administrator_email = "kim.jansen@rederijstorm.example".to_owned();
    asked.choose_country(CountryCode::new("NL"));
    asked.attest(Some(Language::En));
    let target = Target::Ask { organisation: STORM.into(), full_access: false, words: String::new() };
    let saved = to_save(&world, ZOE, "d1", &asked, &target).expect("a preview");
    let request = saved.answer::<contract::trials::Started>(&world).expect("sent").trial.0;
    let both = [Service::Messaging, Service::Meetings];
    answer(&world, SANNE, &request, accepted(&both, false)).expect("a preview").done(&world);
    let ready = finish(&world, ZOE, &request).expect("a preview");

    let mut other = with_site("storm-at-sea");
    other.administrator_email = "first@elsewhere.example".to_owned();
    world.save(ANNA, "d2", &other).expect("the name is free: a request gives none out");
    assert!(taken(ready.answer::<contract::trials::ActDone>(&world)), "also when it was previewed before");
    assert!(taken(finish(&world, ZOE, &request)));
    assert_eq!(state(&world, &request), State::Awaiting, "nothing was done");
}

#[test]
fn a_name_that_the_trial_had_before_was_given_out_and_is_not_given_again_n12_e4() {
    let world = World::new();
    world.clock.failing.lock().expect("no panic").insert(Service::Meetings);
    let trial = world.save(ANNA, "d1", &with_site("first-name")).expect("saved").trial.0;
    edit(&world, &trial, with_site("second-name")).expect("a preview").done(&world);
    assert!(taken(edit(&world, &trial, with_site("first-name"))));
    let same = TrialDraft { licences: "9".to_owned(), ..with_site("second-name") };
    edit(&world, &trial, same).expect("the name that it has stays its own").done(&world);
}
