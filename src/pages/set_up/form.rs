//! The fields of a set-up: what is typed, and what is wrong with it once it was asked (N7).

use std::collections::BTreeSet;

use leptos::prelude::*;
use rules::draft::{Facts, Field};
use rules::set_up::{SetUpDraft, SetUpStep};
use rules::site::SiteName;
use rules::trial::Trial;
use rules::verdict::{Problem, ProblemKind};
use words::{Language, label};

use crate::site_name::{KnownSite, site_is_taken};

/// The open set-up as a form.
#[derive(Clone, Copy)]
pub struct SetUpForm {
    /// What is typed.
    pub draft: RwSignal<SetUpDraft>,
    /// Fields whose problems are shown; they are judged again at every change.
    pub asked: RwSignal<BTreeSet<Field>>,
    /// What was found of a site name last.
    pub site: RwSignal<Option<KnownSite>>,
    /// The trial.
    pub trial: StoredValue<Trial>,
    /// Told after every change by the person.
    pub changed: Callback<()>,
}

impl SetUpForm {
    /// Reads something of what is typed, following its changes.
    pub fn read<T: Send + Sync + PartialEq + 'static>(
        self,
        part: impl Fn(&SetUpDraft) -> T + Send + Sync + 'static,
    ) -> Signal<T> {
        Memo::new(move |_| self.draft.with(&part)).into()
    }

    /// Changes it on behalf of the person.
    pub fn change(self, change: impl FnOnce(&mut SetUpDraft)) {
        self.draft.update(change);
        self.changed.run(());
    }

    fn facts(self) -> Facts {
        let own = self.own_site();
        let name = self.draft.with(|draft| SiteName::parse(&draft.site_name).ok());
        let found = self
            .site
            .with(|site| site.clone().filter(|(of, _)| Some(of.as_str()) == name.as_ref().map(SiteName::as_str)));
        // What was given to the trial itself is not taken from it (N12).
        Facts { site_name_taken: name != own && found.is_some_and(|(_, taken)| taken), ..Facts::default() }
    }

    /// The name that was given to the trial: what an awaited one asks for is still anybody's (N12).
    pub fn own_site(self) -> Option<SiteName> {
        self.trial.with_value(|trial| {
            let given = trial.site().filter(|_| trial.started.is_some());
            given.map(|site| site.name.clone())
        })
    }

    /// The sentence under a field, once the field has been asked (N7).
    pub fn problem(self, language: Language, field: Field) -> Signal<Option<String>> {
        let kind = Memo::new(move |_| {
            let asked = self.asked.with(|asked| asked.contains(&field));
            if asked { self.draft.with(|draft| draft.judge(field, &self.facts())) } else { None }
        });
        Signal::derive(move || kind.get().map(|kind| label::problem(language, &Problem { field, kind })))
    }

    /// The problems of a step as things stand.
    pub fn check(self, step: SetUpStep) -> Vec<Problem> {
        self.trial.with_value(|trial| self.draft.with(|draft| draft.check_step(step, trial, &self.facts())))
    }

    /// Asks for the problems of a step and shows them from now on (N7).
    pub fn ask(self, step: SetUpStep) -> Vec<Problem> {
        let fields = self.trial.with_value(|trial| self.draft.with_untracked(|draft| draft.fields(step, trial)));
        self.asked.update(|asked| asked.extend(fields));
        untrack(|| self.check(step))
    }

    /// Takes over problems that only the backend could find.
    pub fn learn(self, problems: &[Problem]) {
        let taken = problems.iter().any(|problem| problem.kind == ProblemKind::SiteNameTaken);
        if taken && let Some(name) = self.draft.with_untracked(|draft| SiteName::parse(&draft.site_name).ok()) {
            self.site.set(Some((name.as_str().to_owned(), true)));
        }
        self.asked.update(|asked| asked.extend(problems.iter().map(|problem| problem.field)));
    }

    /// Asks once more whether the site's name is free, for somebody may have taken it since (N12). What
    /// cannot be asked is asked again when the set-up is finished.
    pub async fn ask_site(self) {
        let Some(Ok(name)) = self.draft.try_with_untracked(|draft| SiteName::parse(&draft.site_name)) else { return };
        if self.own_site().as_ref() == Some(&name) {
            return;
        }
        if let Ok(taken) = site_is_taken(&name).await {
            let _ = self.site.try_set(Some((name.as_str().to_owned(), taken)));
        }
    }
}

/// The step on which a field stands.
pub fn step_of(field: Field) -> SetUpStep {
    match field {
        Field::SiteName | Field::TimeZone => SetUpStep::MeetingsSite,
        Field::SetUp(rules::set_up::SetUpField::Person(..)) => SetUpStep::People,
        _ => SetUpStep::Calling,
    }
}
