//! The file with people: what is read, and what is named (U2, H5).

use crate::service::Service;
use crate::set_up::file::{FILE_MAX, HEADS, LINES_MAX, Line, LineFault, read};
use crate::verdict::{Because, RuleId};

fn lines(text: &str) -> Vec<Line> {
    read(text.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal:?} for {text:?}"))
}

/// The lines that bring somebody, as number, address, name and services.
fn people(text: &str) -> Vec<(u32, String, String, Vec<Service>)> {
    let good = |line: Line| {
        let new = line.read.ok()?;
        Some((line.number, new.email, new.name, new.services.into_iter().collect()))
    };
    lines(text).into_iter().filter_map(good).collect()
}

/// The lines that bring nobody, as number and reason.
fn bad(text: &str) -> Vec<(u32, LineFault)> {
    lines(text).into_iter().filter_map(|line| Some((line.number, line.read.err()?))).collect()
}

#[test]
fn columns_may_stand_in_another_order_when_their_heads_say_so_u2() {
    let text = "Diensten;Achternaam;Voornaam;E-mailadres\nbellen, meetings;Smit;Noor;noor@example.com\n";
    let lines = read(text.as_bytes()).expect("a file");
    let new = lines[0].read.as_ref().expect("a person");
    assert_eq!((lines[0].email.as_str(), new.name.as_str()), ("noor@example.com", "Noor Smit"));
    assert_eq!(new.services, [Service::Meetings, Service::Calling].into());
}

#[test]
fn a_file_is_read_with_comma_or_semicolon_with_or_without_mark_heads_and_quotes_u2() {
    let both = vec![Service::Messaging, Service::Meetings];
    let noor = (2, "noor@example.com".to_owned(), "Noor Smit".to_owned(), both.clone());
    let tom = (3, "tom@example.com".to_owned(), "Tom de \"Bos\", jr".to_owned(), vec![]);
    for text in [
        "email,first name,last name,services\nNoor@example.com,Noor,Smit,messaging meetings\ntom@example.com,Tom,\"de \"\"Bos\"\", jr\"\n",
        "\u{feff}E-mailadres;voornaam;achternaam;diensten\r\nnoor@example.com;Noor;Smit;Messaging, MEETINGS\r\ntom@example.com;Tom;de \"Bos\", jr;\r\n",
        "\"email\";\"first name\"\rnoor@example.com; Noor ; Smit ;\"meetings;messaging\"\rtom@example.com;Tom;\"de \"\"Bos\"\", jr\";\"\"",
    ] {
        assert_eq!(people(text), [noor.clone(), tom.clone()], "{text}");
        assert_eq!(bad(text), [], "{text}");
    }
    // A quote that is never closed spoils its own line, and not how the others are parted.
    let text = "\"ann@example.com;Ann;Smit\nnoor@example.com;Noor;Smit;messaging meetings\n";
    assert_eq!((people(text), bad(text).len()), (vec![noor.clone()], 1));
    // Without heads the first line is a person.
    assert_eq!(people("tom@example.com,Tom,Bos")[0].0, 1);
    for head in HEADS {
        assert_eq!(people(&format!("{},b,c\ntom@example.com,Tom,Bos", head.to_uppercase())).len(), 1, "{head}");
    }
}

#[test]
fn each_bad_line_is_named_with_its_number_and_takes_no_other_with_it_u2() {
    let text = "email,first name,last name,services\n\
        a@example.com,Ann,Smit\n\
        \n\
        no address,Bob,Smit,\n\
        ,Cas,Smit,\n\
        d@example.com,,,\n\
        e@example.com,\"Eva,Smit,\n\
        f@example.com,=HYPERLINK(1),Smit,\n\
        g@example.com,Gijs,Smit,fax\n\
        h@example.com,Han,Smit,devices\n\
        i@example.com\n\
        j@example.com,Jan,Smit,messaging,calling\n\
        k@example.com,Kim,a\u{202e}b,\n\
        ,,,\n\
        l@example.com,Lea,Smit,calling/meetings\n";
    let expected = [
        (4, LineFault::Email),
        (5, LineFault::NoEmail),
        (6, LineFault::NoName),
        (7, LineFault::Quote),
        (8, LineFault::Formula),
        (9, LineFault::Service),
        (10, LineFault::Service),
        (11, LineFault::Columns),
        (12, LineFault::Columns),
        (13, LineFault::Name),
    ];
    assert_eq!(bad(text), expected);
    let numbers: Vec<u32> = people(text).into_iter().map(|(number, ..)| number).collect();
    assert_eq!(numbers, [2, 15], "the good ones can still be taken");
    let every: std::collections::BTreeSet<LineFault> = expected.into_iter().map(|(_, fault)| fault).collect();
    assert_eq!(every.len(), LineFault::ALL.len(), "each reason has a line here");
    let named = lines(text).into_iter().find(|line| line.number == 4).map(|line| line.email);
    assert_eq!(named.as_deref(), Some("no address"), "and the line is told by what stands there");
}

#[test]
fn what_is_no_file_with_people_is_refused_as_a_whole_u2() {
    let windows_1252 = b"email,first name,last name\nzoe@example.com,Zo\xeb,Smit\n";
    let pdf = b"%PDF-1.7\n1 0 obj\x00\x01 stream";
    let many = "a@example.com,A,B\n".repeat(LINES_MAX + 1);
    let rows: [(&[u8], Because); 7] = [
        (b"", Because::FileEmpty),
        (b"\xef\xbb\xbf\r\n;;;\r\n", Because::FileEmpty),
        (b"email,first name,last name,services\n", Because::FileEmpty),
        (windows_1252, Because::FileNotUtf8),
        (pdf, Because::FileNotText),
        (many.as_bytes(), Because::FileTooLarge),
        (&vec![b'a'; FILE_MAX + 1], Because::FileTooLarge),
    ];
    for (bytes, because) in rows {
        let refusal = read(bytes).expect_err("it is none");
        assert_eq!((refusal.rule, refusal.because), (RuleId::U2, because));
    }
}

#[test]
fn ten_thousand_lines_are_read_u2() {
    let text: String = (0..LINES_MAX).map(|at| format!("person{at}@example.com;Person;{at};messaging\n")).collect();
    let read = lines(&text);
    assert_eq!((read.len(), read[LINES_MAX - 1].number), (LINES_MAX, LINES_MAX as u32));
    assert!(read.iter().all(|line| line.read.is_ok()));
}

mod any {
    use proptest::prelude::*;

    use crate::set_up::file::read;

    proptest! {
        #[test]
        fn no_file_brings_the_reader_down_and_every_line_keeps_its_place_u2(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(lines) = read(&bytes) {
                let numbers: Vec<u32> = lines.iter().map(|line| line.number).collect();
                prop_assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }

        #[test]
        fn no_text_brings_the_reader_down_u2(text in "[a-z@.,;\"\r\n =é]{0,200}") {
            drop(read(text.as_bytes()));
        }
    }
}
