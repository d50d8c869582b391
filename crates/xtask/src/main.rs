//! The project's commands. `cargo xtask` alone lists them.

mod api;
mod backends;
mod bench;
mod bytes;
mod chromium;
mod ci;
mod compress;
mod conform;
mod dist;
mod doctor;
mod hosting;
mod http;
mod keep_out;
mod nginx;
mod paths;
mod perf;
mod pins;
mod postgresql;
mod program;
mod python;
mod root_rights;
mod serve;
mod server;
mod site;
mod step;
mod tally;
mod test;
mod tools;
mod verify;
mod wasm_compiler;

use anyhow::{Result, bail};
use pico_args::Arguments;
use std::ffi::OsString;
use std::process::ExitCode;
use tally::Tally;
use test::Part;

const HELP: &str = "\
cargo xtask serve [--port N]    set up, build and serve on http://127.0.0.1:8080
cargo xtask serve --server      the same with two servers, PostgreSQL, an identity provider and mail
cargo xtask test                run every test; the last line is `N passed, N failed`
cargo xtask test --only native|browser|server [ARGUMENTS OF THE RUNNER]
cargo xtask dist --api URL      the console for a server, as files to host, in target/console
cargo xtask api                 try the API by its OpenAPI description (schemathesis)
cargo xtask ci                  format, lints, documentation, build, byte budget, tests, API
cargo xtask conform [URL] [PART OF A NAME]
                                the conformance suite against a backend; without a URL in Chromium
cargo xtask verify-receipt FILE [--key HEX]
                                says whether a receipt of consent is genuine, and what stands in it
cargo xtask perf                sizes, and time to a usable list, plain and slowed down
cargo xtask bench server [N]    requests per second and how long they take, for N customers each
cargo xtask doctor              what is there, what is missing, how it would be installed";

fn main() -> ExitCode {
    match command(Arguments::from_env()) {
        Ok(code) => code,
        Err(why) => {
            eprintln!("error: {why:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(mut arguments: Arguments) -> Result<ExitCode> {
    match arguments.subcommand()?.as_deref() {
        Some("serve") => {
            let port = arguments.opt_value_from_str("--port")?.unwrap_or(serve::PORT);
            let with_server = arguments.contains("--server");
            nothing_left(arguments)?;
            serve::serve(port, with_server)?;
        }
        Some("test") => {
            let part = match arguments.opt_value_from_str::<_, String>("--only")?.as_deref() {
                None => Part::All,
                Some("native") => Part::Native,
                Some("browser") => Part::Browser,
                Some("server") => Part::Server,
                Some(other) => bail!("--only takes native, browser or server, not {other}"),
            };
            let rest = if part == Part::All { nothing_left(arguments)? } else { arguments.finish() };
            return Ok(counted(test::test(part, &rest)));
        }
        Some("dist") => {
            let api = arguments.value_from_str("--api")?;
            nothing_left(arguments)?;
            dist::dist(api)?;
        }
        Some("api") => {
            nothing_left(arguments)?;
            api::check()?;
            api::check_server()?;
        }
        Some("ci") => {
            nothing_left(arguments)?;
            return Ok(counted(ci::ci()));
        }
        Some("conform") => {
            let mut rest = arguments.finish();
            let is_url = |text: &OsString| text.to_str().is_some_and(|text| text.contains("://"));
            let url = rest.first().filter(|first| is_url(first)).and_then(|first| first.to_str()).map(str::to_owned);
            rest.drain(..usize::from(url.is_some()));
            return Ok(counted(conform::conform(url.as_deref(), &rest)));
        }
        Some("verify-receipt") => return verify::receipt(&arguments.finish()),
        Some("perf") => {
            nothing_left(arguments)?;
            perf::perf()?;
        }
        Some("bench") => match arguments.subcommand()?.as_deref() {
            Some("server") => bench::server(&arguments.finish())?,
            _ => bail!("bench what? There is `cargo xtask bench server`"),
        },
        Some("doctor") => {
            nothing_left(arguments)?;
            doctor::doctor()?;
        }
        Some(other) => bail!("no command `{other}`\n{HELP}"),
        None => println!("{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// The last line is always the count, also when the tests could not begin.
fn counted(outcome: Result<Tally>) -> ExitCode {
    let tally = outcome.unwrap_or_else(|why| {
        println!("error: {why:#}");
        Tally::broken("the set-up")
    });
    tally.print();
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn nothing_left(arguments: Arguments) -> Result<Vec<OsString>> {
    let rest = arguments.finish();
    if rest.is_empty() { Ok(rest) } else { bail!("not understood: {}\n{HELP}", rest.join(" ".as_ref()).display()) }
}
