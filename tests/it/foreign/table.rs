//! Who finds what by its id: every operation of the contract and every other door, by everybody who asks. Who is not in a
//! line is answered as if there were no such thing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use liangxin_demo::fixtures;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::{assert_file, operation, operations};
use liangxin_tests::server::Server;
use serde_json::{Value, json};

use super::asks::{self, Asks};
use super::everything::everything;
use super::finding::{Held, Nobodys, finds};
use super::schema::{self, Schema, Things};
use super::ways::{Ways, declared, writes};
use super::{above, doors, no_one, unseen};

const HEAD: &str = "\
Who is answered otherwise for the id of a thing of the county than for one that nobody has: by every operation of the\n\
contract, with every kind of id that it takes, and by every other door. Asked as every role of that county, of the county\n\
beside it, of the city and of the province, as those who work on the things, as their reporter, as the merchant whom they concern, as\n\
another one, and as nobody. Each time with values that are taken as they are, so that the id alone decides. The county\n\
beside, the other merchant and nobody stand in no line, but where merchants alone are named: their register is public. \"No one\" also\n\
stands where the line asks for a thing of another kind; each other line of that sort has its reason in no_one.rs. Of what is written the\n\
city and the province are told that they may not, but where above.rs says otherwise. Who may call an operation at all stands in gate.txt.\n\n";

async fn token(server: &Server, key: &str) -> String {
    let email = fixtures::email_of(key).unwrap();
    let credentials = json!({ "input": { "email": email.as_str(), "password": fixtures::PASSWORD,
        "deviceName": "desk" } });
    let reply = server.ask(&operation("SignIn"), &credentials).await.ok();
    reply.text("signIn.session.accessToken").to_owned()
}

/// From here on nothing happens: whatever would, fails as a whole and is answered otherwise than what is not found.
async fn stop_everything(app: &TestApp) {
    let stop = match app.parts().db.is_postgres() {
        true => {
            "CREATE FUNCTION standstill() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'nothing happens'; END $$; \
             CREATE TRIGGER standstill BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION standstill()"
        }
        false => {
            "CREATE TRIGGER standstill BEFORE INSERT ON event \
             BEGIN SELECT RAISE(ABORT, 'nothing happens'); END"
        }
    };
    app.execute(stop).await;
}

/// Who finds what, by line. Every operation and every door has its line, also one that names nothing.
struct Table<'a> {
    app: &'a TestApp,
    server: &'a Server,
    things: &'a Things,
    held: &'a Held,
    found: BTreeMap<String, Vec<Asks>>,
    /// What those found who have nothing to do with it, and what offices above could write or read unseen.
    faults: Vec<String>,
    /// By which operations offices above read what lies below and were not seen to look.
    unseen: BTreeSet<String>,
}

impl Table<'_> {
    async fn run(&mut self, schema: &Schema, asks: Asks) {
        for name in operations() {
            let document = operation(&name);
            let ways = Ways {
                app: self.app,
                schema,
                things: self.things,
                declared: declared(&document),
            };
            let all = ways.all(&name);
            if all.is_empty() {
                self.found
                    .entry(format!("{name}: names nothing"))
                    .or_default();
            }
            let passes = asks.passes_the_gate(&document);
            let looks = asks.is_above() && !writes(&document);
            if passes && looks {
                self.look_over(asks, &name, ways.unnamed()).await;
            }
            let mut nobodys = Nobodys::new();
            for way in all {
                let line = format!("{name} ({})", way.named);
                self.found.entry(line.clone()).or_default();
                let is_public = way.is_public;
                let sits = (self.app, self.held);
                if !passes {
                    continue;
                }
                let Some(answer) = finds(sits, asks, &name, way, &mut nobodys).await else {
                    continue;
                };
                if asks.is_stranger() && !is_public {
                    self.faults
                        .push(format!("{} finds {line}", asks::told(&[asks])));
                }
                if asks.is_above() && writes(&document) && !above::may(&name, &answer) {
                    self.faults
                        .push(format!("{}, {line}: {answer:?}", asks::told(&[asks])));
                }
                if looks && !is_public && answer.is_empty() {
                    self.unseen.insert(name.clone());
                }
                self.found.entry(line).or_default().push(asks);
            }
        }
    }

    /// Reads a list as somebody from above, who is seen to look unless it shows nothing of what lies below.
    async fn look_over(&mut self, asks: Asks, name: &str, variables: Value) {
        let Some(key) = asks.key() else {
            return;
        };
        let list = self.app.as_(key).run(name, variables).await;
        let shown = list.whole().to_string();
        let mut matters = unseen::MATTERS.iter().map(|kind| self.things[kind]);
        if list.problems().is_empty() && matters.any(|id| shown.contains(&id.to_string())) {
            self.unseen.insert(name.to_owned());
        }
    }

    async fn knock(&mut self, asks: Asks, token: Option<&str>) {
        let (token, code) = match asks {
            Asks::Reporter => (Some(&*self.held.uploads), &*self.held.code),
            _ => (token, "0000-0000-0000-0000-0000-0000"),
        };
        for (door, kind) in doors::asked() {
            let there = doors::knock(self.server, door, (self.things[kind], token, code)).await;
            let nowhere = doors::knock(self.server, door, (self.app.new_id(), token, code)).await;
            let line = format!("{door} ({kind})");
            let who = self.found.entry(line.clone()).or_default();
            // A form that asks for a code names what it was asked for, whatever that is.
            if there == nowhere {
                continue;
            }
            who.push(asks);
            if asks.is_stranger() {
                self.faults
                    .push(format!("{} opens {line}", asks::told(&[asks])));
            }
        }
    }

    fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (line, who) in &self.found {
            match line.ends_with(": names nothing") {
                true => writeln!(text, "{line}").unwrap(),
                false => writeln!(text, "{line}: {}", asks::told(who)).unwrap(),
            }
        }
        text
    }
}

#[tokio::test]
async fn who_finds_what_by_its_id_is_as_it_was_and_nobody_beside_it() {
    on_both(async |app| {
        let schema = Schema::read();
        let server = Server::start(&app, Mode::Production).await;
        asks::open_office_beside(&app).await;
        let (things, held) = everything(&app, &server).await;
        schema::assert_every_kind_is_there(&schema, &things);
        doors::assert_every_kind_is_there(&things);
        let mut tokens = BTreeMap::new();
        for key in Asks::all().into_iter().filter_map(Asks::key) {
            // A first use signs the person in.
            app.as_(key).run("Me", json!({})).await;
            tokens.insert(key, token(&server, key).await);
        }
        stop_everything(&app).await;
        let mut table = Table {
            app: &app,
            server: &server,
            things: &things,
            held: &held,
            found: BTreeMap::new(),
            faults: Vec::new(),
            unseen: BTreeSet::new(),
        };
        for asks in Asks::all() {
            asks.sit(&app).await;
            table.run(&schema, asks).await;
            let token = asks.key().map(|key| tokens[key].as_str());
            table.knock(asks, token).await;
        }
        let mut faults = std::mem::take(&mut table.faults);
        faults.extend(no_one::unexplained(&table.found));
        faults.extend(unseen::unexplained(&table.unseen));
        assert_eq!(faults, Vec::<String>::new());
        assert_file("tests/it/snapshots/foreign.txt", &table.text());
        app.leave_jobs();
    })
    .await;
}
