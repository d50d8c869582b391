//! The first partner, as whoever runs the server adds it to an empty database.

use std::process::Command;

use crate::cluster::Cluster;

/// What the command says, and whether it went well.
fn partner_add(database: &str, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proef-server"));
    command.env_clear().env("DATABASE_URL", database).env("PROEF_ADDRESS", "https://proef.example");
    let output = command.args(["partner", "add"]).args(arguments).output().expect("it runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_partner_with_its_first_person_is_added_to_an_empty_database_once_p1() {
    let cluster = Cluster::start();
    let database = cluster.database();
    let first = [
        "--id",
        "noordzee",
        "--name",
        "Noordzee Telecom",
        "--person-email",
        "Anna@Noordzee.example",
        "--person-name",
        "Anna",
    ];
    let everything = || {
        cluster.sql("test_0", "SELECT count(*), sum(version) FROM (SELECT version FROM partners UNION ALL \
         SELECT version FROM people UNION ALL SELECT version FROM homes UNION ALL SELECT version FROM addresses) AS all_of_it")
    };
    let (well, said) = partner_add(&database, &first);
    assert!(well && said.contains("The partner `noordzee` is there now."), "{said}");
    let person = "SELECT json::jsonb->>'email', json::jsonb->>'name', json::jsonb->'role' FROM people";
    let person = cluster.sql("test_0", person);
    assert!(
        person.starts_with("anna@noordzee.example|Anna|") && person.contains("sales-full-administrator"),
        "{person}"
    );
    let after = everything();
    assert!(after.starts_with("4|"), "{after}");

    // Once more, it says so and stores nothing.
    let (well, said) = partner_add(&database, &first);
    assert!(well && said.contains("was there already"), "{said}");
    assert_eq!(everything(), after);

    // One of tier 2 needs its distributor, and that has to be of tier 1.
    let second = ["--id", "fjord", "--name", "Fjord", "--distributor", "noordzee", "--not-certified"];
    assert!(partner_add(&database, &second).0);
    let tier = cluster
        .sql("test_0", "SELECT json::jsonb->>'certified', json::jsonb->'tier' FROM partners WHERE key = 'fjord'");
    assert!(tier.starts_with("false|") && tier.contains("noordzee"), "{tier}");

    let after = everything();
    for (arguments, why) in [
        (
            &["--id", "noordzee", "--name", "Other"][..],
            "there is `noordzee` already: \\\"Noordzee Telecom\\\", tier 1, certified",
        ),
        (
            &["--id", "third", "--name", "Third", "--distributor", "fjord"],
            "the distributor `fjord` is no tier 1 partner",
        ),
        (
            &["--id", "third", "--name", "Third", "--distributor", "third"],
            "the distributor `third` is no tier 1 partner",
        ),
        (&["--id", "Third/1", "--name", "Third"], "the id has to be of 1 to 40 letters"),
        (&["--id", "third", "--name", " "], "the name has to be of 1 to 100"),
        (&["--id", "third", "--name", "Third", "--person-email", "anna"], "the address is none"),
        (
            &["--id", "third", "--name", "Third", "--person-email", "anna@noordzee.example"],
            "the address is that of a person of somebody else",
        ),
        (&["--id", "third"], "--name <NAME>"),
    ] {
        let (well, said) = partner_add(&database, arguments);
        assert!(!well && said.contains(why), "{arguments:?}: {said}");
    }
    assert_eq!(everything(), after, "what is refused stores nothing");

    let replaced = ["--id", "noordzee", "--name", "Noordzee", "--not-certified", "--replace"];
    assert!(partner_add(&database, &replaced).0);
    let name = cluster.sql("test_0", "SELECT json::jsonb->>'name' FROM partners WHERE key = 'noordzee'");
    assert_eq!(name, "Noordzee");
}
