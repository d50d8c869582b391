//! `proef-server`: reads its settings, starts, and stops when it is asked to. The first line of its output
//! is the address on which it listens; its log goes to the error output, a line of JSON for each entry.

use std::process::ExitCode;

use clap::Parser;
use server::Server;
use server::command::{Command, Doing};
use server::config::{Config, shown};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let doing = Command::parse().doing;
    if let Some(Doing::Config { example: true }) = doing {
        print!("{}", shown::example());
        return ExitCode::SUCCESS;
    }
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let config = match Config::of_process() {
        Ok(config) => config,
        Err(problems) => {
            for problem in problems {
                tracing::error!(setting = problem.name, "{problem}");
            }
            return ExitCode::FAILURE;
        }
    };
    let outcome = match doing {
        Some(Doing::Config { .. }) => {
            println!("The settings can be used.");
            Ok(())
        }
        None => run(config).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            tracing::error!(%why, "it cannot be done");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(config).await?;
    let address = server.address()?;
    println!("http://{address}");
    tracing::info!(%address, "listening");
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
