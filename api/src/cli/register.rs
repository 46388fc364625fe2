//! `liangxin register`: the first set-up of a real system.

use crate::{
    boot::{self, Opening},
    config::Settings,
};
use anyhow::Context as _;
use liangxin_app::{
    ports::clock::Clock,
    register::{Credential, Files, Random, Register, SetUp, rate},
};
use std::{
    io::{self, Write},
    path::Path,
};

/// Writes the register that the files of a directory describe into an empty database, and prints
/// what nobody can ask for later: the passwords, and beside them the codes for the walls.
pub(super) async fn run(settings: Settings, directory: &Path) -> anyhow::Result<()> {
    let config = settings.check()?;
    let files = Files::in_directory(directory)?;
    let opening = if config.is_embedded {
        Opening::Migrate
    } else {
        Opening::Work
    };
    let app = boot::open(&config, Clock::System, String::new(), opening).await?;
    let naming = Random::new(app.ids.clone(), app.now());
    let register = Register::read(&files, &naming, &app.law.divisions)?;
    let set_up = SetUp::begin(&app, &register).await?;
    // Before the commit: a system whose passwords nobody has seen could not be set up again.
    print(&mut io::stdout().lock(), set_up.credentials(), &register)
        .context("cannot print the passwords, so nothing was registered")?;
    set_up
        .commit()
        .await
        .context("nothing was registered, and what is printed is void")?;
    rate(&app, &register, &naming)
        .await
        .context("everything is registered, but not every merchant has its first grade")
}

/// Two tables: who signs in with what, and which code is whose.
fn print(out: &mut impl Write, credentials: &[Credential], register: &Register) -> io::Result<()> {
    let addresses = credentials.iter().map(|one| one.email.as_str());
    let width = addresses.clone().map(str::len).max().unwrap_or_default();
    writeln!(out, "{:width$}  password", "email")?;
    for (address, one) in addresses.zip(credentials) {
        writeln!(out, "{address:width$}  {}", one.password.expose())?;
    }
    writeln!(out, "\n{:10}  name", "code")?;
    for (_, merchant) in &register.merchants {
        writeln!(out, "{:10}  {}", merchant.code.as_str(), merchant.name_zh)?;
    }
    out.flush()
}
