//! The command line.
#![expect(
    clippy::print_stdout,
    reason = "a command line speaks on standard output"
)]

mod accounts;
mod demo;
mod jobs;
mod judge;
mod keys;
mod law;
mod log;
mod register;
mod serve;
mod verify;

use crate::{
    boot,
    config::{Config, Settings},
    private_files, rule_directory,
};
use clap::{Args, Parser, Subcommand};
use liangxin_domain::metrology::rules::RuleSet;
use liangxin_graphql::{limits::Mode, schema};
use std::{path::PathBuf, process::ExitCode};
use tracing_subscriber::EnvFilter;

/// 量信 Liangxin: the backend for honest weights and measures.
///
/// Without any setting everything is embedded: a SQLite file, a directory for photos and a folder
/// for mail, served on this machine alone. Try `liangxin demo` first.
#[derive(Parser)]
#[command(
    name = "liangxin",
    version,
    about,
    long_about,
    arg_required_else_help = true
)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Play the whole job once, from a citizen's report to a public rating, and keep serving.
    Demo {
        #[command(flatten)]
        place: Place,
        /// Stop after the story; the exit code is 0 only if every step succeeded.
        #[arg(long)]
        once: bool,
    },
    /// Run the server.
    Serve {
        #[command(flatten)]
        place: Place,
        /// Load the made-up people, merchants and instruments first, and allow GraphiQL. Their
        /// password is public: never on a real system.
        #[arg(long)]
        fixtures: bool,
    },
    /// Bring the database to the form that this version needs.
    Migrate {
        #[command(flatten)]
        place: Place,
    },
    /// Set up an empty system: write the bureaus, people, merchants and instruments of four TOML files
    /// into it, and print everybody's first password, this one time, and the merchants' codes.
    Register {
        /// Directory with bureaus.toml, people.toml, merchants.toml and instruments.toml
        dir: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Print the GraphQL schema.
    Schema,
    /// Judge a measurement given as a JSON file, and print the verdict with its explanation.
    Judge {
        /// The measurement: {"family": "RETAIL_WEIGHING", ...}
        file: PathBuf,
        /// Print the verdict as JSON instead of text
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        rules: Rules,
    },
    /// Check the law, ask what a change of it would do, load a year of the calendar.
    Law {
        #[command(subcommand)]
        what: law::LawCommand,
    },
    /// List the accounts, and let somebody in again whom nobody else can help.
    Accounts {
        #[command(subcommand)]
        what: accounts::AccountsCommand,
    },
    /// Show the keys that the database was filled with, and put others in their place.
    Keys {
        #[command(subcommand)]
        what: keys::KeysCommand,
    },
    /// List the work that waits for a person, such as mails that a server refused, and try it again.
    Jobs {
        #[command(subcommand)]
        what: jobs::JobsCommand,
    },
    /// Take the seals over the log of events out, to deposit them elsewhere.
    Log {
        #[command(subcommand)]
        what: log::LogCommand,
    },
    /// Check that every row can be read, every stored photo is whole and every stored verdict can be recomputed.
    #[command(args_conflicts_with_subcommands = true)]
    Verify {
        #[command(flatten)]
        place: Place,
        #[command(subcommand)]
        one: Option<verify::VerifyOne>,
    },
}

#[derive(Args)]
struct Rules {
    /// Directory of measurement rules that replace or join the built-in ones
    #[arg(long = "rules", value_name = "DIR")]
    directory: Option<PathBuf>,
}

impl Rules {
    /// The built-in editions with those of the directory, which the environment may name too.
    fn read(self) -> anyhow::Result<RuleSet> {
        match self.directory.or(Settings::from_process().rules) {
            Some(directory) => rule_directory::read(&directory),
            None => Ok(RuleSet::embedded()?),
        }
    }
}

#[derive(Args)]
struct Place {
    /// Address and port to listen on; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Directory of the embedded database, photos, mail and keys [default: liangxin-data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Directory of law files that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    law: Option<PathBuf>,
    /// A TOML file with settings; the environment and the options above win over it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Place {
    /// The settings: command line, then environment, then file.
    fn settings(self) -> anyhow::Result<Settings> {
        let file = self
            .config
            .as_deref()
            .map(Settings::from_file)
            .transpose()?
            .unwrap_or_default();
        let line = Settings {
            listen: self.listen,
            data: self.data,
            law: self.law,
            ..Settings::default()
        };
        Ok(line.or(Settings::from_process()).or(file))
    }
}

/// Runs the command that the process was called with.
#[must_use]
pub fn run() -> ExitCode {
    private_files::close();
    // The library's own choice of a provider would panic if a second one were ever linked in;
    // an error means that it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let filter = EnvFilter::try_from_env("LIANGXIN_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,liangxin=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // It would be told on the very stream that takes nothing more, and that ends whoever writes: a full disk
        // under the log must not end the work.
        .log_internal_errors(false)
        .init();
    let line = Line::parse();
    match actix_web::rt::System::new().block_on(perform(line.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn perform(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo { place, once } => {
            demo::run(
                place.settings()?,
                if once {
                    demo::Then::Stop
                } else {
                    demo::Then::Serve
                },
            )
            .await
        }
        Command::Serve { place, fixtures } => {
            let people = if fixtures {
                serve::People::Fixtures
            } else {
                serve::People::Real
            };
            serve::run(place.settings()?, people).await
        }
        Command::Migrate { place } => {
            let config = place.settings()?.check()?;
            boot::migrate_alone(&config).await?;
            println!("the database is up to date");
            Ok(())
        }
        Command::Register { dir, place } => register::run(place.settings()?, &dir).await,
        Command::Schema => {
            print!("{}", schema::sdl());
            Ok(())
        }
        Command::Judge { file, json, rules } => {
            let form = if json {
                judge::Form::Json
            } else {
                judge::Form::Text
            };
            judge::run(&file, &rules.read()?, form)
        }
        Command::Law { what } => law::run(what).await,
        Command::Accounts { what } => accounts::run(what).await,
        Command::Keys { what } => keys::run(what).await,
        Command::Jobs { what } => jobs::run(what).await,
        Command::Log { what } => log::run(what).await,
        Command::Verify { place, one } => verify::run(place, one).await,
    }
}

/// Settings for made-up people: development, unless somebody says otherwise.
fn for_fixtures(settings: Settings, data: &str) -> anyhow::Result<Config> {
    let defaults = Settings {
        mode: Some("development".to_owned()),
        data: Some(PathBuf::from(data)),
        // The days that they skip must not take the mails away from whoever wants to see them.
        mail_days: Some("366".to_owned()),
        ..Settings::default()
    };
    let config = settings.or(defaults).check()?;
    if config.mode == Mode::Production {
        tracing::warn!("fixtures on a production server: everybody knows their password");
    }
    Ok(config)
}
