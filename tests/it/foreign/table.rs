//! Who finds what by its id: every operation of the contract and every other door, by everybody who asks. Who is not in a
//! line is answered as if there were no such thing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use liangxin_demo::fixtures;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::contract::{assert_file, operation, operations};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use serde_json::{Value, json};
use uuid::Uuid;

use super::asks::{self, Asks};
use super::finding::{Held, Nobodys, Way, finds};
use super::schema::{self, Ids, Schema, Things, Values};
use super::{doors, ids, things_of};
use crate::identity::{filed, identity, request};

const HEAD: &str = "\
Who is answered otherwise for the id of a thing of the county than for one that nobody has: by every operation of the\n\
contract, with every kind of id that it takes, and by every other door. Asked as every role of that county, of the county\n\
beside it, of the city and of the province, as those who work on the things, as their reporter, as the merchant whom they concern, as\n\
another one, and as nobody. Each time with values that are taken as they are, so that the id alone decides. The county\n\
beside, the other merchant and nobody stand in no line, but where merchants alone are named: their register is public. \"No one\" also\n\
stands where the line asks for a thing of another kind, where a thing is told apart by no answer (a filter, the account of a new\n\
person), and where a receipt code or the token of an upload is needed, but for the reporter, who has them. Who may call an operation at all stands in gate.txt.\n\n";

/// Things that papers are about, which are asked for by their kind.
const SUBJECTS: [&str; 5] = ["complaintId", "reportId", "caseId", "rewardId", "disputeId"];

/// What a document wants to be told: names and types of its variables.
fn declared(document: &str) -> Vec<(String, String)> {
    let mut lines = document.lines();
    let head = lines.find(|line| line.starts_with("query") || line.starts_with("mutation"));
    let Some((_, list)) = head.unwrap_or_default().split_once('(') else {
        return Vec::new();
    };
    let list = list.rsplit_once(')').map_or(list, |(list, _)| list);
    list.split('$')
        .filter_map(|part| part.split_once(": "))
        .map(|(name, kind)| {
            (
                name.to_owned(),
                kind.trim_end_matches([',', ' ']).to_owned(),
            )
        })
        .collect()
}

/// The ways to name things to an operation.
struct Ways<'a> {
    app: &'a TestApp,
    schema: &'a Schema,
    things: &'a Things,
    declared: Vec<(String, String)>,
}

impl Ways<'_> {
    /// One for each kind of thing where an id stands alone, and for inputs one with what must be there and one for each id
    /// that may be.
    fn all(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        for (name, kind) in &self.declared {
            if kind.starts_with("UUID") {
                let nobodys = self.app.new_id();
                ways.extend(self.things.iter().map(|(kind, id)| {
                    let of = |id: Uuid| self.variables((name, kind), &json!(id));
                    Way {
                        named: format!("{name} = {kind}"),
                        is_public: *kind == "merchantId",
                        told: of(*id),
                        random: of(nobodys),
                    }
                }));
                continue;
            }
            let ids = self.schema.ids(kind.trim_end_matches('!'));
            let needed: Vec<String> = ids
                .iter()
                .filter(|(_, needed)| *needed)
                .map(|(path, _)| path.join("."))
                .collect();
            if !needed.is_empty() {
                ways.push(self.way((name, kind), &[], &needed));
            }
            let optional = ids.iter().filter(|(_, needed)| !needed);
            ways.extend(optional.map(|(path, _)| {
                let named = [needed.clone(), vec![path.join(".")]].concat();
                self.way((name, kind), path, &named)
            }));
        }
        ways
    }

    fn way(&self, (name, kind): (&str, &str), path: &[String], named: &[String]) -> Way {
        let [told, random] = [Some(self.things), None].map(|elsewhere| {
            let app = self.app;
            let value = self.schema.value(
                (name, kind),
                path,
                &Ids {
                    app,
                    elsewhere,
                    values: Values::Fit,
                },
            );
            self.variables((name, ""), &value)
        });
        let is_merchant = |name: &String| {
            let field = name.rsplit('.').next().unwrap_or_default();
            schema::kind_of(field) == "merchantId"
        };
        Way {
            named: named.join(" "),
            is_public: named.iter().all(is_merchant),
            told,
            random,
        }
    }

    /// One variable as it is, the kind of thing that it names, and what else must be there.
    fn variables(&self, (name, thing): (&str, &str), value: &Value) -> Value {
        let values = self.declared.iter().filter_map(|(other, kind)| {
            let value = match self.schema.enums.get(kind.trim_end_matches('!')) {
                _ if other == name => value.clone(),
                _ if !kind.ends_with('!') => return None,
                Some(_) if SUBJECTS.contains(&thing) => {
                    json!(thing.trim_end_matches("Id").to_uppercase())
                }
                Some(first) => json!(first),
                None => json!("430103"),
            };
            Some((other.clone(), value))
        });
        Value::Object(values.collect())
    }
}

async fn token(server: &Server, key: &str) -> String {
    let email = fixtures::email_of(key).unwrap();
    let credentials = json!({ "input": { "email": email.as_str(), "password": fixtures::PASSWORD,
        "deviceName": "desk" } });
    let reply = server.ask(&operation("SignIn"), &credentials).await.ok();
    reply.text("signIn.session.accessToken").to_owned()
}

/// One thing of every kind, in Tianxin, photos on their way among them.
async fn everything(app: &TestApp, server: &Server) -> (Things, Held) {
    let flow = Flow::after(app, Step::ScreenReward).await;
    ids::talk(app, &flow).await;
    let code = flow.receipt_code().await;
    let reporter = app.reporter(&code);
    let sent = reporter.upload(flow.report_photo(), pictures::scale());
    sent.await.unwrap();
    let mut things = things_of(app, &flow).await;
    let (named, _) = filed(app, json!({ "identity": identity() })).await;
    let opening = request(app, "luo", named, "REWARD_PAYMENT", json!(["NAME"])).await;
    let (dispute, draft) = (app.new_id(), app.new_id());
    let raised = json!({ "input": { "id": dispute, "reportId": named, "other": "430102",
        "reason": "经营地在芙蓉区。" } });
    app.as_("lin")
        .run("RaiseCompetenceDispute", raised)
        .await
        .ok();
    let loading = json!({ "input": { "id": draft, "year": 2027, "version": "2027-1",
        "csv": crate::law::MADE_UP_2027 } });
    app.as_("qiu").run("LoadCalendarYear", loading).await.ok();
    let redaction = app.new_id();
    let covering = json!({ "input": { "id": redaction, "photoId": flow.scene_photo(), "left": 0, "top": 0,
        "width": 100, "height": 100, "reason": "画面里有路人。" } });
    app.as_("zhou").run("RedactPhoto", covering).await.ok();
    let (photo, bytes) = (app.new_id(), pictures::stall());
    let more = json!({ "input": { "id": app.new_id(), "receiptCode": code,
        "photos": [pictures::declared(photo, bytes)] } });
    let added = app.anonymous().run("AddReportPhotos", more).await.ok();
    let sends = added.text("addReportPhotos.uploadToken").to_owned();
    let size = bytes.len().try_into().unwrap();
    let db = &app.parts().db;
    let first = async |table: &str| column::<Uuid>(db, table, "id", "TRUE").await[0];
    things.extend([
        ("openingId", opening),
        ("disputeId", dispute),
        ("redactionId", redaction),
        ("draftId", draft),
        (
            "uploadId",
            doors::begin_upload(server, (photo, size), &sends).await,
        ),
        (
            "waitingPhotoId",
            column::<Uuid>(db, "photo", "id", "stored_at IS NULL").await[0],
        ),
        ("scenePhotoId", flow.scene_photo()),
        ("deviceId", fixtures::id_of("device", "tang")),
        ("questionId", first("message").await),
        ("measurementId", first("measurement").await),
        ("jobId", first("job").await),
    ]);
    let uploads = sends;
    (things, Held { code, uploads })
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
    /// What those found who have nothing to do with it.
    strangers: Vec<String>,
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
            let all = ways.all();
            if all.is_empty() {
                self.found
                    .entry(format!("{name}: names nothing"))
                    .or_default();
            }
            let passes = asks.passes_the_gate(&document);
            let mut nobodys = Nobodys::new();
            for way in all {
                let line = format!("{name} ({})", way.named);
                self.found.entry(line.clone()).or_default();
                let is_public = way.is_public;
                let sits = (self.app, self.held);
                if !passes || !finds(sits, asks, &name, way, &mut nobodys).await {
                    continue;
                }
                if asks.is_stranger() && !is_public {
                    self.strangers
                        .push(format!("{} finds {line}", asks::told(&[asks])));
                }
                self.found.entry(line).or_default().push(asks);
            }
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
                self.strangers
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
            strangers: Vec::new(),
        };
        for asks in Asks::all() {
            asks.sit(&app).await;
            table.run(&schema, asks).await;
            let token = asks.key().map(|key| tokens[key].as_str());
            table.knock(asks, token).await;
        }
        assert_eq!(table.strangers, Vec::<String>::new());
        assert_file("tests/it/snapshots/foreign.txt", &table.text());
        app.leave_jobs();
    })
    .await;
}
