//! A customer of the demonstration, in a form that fits on a line, and how it
//! becomes records.

use chrono::TimeDelta;
use rules::clock::{Day, Instant};
use rules::customers::{CustomerRow, RowTrial};
use rules::draft::{Facts, ShipToDraft, TrialDraft};
use rules::notice::{Due, MailKind, Recipients};
use rules::organisation::{AccessLevel, Organisation, Vertical};
use rules::people::{Actor, Assignment, Language, Partner};
use rules::region::CountryCode;
use rules::service::{CallingKind, Duration, MeetingsOption, Service};
use rules::trial::{Act, Change, Context, Phase, Start, Trial, decide, evolve};

use super::people::MEHMET;
use crate::acts::trials::store_trial;
use crate::mail;
use crate::records::{CUSTOMERS, MAILS, ORGANISATIONS, TRIALS};
use crate::store::Commit;

/// Where a trial stands, counted in days from today.
#[derive(Clone, Copy)]
pub(super) enum When {
    /// A request that can be answered for so many days more.
    Pending(u32),
    /// Accepted so many days ago.
    Awaiting(u32),
    /// Started two hours ago; a service is still being provisioned.
    SettingUp,
    /// Runs for so many days more, of so many in all.
    Runs(u32, Duration),
    /// Ended so many days ago, after so many in all.
    Ended(u32, Duration),
    /// Turned into an order so many days ago.
    Converted(u32),
    /// Cancelled so many days ago, after its start.
    Cancelled(u32),
    /// Cancelled so many days ago, before its start.
    Withdrawn(u32),
    /// The request was refused so many days ago.
    Declined(u32),
    /// The request lapsed so many days ago.
    Lapsed(u32),
}

/// A trial of such a customer.
#[derive(Clone, Copy)]
struct SeedTrial {
    when: When,
    services: &'static [Service],
    licences: u32,
}

/// For whom and when customers are made.
pub(super) struct Making<'a> {
    pub(super) partner: &'a Partner,
    pub(super) actor: &'a Actor,
    pub(super) now: Instant,
    /// The address of the console.
    pub(super) address: &'a str,
}

/// A customer.
#[derive(Clone, Copy)]
pub(super) struct Customer {
    company: &'static str,
    email: &'static str,
    country: &'static str,
    vertical: Vertical,
    in_charge: Option<&'static str>,
    assigned: &'static [&'static str],
    trials: [Option<SeedTrial>; 2],
    purchased: &'static [Service],
    site: Option<&'static str>,
}

/// A customer without trials, of the person in charge.
pub(super) const fn customer(
    company: &'static str,
    email: &'static str,
    country: &'static str,
    vertical: Vertical,
    in_charge: &'static str,
) -> Customer {
    Customer {
        company,
        email,
        country,
        vertical,
        in_charge: Some(in_charge),
        assigned: &[],
        trials: [None, None],
        purchased: &[],
        site: None,
    }
}

impl Customer {
    /// With a trial; a second call makes it two.
    pub(super) const fn trial(mut self, when: When, services: &'static [Service], licences: u32) -> Customer {
        let trial = Some(SeedTrial { when, services, licences });
        if self.trials[0].is_none() {
            self.trials[0] = trial;
        } else {
            self.trials[1] = trial;
        }
        self
    }

    /// With services that it owns.
    pub(super) const fn owns(mut self, services: &'static [Service]) -> Customer {
        self.purchased = services;
        self
    }

    /// With a Meetings site of its own, from Enterprise edition.
    pub(super) const fn site(mut self, name: &'static str) -> Customer {
        self.site = Some(name);
        self
    }

    /// Looked after by a further sales administrator (P9).
    pub(super) const fn assigned(mut self, people: &'static [&'static str]) -> Customer {
        self.assigned = people;
        self
    }

    /// Without a person in charge.
    pub(super) const fn unassigned(mut self) -> Customer {
        self.in_charge = None;
        self
    }

    /// Who started its first trial.
    pub(super) fn founder(&self) -> &'static str {
        self.in_charge.unwrap_or(MEHMET)
    }

    /// Writes its records: the organisation, its address and site name, its
    /// trials with their journal and mails, and its row.
    pub(super) fn store(&self, commit: &mut Commit, making: &Making<'_>, number: usize) {
        let Making { partner, actor, now, .. } = *making;
        let id = format!("{}-{number:03}", partner.id);
        // A customer without trials was made by one that it no longer counts.
        let first = self.trials[0].unwrap_or(SeedTrial {
            when: When::Ended(400, Duration::Days30),
            services: &[Service::Messaging],
            licences: 10,
        });
        let (mut organisation, mut trial, changes) = self.started(&first, &id, 1, actor, now);
        organisation.managed_by.assignment = self.assignment();
        let phase = first.phase(now);
        if matches!(phase, Phase::Pending { .. } | Phase::Awaiting | Phase::Declined { .. } | Phase::Lapsed { .. }) {
            organisation.managed_by.access = AccessLevel::Provisioning;
        }
        first.settle(&mut trial, now);
        let has_trial = self.trials[0].is_some();
        store_trial(commit, &organisation, &trial, &changes, actor.person.id.clone());
        commit.put(&ORGANISATIONS, &*id, &organisation);
        let mut rows = Vec::new();
        if has_trial {
            commit.put(&TRIALS, format!("{id}/{}", trial.id), &trial);
            rows.push(RowTrial::of(&trial));
            store_mails(commit, &organisation, &trial, making);
        } else {
            commit.put.retain(|put| put.table != TRIALS.name || !put.key.starts_with(&format!("{id}/")));
        }
        if let Some(second) = &self.trials[1] {
            let (_, mut trial, _) = self.started(second, &id, 2, actor, now);
            second.settle(&mut trial, now);
            commit.put(&TRIALS, format!("{id}/{}", trial.id), &trial);
            store_mails(commit, &organisation, &trial, making);
            rows.push(RowTrial::of(&trial));
        }
        let trials = self.trials.iter().flatten();
        let row = CustomerRow {
            trials: rows,
            purchased: self.purchased.to_vec(),
            last_change: trials.map(|trial| trial.changed(now)).max().unwrap_or(organisation.created),
            ..CustomerRow::of(&organisation, &[], now)
        };
        commit.put(&CUSTOMERS, format!("{}/{id}", partner.id), &row);
    }

    fn assignment(&self) -> Assignment {
        Assignment {
            in_charge: self.in_charge.map(Into::into),
            assigned: self.assigned.iter().map(|id| (*id).into()).collect(),
        }
    }

    /// The trial as the rules start it.
    fn started(
        &self,
        seed: &SeedTrial,
        id: &str,
        number: u32,
        actor: &Actor,
        now: Instant,
    ) -> (Organisation, Trial, Vec<Change>) {
        let order = self.draft(seed).check(&Facts::default()).expect("the demonstration data keep the rules");
        let start = Start {
            order,
            organisation: id.into(),
            trial: format!("{id}-{number}").as_str().into(),
            language: Language::En,
            sentence: words::wizard::attest(Language::En).to_owned(),
            ticked: seed.made(now),
        };
        let context = Context { actor, now: seed.made(now) };
        let change = decide(Act::Start(Box::new(start)), &context).expect("the founder may start trials");
        let Change::Started { organisation, .. } = &change else { unreachable!("a start starts") };
        let organisation = organisation.as_ref().clone();
        let mut trial = evolve(None, &change).expect("a start makes a trial");
        let mut changes = vec![change];
        let waiting = usize::from(matches!(seed.when, When::SettingUp));
        let services = trial.offer.services();
        for service in services.iter().take(services.len() - waiting) {
            let provisioned = Change::Provisioned { service: *service, at: context.now };
            trial = evolve(Some(trial), &provisioned).expect("a trial stays one");
            changes.push(provisioned);
        }
        (organisation, trial, changes)
    }

    /// The draft from which it was started.
    fn draft(&self, seed: &SeedTrial) -> TrialDraft {
        let has = |service| seed.services.contains(&service);
        let site = self.site.filter(|_| has(Service::Meetings));
        let mut draft = TrialDraft {
            company_name: self.company.to_owned(),
            administrator_email: self.email.to_owned(),
            vertical: Some(self.vertical),
            country: CountryCode::new(self.country),
            supported_location: true,
            services: seed.services.iter().copied().collect(),
            meetings_options: site.map(|_| MeetingsOption::Enterprise).into_iter().collect(),
            calling: Some(if self.country == "US" { CallingKind::Hybrid } else { CallingKind::Cloud }),
            locations: "2".to_owned(),
            numbered_users: (seed.licences / 2).to_string(),
            licences: seed.licences.to_string(),
            duration: seed.duration(),
            site_name: site.unwrap_or_default().to_owned(),
            ship_to: ShipToDraft {
                contact_name: "Reception".to_owned(),
                company: self.company.to_owned(),
                street: "Station Square 1".to_owned(),
                postal_code: "1000".to_owned(),
                city: "Port".to_owned(),
                country: CountryCode::new(self.country),
                phone: "+31 20 555 0100".to_owned(),
            },
            ..TrialDraft::default()
        };
        draft.device_licences.desk_phone = "4".to_owned();
        draft.device_licences.room_device = "1".to_owned();
        draft.ship.desk_phone = "2".to_owned();
        draft.ship.room_device = "0".to_owned();
        draft
    }
}

impl SeedTrial {
    fn duration(&self) -> Duration {
        match self.when {
            When::Runs(_, duration) | When::Ended(_, duration) => duration,
            _ => Duration::Days30,
        }
    }

    /// When it was started or asked for.
    fn made(&self, now: Instant) -> Instant {
        let today = Day::of(now);
        let start = match self.when {
            When::SettingUp => return now - TimeDelta::hours(2),
            When::Runs(left, duration) => today.plus(left).minus(duration.days()),
            When::Ended(ago, duration) => today.minus(ago + duration.days()),
            When::Pending(left) => today.minus(30u32.saturating_sub(left)),
            When::Awaiting(ago) | When::Declined(ago) | When::Withdrawn(ago) => today.minus(ago + 4),
            When::Converted(ago) | When::Cancelled(ago) => today.minus(ago + 20),
            When::Lapsed(ago) => today.minus(ago + 31),
        };
        in_the_morning(start, now)
    }

    /// When anything of it changed last by what people did.
    fn changed(&self, now: Instant) -> Instant {
        match self.when {
            When::Awaiting(ago)
            | When::Declined(ago)
            | When::Withdrawn(ago)
            | When::Converted(ago)
            | When::Cancelled(ago)
            | When::Lapsed(ago) => in_the_morning(Day::of(now).minus(ago), now),
            When::Pending(_) | When::SettingUp | When::Runs(..) | When::Ended(..) => self.made(now),
        }
    }

    /// Where it stands today.
    fn phase(&self, now: Instant) -> Phase {
        let today = Day::of(now);
        let start = Day::of(self.made(now));
        match self.when {
            When::Pending(left) => Phase::Pending { answer_by: today.plus(left) },
            When::Awaiting(_) => Phase::Awaiting,
            When::SettingUp | When::Runs(..) | When::Ended(..) => {
                Phase::Started { start, end: start.plus(self.duration().days()) }
            }
            When::Converted(ago) => Phase::Converted { on: today.minus(ago) },
            When::Cancelled(ago) => Phase::Cancelled { on: today.minus(ago), started: true },
            When::Withdrawn(ago) => Phase::Cancelled { on: today.minus(ago), started: false },
            When::Declined(ago) => Phase::Declined { on: today.minus(ago) },
            When::Lapsed(ago) => Phase::Lapsed { on: today.minus(ago) },
        }
    }

    /// Puts a trial that the rules started into the state of today, which takes
    /// acts that this build does not have.
    fn settle(&self, trial: &mut Trial, now: Instant) {
        trial.phase = self.phase(now);
        let never_started = matches!(
            self.when,
            When::Pending(_) | When::Awaiting(_) | When::Withdrawn(_) | When::Declined(_) | When::Lapsed(_)
        );
        let over = never_started || matches!(self.when, When::Converted(_) | When::Cancelled(_));
        if never_started {
            trial.started = None;
            trial.provisioning.clear();
            trial.shipments.clear();
        }
        // Notices of a trial that is over, or has not begun, are not planned (L8).
        if over {
            trial.mails.clear();
        }
    }
}

/// Nine in the morning of a day, but never later than now.
fn in_the_morning(day: Day, now: Instant) -> Instant {
    let days = Day::of(now).days_until(day);
    let midnight = now - TimeDelta::seconds(now.timestamp().rem_euclid(24 * 3600));
    (midnight + TimeDelta::days(days) + TimeDelta::hours(9)).min(now)
}

/// The mails that were due until today, as handed over.
fn store_mails(commit: &mut Commit, organisation: &Organisation, trial: &Trial, making: &Making<'_>) {
    let Making { partner, actor, now, address: console } = *making;
    for (number, planned) in trial.mails.iter().enumerate() {
        let key = format!("{}/{}/{number:02}", organisation.id, trial.id);
        let due = match (planned.due, planned.kind, trial.started, trial.setting_up_until()) {
            (Due::WhenProvisioned, MailKind::Welcome, Some(started), None) => {
                commit.put(&MAILS, key, &mail::welcome(organisation, trial, partner, console, started));
                continue;
            }
            (Due::On(day), _, Some(_), _) if day <= Day::of(now) => in_the_morning(day, now),
            _ => continue,
        };
        let address = match planned.to {
            Recipients::FirstAdministrator | Recipients::CustomerAdministrators => &organisation.administrator_email,
            Recipients::PartnerAdministrators => &actor.person.email,
            // The demonstration has no users of a trial.
            Recipients::Users => continue,
        };
        if let Some(mail) = mail::notice(organisation, trial, partner, planned, address, due) {
            commit.put(&MAILS, key, &mail);
        }
    }
}
