//! `proef-server`: reads its settings, starts, and stops when it is asked to. The first line of its output
//! is the address on which it listens; its log goes to the error output, a line of JSON for each entry.

use std::process::ExitCode;

use backend::partners::Added;
use clap::Parser;
use server::Server;
use server::command::{AddPartner, Command, Doing, PartnerDoing};
use server::config::{Config, shown};
use server::operation::traces;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    let doing = Command::parse().doing;
    if let Some(Doing::Config { example: true }) = doing {
        print!("{}", shown::example());
        return ExitCode::SUCCESS;
    }
    let config = Config::of_process();
    let otlp = config.as_ref().ok().and_then(|config| config.operation.otlp.as_deref());
    let traces = match traces::begin(otlp) {
        Ok(traces) => traces,
        Err(why) => {
            tracing::error!(%why, "PROEF_OTLP_ENDPOINT: traces cannot go there");
            return ExitCode::FAILURE;
        }
    };
    let outcome = match (config, doing) {
        (Err(problems), _) => {
            for problem in problems {
                tracing::error!(setting = problem.name, "{problem}");
            }
            return ExitCode::FAILURE;
        }
        (Ok(_), Some(Doing::Config { .. })) => {
            println!("The settings can be used.");
            Ok(())
        }
        (Ok(config), Some(Doing::Partner(PartnerDoing::Add(partner)))) => add(config, partner).await,
        (Ok(config), None) => run(config).await,
    };
    // The exporter is waited for, and nothing else runs any more.
    tokio::task::block_in_place(|| traces.end());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            tracing::error!(%why, "it cannot be done");
            ExitCode::FAILURE
        }
    }
}

/// Adds a partner to the database, which is brought up to date first.
async fn add(config: Config, partner: AddPartner) -> Result<(), Box<dyn std::error::Error>> {
    let id = partner.id.clone();
    let backend = server::backend(config).await?;
    match backend.add_partner(&partner.partner()).await? {
        Added::Stored => println!("The partner `{id}` is there now."),
        Added::Unchanged => println!("The partner `{id}` was there already, as it is."),
    }
    Ok(())
}

async fn run(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(config).await?;
    let address = server.address()?;
    println!("http://{address}");
    let private = server.private_address()?.map(|address| address.to_string());
    tracing::info!(%address, private, "listening");
    let (mut terminated, mut interrupted) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
        tracing::info!("stopping");
    };
    server.run(stop).await?;
    Ok(())
}
