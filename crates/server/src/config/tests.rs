//! What is read of settings, and what is said of wrong ones.

use std::collections::{BTreeMap, BTreeSet};

use super::database::CONNECTIONS_MAX;
use super::demonstration::DEMONSTRATION;
use super::*;

/// What has to be set at least.
const LEAST: [(&str, &str); 2] = [("DATABASE_URL", "postgres://a"), ("PROEF_ADDRESS", "https://proef.example/")];

fn read_with(variables: &[(&str, &str)], files: &[(&str, &str)]) -> Result<Config, Vec<BadSetting>> {
    let variables: BTreeMap<&str, &str> = variables.iter().copied().collect();
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    Config::read(Surroundings {
        variable: &|name| variables.get(name).map(|value| (*value).to_owned()),
        file: &|path| files.get(path).map(|text| (*text).to_owned()).ok_or(std::io::ErrorKind::NotFound.into()),
    })
}

fn read(settings: &[(&str, &str)]) -> Result<Config, Vec<BadSetting>> {
    read_with(&[&LEAST, settings].concat(), &[])
}

/// Each problem as a line.
fn wrong(outcome: Result<Config, Vec<BadSetting>>) -> Vec<String> {
    outcome.expect_err("something is wrong").iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_left_out_has_a_default_and_an_address_ends_without_a_slash() {
    let config = read(&[]).expect("enough");
    assert_eq!(config.web.listen.to_string(), "127.0.0.1:8000");
    assert_eq!(config.web.address, "https://proef.example");
    assert_eq!((config.database.connections_max, config.demonstration), (CONNECTIONS_MAX, false));
    assert_eq!(config.console.site_domain, "webex.com");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_by_name_and_with_what_would_be_right() {
    let settings = [("DATABASE_URL", " "), ("PROEF_LISTEN", "8000"), ("PROEF_CONNECTIONS", "1")];
    assert_eq!(
        wrong(read_with(&settings, &[])),
        [
            "DATABASE_URL: it is missing: The PostgreSQL database (15 or newer), such as \
             \"postgres://proef@127.0.0.1/proef\"",
            "PROEF_CONNECTIONS: `1` is not a whole number of at least 2",
            "PROEF_LISTEN: `8000` is not an address with a port, such as 127.0.0.1:8000",
            "PROEF_ADDRESS: it is missing: The address of the console, as mails name it, such as \
             \"https://proef.example\"",
        ]
    );
    assert_eq!(wrong(read(&[("PROEF_DEMONSTRATION", "yes")])), ["PROEF_DEMONSTRATION: `yes` is not `true` or `false`"]);
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = "[database]\nurl = \"postgres://file\"\nconnections = 7\n[web]\naddress = \"https://file.example\"\n";
    let files = [("/etc/proef.toml", file)];
    let config = read_with(&[("PROEF_CONFIG", "/etc/proef.toml"), ("DATABASE_URL", "postgres://variable")], &files);
    let config = config.expect("both together are enough");
    assert_eq!((config.database.url.as_str(), config.database.connections_max), ("postgres://variable", 7));
    assert_eq!(config.web.address, "https://file.example");
}

#[test]
fn an_unknown_key_of_the_file_is_refused_with_the_nearest_known_one() {
    let file = "listen = \"127.0.0.1:1\"\n[web]\nlisten-on = 1\nzzz = 1\n[databse]\nurl = \"x\"\n[database]\nconnections = 1.5\n";
    let told = wrong(read_with(&[&LEAST[..], &[("PROEF_CONFIG", "p.toml")]].concat(), &[("p.toml", file)]));
    for line in [
        "listen in p.toml: there is no such setting; did you mean `web.listen`?",
        "web.listen-on in p.toml: there is no such setting; did you mean `web.listen`?",
        "web.zzz in p.toml: there is no such setting; `proef-server config --example` shows all",
        "databse.url in p.toml: there is no such setting; did you mean `database.url`?",
        "database.connections in p.toml: it has to be a text, a whole number, `true` or `false`, or a list of texts",
    ] {
        assert!(told.contains(&line.to_owned()), "{line}\n{told:#?}");
    }
    assert_eq!(told.len(), 5);
}

#[test]
fn a_file_that_is_missing_or_no_toml_is_named_and_none_of_its_text_is_quoted() {
    let config = [("PROEF_CONFIG", "p.toml")];
    let told = wrong(read_with(&[&LEAST[..], &config].concat(), &[]));
    assert_eq!(told, ["PROEF_CONFIG: cannot read `p.toml`: entity not found"]);
    let told = wrong(read_with(&[&LEAST[..], &config].concat(), &[("p.toml", "[database]\nurl = hunter2\n")]));
    assert!(told[0].starts_with("PROEF_CONFIG: `p.toml` is not TOML: line 2: "), "{told:?}");
    assert!(!told[0].contains("hunter2"), "{told:?}");
}

#[test]
fn a_secret_may_stand_in_a_file_of_its_own_and_is_quoted_nowhere() {
    let address = LEAST[1];
    let from_file = [address, ("DATABASE_URL_FILE", "/run/secret")];
    let config = read_with(&from_file, &[("/run/secret", "postgres://a:hunter2@b\n")]).expect("it is read");
    assert_eq!(config.database.url, "postgres://a:hunter2@b");
    assert!(!format!("{config:?}").contains("hunter2"));
    let told = |files: &[(&str, &str)]| wrong(read_with(&from_file, files));
    assert_eq!(told(&[]), ["DATABASE_URL_FILE: cannot read `/run/secret`: entity not found"]);
    assert_eq!(
        told(&[("/run/secret", "\n")]),
        ["DATABASE_URL_FILE: `/run/secret` is empty; it has to hold the secret"]
    );
    let both = wrong(read(&[("DATABASE_URL_FILE", "/run/secret")]));
    assert_eq!(both, ["DATABASE_URL: it is set beside `DATABASE_URL_FILE`; one of both is enough"]);
    let file = [("p.toml", "[database]\nurl-file = \"/run/secret\"\n"), ("/run/secret", "postgres://c")];
    let config = read_with(&[address, ("PROEF_CONFIG", "p.toml")], &file).expect("it is read");
    assert_eq!(config.database.url, "postgres://c");
}

/// The mail server that is read of some settings.
fn mail(settings: &[(&str, &str)]) -> Result<Mail, Vec<BadSetting>> {
    let from = [("PROEF_MAIL_FROM", "Proef <proef@proef.example>")];
    read(&[&from[..], settings].concat()).map(|config| config.mail.expect("a mail server is named"))
}

#[test]
fn mail_is_encrypted_unless_the_mail_server_is_this_machine_or_it_is_set_otherwise() {
    for (host, set, encryption, port) in [
        ("smtp.example", "", Encryption::StartTls, 587),
        ("smtp.example", "tls", Encryption::Tls, 465),
        ("smtp.example", "none", Encryption::None, 25),
        ("127.0.0.1", "", Encryption::None, 25),
        ("localhost", "", Encryption::None, 25),
        ("[::1]", "", Encryption::None, 25),
        ("localhost", "starttls", Encryption::StartTls, 587),
        ("localhost.example", "", Encryption::StartTls, 587),
    ] {
        let found = mail(&[("PROEF_SMTP_HOST", host), ("PROEF_SMTP_ENCRYPTION", set)]).expect("it can be used");
        assert_eq!((found.encryption, found.port), (encryption, port), "{host} {set}");
    }
    assert!(read(&[]).expect("enough").mail.is_none(), "without a host mails wait");
}

#[test]
fn mail_that_could_not_work_or_would_show_its_password_is_refused() {
    let host = ("PROEF_SMTP_HOST", "smtp.example");
    let password = [host, ("PROEF_SMTP_USER", "proef"), ("PROEF_SMTP_PASSWORD", "open sesame")];
    let found = mail(&password).expect("it can be used");
    assert!(!format!("{found:?}").contains("sesame"));
    for (settings, name, why) in [
        (&[&password[..], &[("PROEF_SMTP_ENCRYPTION", "none")]].concat()[..], "PROEF_SMTP_ENCRYPTION", "could be read"),
        (&[host, ("PROEF_SMTP_USER", "proef")], "PROEF_SMTP_PASSWORD", "missing beside the name"),
        (&[host, ("PROEF_SMTP_PASSWORD", "open sesame")], "PROEF_SMTP_USER", "missing beside the password"),
        (&[host, ("PROEF_MAIL_FROM", "")], "PROEF_MAIL_FROM", "missing beside the mail server"),
        (&[host, ("PROEF_MAIL_FROM", "proef")], "PROEF_MAIL_FROM", "`proef` is not an address"),
        (&[host, ("PROEF_SMTP_PORT", "0")], "PROEF_SMTP_PORT", "`0` is not a port"),
        (&[host, ("PROEF_SMTP_TIMEOUT_SECONDS", "41")], "PROEF_SMTP_TIMEOUT_SECONDS", "from 3 to 40"),
        (&[host, ("PROEF_SMTP_ENCRYPTION", "ssl")], "PROEF_SMTP_ENCRYPTION", "`starttls` or `tls` or `none`"),
    ] {
        let told = wrong(mail(settings).map(|_| read(&[]).expect("enough")));
        let [only] = &told[..] else { panic!("one problem: {told:#?}") };
        assert!(only.starts_with(&format!("{name}: ")) && only.contains(why), "{only}");
        assert!(!only.contains("sesame"), "{only}");
    }
}

#[test]
fn how_a_copy_is_watched_and_stops_has_limits() {
    let operation = read(&[("PROEF_OTLP_ENDPOINT", "http://collector:4318/")]).expect("enough").operation;
    assert_eq!((operation.listen, operation.otlp.as_deref()), (None, Some("http://collector:4318")));
    assert_eq!((operation.drain.as_secs(), operation.stop.as_secs()), (0, 30));
    let bad = [
        ("PROEF_OPERATION_LISTEN", "9000"),
        ("PROEF_OTLP_ENDPOINT", "collector:4318"),
        ("PROEF_DRAIN_SECONDS", "301"),
        ("PROEF_STOP_SECONDS", "0"),
    ];
    let names: BTreeSet<String> = read(&bad).expect_err("all are wrong").into_iter().map(|each| each.name).collect();
    assert_eq!(names, bad.map(|(name, _)| name.to_owned()).into());
}

#[test]
fn only_a_build_for_it_plays_a_demonstration_and_only_when_it_is_asked_to_g6() {
    let asked = read(&[("PROEF_DEMONSTRATION", "true")]).map(|config| config.demonstration);
    match cfg!(feature = "demonstration") {
        true => assert_eq!(asked, Ok(true)),
        false => assert_eq!(asked.expect_err("refused")[0].name, DEMONSTRATION.variable),
    }
}

#[test]
fn no_build_that_is_shipped_plays_a_demonstration_g6() {
    // Tests alone switch the feature on; were it a default, or wanted by what is shipped, personas could
    // sign in on a server.
    let manifest = include_str!("../../Cargo.toml");
    let shipped: String = manifest.split("[dev-dependencies]").take(1).collect();
    assert!(shipped.contains("\ndemonstration = []\n"), "it brings nothing else");
    assert!(!shipped.contains("default = "), "there are no default features");
    assert_eq!(shipped.matches("demonstration = ").count(), 1);
}
