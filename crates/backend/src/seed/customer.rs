//! A customer of the demonstration, in a form that fits on a line, and how it
//! came to be.

use chrono::TimeDelta;
use rules::act::{Act, Ask, Conversion, Facts, Start, TrialAct};
use rules::clock::{Day, Instant};
use rules::consent::{ANSWER_DAYS, Answered, DeclineReason, phrase};
use rules::draft::{Facts as DraftFacts, ShipToDraft, TrialDraft};
use rules::ids::TrialId;
use rules::organisation::{Access, AccessLevel, Attestation, Management, Member, Organisation, Purchase, Vertical};
use rules::people::{Actor, Assignment, CustomerRole, Language, Partner, Tier};
use rules::region::CountryCode;
use rules::service::{CallingKind, Duration, MeetingsOption, Service};

use super::life::Life;
use super::people::{ANNA, MEHMET};
use crate::consent::Signer;
use crate::environment::{Deployment, Environment};
use crate::store::Commit;

/// How many days ago customers came to the platform that were there before any trial.
const LONG_AGO_DAYS: u32 = 500;
/// Licences of each service that such a customer owns.
const OWNED_LICENCES: u32 = 50;

/// Where a trial stands, counted in days from today.
#[derive(Clone, Copy)]
pub(crate) enum When {
    /// A request that can be answered for so many days more; at most 29, for one of today would,
    /// early in the day, have to wait before it is sent again (X13).
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
    pub(super) facts: &'a Facts,
    pub(super) now: Instant,
    pub(super) deployment: &'a Deployment,
    pub(super) environment: &'a dyn Environment,
    pub(super) signer: &'a Signer,
}

/// A customer.
#[derive(Clone, Copy)]
pub(crate) struct Customer {
    company: &'static str,
    email: &'static str,
    country: &'static str,
    vertical: Vertical,
    in_charge: Option<&'static str>,
    assigned: &'static [&'static str],
    trials: [Option<SeedTrial>; 2],
    purchased: &'static [Service],
    site: Option<&'static str>,
    people: &'static [(&'static str, &'static str, &'static str, CustomerRole)],
}

/// A customer without trials, of the person in charge.
pub(crate) const fn customer(
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
        people: &[],
    }
}

impl Customer {
    /// With a trial; a second call makes it two.
    pub(crate) const fn trial(mut self, when: When, services: &'static [Service], licences: u32) -> Customer {
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

    /// With people: id, name, address and role of each.
    pub(super) const fn people(
        mut self,
        people: &'static [(&'static str, &'static str, &'static str, CustomerRole)],
    ) -> Customer {
        self.people = people;
        self
    }

    /// Without a person in charge.
    pub(super) const fn unassigned(mut self) -> Customer {
        self.in_charge = None;
        self
    }

    /// Who started its first trial.
    fn founder(&self) -> &'static str {
        self.in_charge.unwrap_or(MEHMET)
    }

    /// Writes all that it came to be by: the acts of its people and of the partner's,
    /// each as of its own day, and what time brought in between.
    pub(super) fn store(&self, commit: &mut Commit, making: &Making<'_>, number: usize) {
        // An id tells nobody whose customer it is (P8).
        let id = format!("customer-{number:03}");
        let mut life = Life::new(making);
        // In the order in which they began, the first one may have made the organisation.
        let mut trials: Vec<(usize, &SeedTrial)> = self.trials.iter().flatten().enumerate().collect();
        trials.sort_by_key(|(_, seed)| seed.made(making.now));
        let first_makes_it = trials.first().is_some_and(|(_, seed)| !seed.is_asked()) && !self.owned_before();
        if !first_makes_it {
            life.begin(self.organisation(&id, making));
        }
        for (place, seed) in trials {
            let trial: TrialId = format!("{id}-{}", place + 1).as_str().into();
            self.live(&mut life, seed, &trial, &id, making);
        }
        life.pass(making.now);
        self.assign(&mut life, making);
        life.store(commit, making);
    }

    /// Whether it owned services before its first trial.
    fn owned_before(&self) -> bool {
        let converted = self.trials.iter().flatten().any(|seed| matches!(seed.when, When::Converted(_)));
        !self.purchased.is_empty() && !converted
    }

    /// The organisation of a customer that came to the platform without a trial.
    fn organisation(&self, id: &str, making: &Making<'_>) -> Organisation {
        let country = CountryCode::new(self.country).expect("a country");
        let created = in_the_morning(Day::of(making.now).minus(LONG_AGO_DAYS), making.now);
        let asked = self.trials.iter().flatten().any(SeedTrial::is_asked);
        let management = Management {
            partner: making.partner.id.clone(),
            access: Some(Access {
                level: AccessLevel::FullAdministrator,
                since: Day::of(created),
                by_request: false,
                last_used: None,
            }),
            ended: None,
            assignment: Assignment { in_charge: Some(self.founder().into()), assigned: Vec::new() },
        };
        let purchase = |service: &Service| Purchase {
            service: *service,
            licences: service.has_licences().then_some(OWNED_LICENCES),
            since: Day::of(created),
            trial: None,
        };
        Organisation {
            id: id.into(),
            name: self.company.to_owned(),
            administrator_email: self.email.to_owned(),
            vertical: self.vertical,
            country,
            region: country.region(),
            language: if self.country == "NL" { Language::Nl } else { Language::En },
            attestation: None,
            created,
            changed: created,
            closed: None,
            people: self.members(id, created),
            partners: if asked { Vec::new() } else { vec![management] },
            purchased: if self.owned_before() { self.purchased.iter().map(purchase).collect() } else { Vec::new() },
            blocked: Vec::new(),
            trials: Vec::new(),
        }
    }

    fn members(&self, id: &str, since: Instant) -> Vec<Member> {
        let member = |id: &str, name: &str, email: &str, role| Member {
            id: id.into(),
            name: name.to_owned(),
            email: email.to_owned(),
            role,
            language: None,
            services: [].into(),
            since,
        };
        let own = self.people.iter().map(|(id, name, email, role)| member(id, name, email, *role));
        let mut members: Vec<Member> = own.collect();
        if members.is_empty() {
            members.push(member(&format!("{id}-administrator"), "", self.email, CustomerRole::FullAdministrator));
        }
        members
    }

    /// One trial from its beginning to where it stands.
    fn live(&self, life: &mut Life<'_>, seed: &SeedTrial, trial: &TrialId, id: &str, making: &Making<'_>) {
        let made = seed.made(making.now);
        let founder = making.person(self.founder());
        let draft = self.draft(seed);
        let attestation = Attestation {
            by: founder.person.id.clone(),
            at: made,
            language: Language::En,
            sentence: words::wizard::attest(Language::En).to_owned(),
        };
        let ordered = || draft.check_for_existing(&DraftFacts::default()).expect("the data keep the rules");
        if seed.is_asked() {
            let ask = Ask {
                ordered: ordered(),
                trial: trial.clone(),
                typed_company: self.company.to_owned(),
                typed_email: self.email.to_owned(),
                asks_full_access: true,
                words: "As agreed on the phone: try it with your own people first, and decide afterwards.".to_owned(),
                phrase: phrase(made.timestamp().unsigned_abs() / 60),
                attestation,
            };
            life.act(Act::Ask(Box::new(ask)), &founder, made);
        } else if life.is_new() {
            let order = draft.check(&DraftFacts::default()).expect("the data keep the rules");
            let administrator = format!("{id}-administrator").as_str().into();
            let start = Start { order, organisation: id.into(), trial: trial.clone(), administrator, attestation };
            life.act(Act::Start(Box::new(start)), &founder, made);
        } else {
            life.act(Act::Add(ordered(), trial.clone()), &founder, made);
        }
        life.provision(trial, made, matches!(seed.when, When::SettingUp));
        let later = seed.changed(making.now);
        let administrator = life.administrator();
        let act = |act| Act::Trial(trial.clone(), act);
        match seed.when {
            When::Pending(_) | When::SettingUp | When::Runs(..) | When::Ended(..) | When::Lapsed(_) => {}
            When::Awaiting(_) => {
                let services = seed.services.iter().copied().collect();
                let accepted = Answered::Accepted { full_access: false, services };
                life.act(act(TrialAct::Answer(accepted, Language::En)), &administrator, later);
            }
            When::Declined(_) => {
                let declined = Answered::Declined { reason: DeclineReason::NotNeeded, note: String::new() };
                life.act(act(TrialAct::Answer(declined, Language::En)), &administrator, later);
            }
            When::Withdrawn(_) | When::Cancelled(_) => life.act(act(TrialAct::Cancel), &founder, later),
            When::Converted(_) => self.convert(life, seed, trial, &founder, making),
        }
    }

    /// Converts a trial; a tier 2 partner hands it over to its distributor first (C2).
    fn convert(&self, life: &mut Life<'_>, seed: &SeedTrial, trial: &TrialId, founder: &Actor, making: &Making<'_>) {
        let later = seed.changed(making.now);
        let act = |act| Act::Trial(trial.clone(), act);
        let by = match making.partner.tier {
            Tier::One => founder.clone(),
            Tier::Two { .. } => {
                life.act(act(TrialAct::HandOver), founder, later - TimeDelta::days(1));
                making.person(ANNA)
            }
        };
        let order = Conversion {
            order_number: format!("PO-{trial}").to_uppercase(),
            contact_email: by.person.email.clone(),
            administrator_email: self.email.to_owned(),
            services: seed.services.iter().copied().collect(),
            confirmed: false,
        };
        life.act(act(TrialAct::Convert(order)), &by, later);
    }

    /// Who looks after it now, where that is not who began (P9).
    fn assign(&self, life: &mut Life<'_>, making: &Making<'_>) {
        let wanted = Assignment {
            in_charge: self.in_charge.map(Into::into),
            assigned: self.assigned.iter().map(|id| (*id).into()).collect(),
        };
        if life.assignment(&making.partner.id) != wanted {
            life.assign(&making.partner.id, wanted);
        }
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
    /// Whether an existing organisation was asked for it.
    fn is_asked(&self) -> bool {
        matches!(
            self.when,
            When::Pending(_) | When::Awaiting(_) | When::Withdrawn(_) | When::Declined(_) | When::Lapsed(_)
        )
    }

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
            When::Pending(left) => today.minus(ANSWER_DAYS.saturating_sub(left)),
            When::Awaiting(ago) | When::Declined(ago) | When::Withdrawn(ago) => today.minus(ago + 4),
            When::Converted(ago) | When::Cancelled(ago) => today.minus(ago + 20),
            When::Lapsed(ago) => today.minus(ago + ANSWER_DAYS + 1),
        };
        in_the_morning(start, now)
    }

    /// When people did the last thing with it.
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
}

/// Nine in the morning of a day, but never later than now.
fn in_the_morning(day: Day, now: Instant) -> Instant {
    (day.begin() + TimeDelta::hours(9)).min(now)
}
