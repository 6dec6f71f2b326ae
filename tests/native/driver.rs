//! A host that does what a test says: it answers requests from a script, opens popups or not, and moves the clock.

use std::cell::Cell;
use std::collections::VecDeque;
use std::rc::Rc;

use paragon_connect::core::effect::{Answer, Effect, Host, Input, PopupEvent, Request};
use paragon_connect::core::method::Method;
use paragon_connect::core::names::Name;
use paragon_connect::core::value::Value;
use paragon_connect::core::{Core, Id};
use paragon_connect::host::fake::Fake;
use serde_json::{Value as Json, json};

/// What the page looks like to core; shared with the test.
#[derive(Default)]
pub struct Page {
    pub now: Cell<f64>,
    pub popup_closed: Cell<bool>,
    pub elsewhere: Cell<bool>,
    pub without_random: Cell<bool>,
    ids: Cell<u32>,
}

struct Shared(Rc<Page>);

impl Host<Fake> for Shared {
    fn now(&self) -> f64 {
        self.0.now.get()
    }
    fn random(&self) -> f64 {
        0.5
    }
    fn random_id(&self) -> Option<Fake> {
        self.0.ids.set(self.0.ids.get() + 1);
        let id = format!("00000000-0000-4000-8000-{:012}", self.0.ids.get());
        (!self.0.without_random.get()).then(|| Fake::from(id.as_str()))
    }
    fn page_origin(&self) -> Fake {
        "https://app.example".into()
    }
    fn return_address(&self, word: Fake) -> Fake {
        format!("https://app.example/settings?paragon-return={}", word.display()).as_str().into()
    }
    fn look_at_popup(&self, _: Id) -> (bool, bool) {
        (self.0.popup_closed.get(), !self.0.elsewhere.get())
    }
    fn callback(&self, method: Method, id: Id) -> Fake {
        Fake::function(&format!("{method:?}:{id}"))
    }
}

/// A request that waits for its answer.
pub struct Sent {
    pub id: Id,
    pub method: String,
    pub url: String,
    pub headers: Json,
    pub extra: Json,
    pub body: Json,
    pub response_type: Json,
    pub timeout: f64,
}

impl Sent {
    fn new(id: Id, request: &Request<Fake>) -> Self {
        Sent {
            id,
            method: request.method.display(),
            url: request.url.display(),
            headers: request.headers.json(),
            extra: request.options.get(Name::headers).json(),
            body: request.body.json(),
            response_type: request.options.get(Name::responseType).json(),
            timeout: request.timeout,
        }
    }

    /// `GET /path?query`, without the host.
    pub fn line(&self) -> String {
        let path = self.url.splitn(4, '/').nth(3).unwrap_or_default();
        format!("{} /{path}", self.method)
    }
}

pub struct Driver {
    pub core: Core<Fake>,
    pub page: Rc<Page>,
    /// What the app saw: `["onNext", {...}]`, in order.
    pub seen: Vec<(String, Json)>,
    pub settled: Vec<(Id, Result<Json, Json>)>,
    pub events: Vec<(String, Json)>,
    pub requests: VecDeque<Sent>,
    /// Functions of the app that were asked: the number of the question, the function's name, its arguments.
    pub asked: Vec<(Id, String, Json)>,
    pub timers: Vec<(Id, f64)>,
    /// Open popups, and where each was sent.
    pub popups: Vec<(Id, Vec<String>)>,
    pub closed_popups: usize,
    /// Where the page itself went, with what it kept; empty strings for its coming back.
    pub left: Vec<(String, Json)>,
    /// How many of them were asked for as tabs.
    pub tabs: usize,
    pub warnings: Vec<Json>,
    /// Where the portal's frame is, if it is in the page.
    pub portal: Option<String>,
    /// What the portal's page was sent.
    pub posted: Vec<Json>,
    /// Is the portal's frame shown, and does the page stand still?
    pub style: (bool, bool),
    /// Calls whose promise is never settled.
    pub dropped: Vec<Id>,
    pub block_popups: bool,
    /// What the next answers say about asking again, in milliseconds.
    pub retry_after: f64,
    /// Vendors whose picker was asked for, with what to build it with.
    pub loads: VecDeque<(Id, String, Json)>,
    /// Pickers on the page.
    pub shown: Vec<Id>,
    /// Forms posted into popups: address and token.
    pub forms: Vec<(String, String)>,
    /// What was said through ports.
    pub said: Vec<Json>,
    calls: Id,
}

pub const PROJECT: &str = "11111111-1111-4111-8111-111111111111";

impl Driver {
    pub fn new() -> Self {
        let page = Rc::new(Page::default());
        page.now.set(1_700_000_000_000.0);
        Driver {
            core: Core::new(Box::new(Shared(page.clone())), Fake::object()),
            page,
            seen: vec![],
            settled: vec![],
            events: vec![],
            requests: VecDeque::new(),
            asked: vec![],
            timers: vec![],
            popups: vec![],
            closed_popups: 0,
            left: vec![],
            tabs: 0,
            warnings: vec![],
            portal: None,
            posted: vec![],
            style: (false, false),
            dropped: vec![],
            block_popups: false,
            retry_after: f64::NAN,
            loads: VecDeque::new(),
            shown: vec![],
            forms: vec![],
            said: vec![],
            calls: 0,
        }
    }

    /// A user of a project with these integrations (as `/sdk/integrations` lists them), in headless mode.
    pub fn authenticated(integrations: Json, states: Json) -> Self {
        let mut driver = Driver::new();
        driver.ok(Method::ConfigureGlobal, json!([{"host": "https://paragon.example"}]));
        driver.ok(Method::SetHeadless, json!([true]));
        driver.call(Method::Authenticate, json!([PROJECT, token("user-1", 3600)]));
        driver.answer("GET /projects/.../sdk/me", 200, me(states));
        driver.answer("GET /projects/.../sdk/integrations", 200, integrations);
        assert!(matches!(driver.settled.pop(), Some((_, Ok(_)))), "authenticate() settles");
        driver
    }

    /// A call of the app; strings such as `"<onNext>"` in the arguments stand for functions. Gives the promise's number.
    pub fn call(&mut self, method: Method, arguments: Json) -> Id {
        self.calls += 1;
        let call = self.calls;
        if let Err(failure) = self.core.call(method, call, functions(arguments)).map_err(|failure| failure.0.json()) {
            self.settled.push((call, Err(failure)));
        }
        self.perform();
        call
    }

    /// A call about a picker, which is an object that core has made.
    pub fn call_on(&mut self, method: Method, picker: Fake, argument: Json) -> Id {
        self.calls += 1;
        let arguments = Fake::list();
        arguments.push(picker);
        arguments.push(functions(argument));
        if let Err(failure) = self.core.call(method, self.calls, arguments) {
            self.settled.push((self.calls, Err(failure.0.json())));
        }
        self.perform();
        self.calls
    }

    /// A call that answers at once.
    pub fn now(&mut self, method: Method, arguments: Json) -> Result<Json, Json> {
        let outcome = self.core.call(method, 0, functions(arguments));
        self.perform();
        outcome.map(|value| value.json()).map_err(|failure| failure.0.json())
    }

    pub fn ok(&mut self, method: Method, arguments: Json) -> Json {
        self.now(method, arguments).unwrap_or_else(|error| panic!("{method:?} failed: {error}"))
    }

    pub fn perform(&mut self) {
        loop {
            let effects = self.core.effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                self.perform_one(effect);
            }
        }
    }

    fn perform_one(&mut self, effect: Effect<Fake>) {
        match effect {
            Effect::Settle { call, result } => {
                self.settled.push((call, result.map(|value| value.json()).map_err(|failure| failure.0.json())));
            }
            Effect::Notify { callback, arguments } => {
                let name = callback.display().trim_matches(['<', '>']).to_owned();
                self.seen.push((name, arguments.json()));
            }
            Effect::Ask { id, callback, arguments } => {
                let name = callback.display().trim_matches(['<', '>']).to_owned();
                self.asked.push((id, name, arguments.json()));
            }
            Effect::Emit { event, payload } => self.events.push((Fake::name(event).display(), payload.json())),
            Effect::Send { id, request } => self.requests.push_back(Sent::new(id, &request)),
            Effect::Wait { id, ms, .. } => self.timers.push((id, self.page.now.get() + ms)),
            Effect::EndWait { id } => self.timers.retain(|(known, _)| *known != id),
            Effect::OpenPopup { id, url, tab } => {
                self.tabs += usize::from(tab);
                let event = if self.block_popups { PopupEvent::Blocked } else { PopupEvent::Opened };
                if !self.block_popups {
                    self.page.popup_closed.set(false);
                    self.popups.push((id, vec![url.display()]));
                }
                self.core.input(Input::Popup(id, event));
            }
            Effect::SteerPopup { id, url } => {
                let popup = self.popups.iter_mut().find(|(known, _)| *known == id);
                popup.expect("only open popups are steered").1.push(url.display());
            }
            Effect::ClosePopup { id } => {
                self.popups.retain(|(known, _)| *known != id);
                self.shown.retain(|known| *known != id);
                self.closed_popups += 1;
            }
            Effect::Leave { id, url, attempt, install } => {
                let kept = Fake::object();
                for (key, value) in [
                    (Name::key, attempt.get(Name::key)),
                    (Name::word, attempt.get(Name::word)),
                    (Name::name, install.get(Name::name)),
                    (Name::installOptions, install.get(Name::installOptions)),
                    (Name::accountType, install.get(Name::accountType).get(Name::id)),
                ] {
                    kept.set(key, value);
                }
                self.left.push((url.display(), kept.json()));
                let goes = !self.block_popups || !url.present();
                self.core.input(Input::Popup(id, if goes { PopupEvent::Opened } else { PopupEvent::Blocked }));
            }
            Effect::Drop { call } => self.dropped.push(call),
            Effect::Portal { url } => self.portal = url.present().then(|| url.display()),
            Effect::Post { message } => self.posted.push(message.json()),
            Effect::Style { shown, locked } => self.style = (shown, locked),
            Effect::PostForm { url, token, .. } => self.forms.push((url.display(), token.display())),
            Effect::Listen { .. } => {}
            Effect::PostToPort { message, .. } => self.said.push(message.json()),
            Effect::LoadPicker { id, vendor, settings } => {
                self.loads.push_back((id, vendor.display(), settings.json()));
            }
            Effect::ShowPicker { id, .. } => {
                let event = if self.block_popups { PopupEvent::Blocked } else { PopupEvent::Opened };
                self.shown.extend((!self.block_popups).then_some(id));
                self.core.input(Input::Popup(id, event));
            }
            Effect::Warn { failure } => self.warnings.push(failure.0.json()),
        }
    }

    /// Answers the oldest request whose line is `wanted`, in which `...` stands for the project's id.
    #[track_caller]
    pub fn answer(&mut self, wanted: &str, status: u32, body: Json) -> Sent {
        let wanted = wanted.replace("...", PROJECT);
        let found = self.requests.iter().position(|sent| sent.line().starts_with(&wanted));
        let Some(index) = found else {
            panic!("no request {wanted}; there are {:?}", self.requests.iter().map(Sent::line).collect::<Vec<_>>())
        };
        let sent = self.requests.remove(index).expect("it was just found");
        let body = if body.is_null() { Fake::undefined() } else { Fake::from(body) };
        self.core.input(Input::Answer(sent.id, Answer { retry_after: self.retry_after, ..Answer::none(status, body) }));
        self.perform();
        sent
    }

    /// The function `name` of the app answers what it was asked first, or throws. Gives the arguments that it got.
    #[track_caller]
    pub fn reply(&mut self, name: &str, result: Result<Json, Json>) -> Json {
        let found = self.asked.iter().position(|(_, asked, _)| asked == name);
        let Some(index) = found else { panic!("{name} was not asked; there are {:?}", self.asked) };
        let (id, _, arguments) = self.asked.remove(index);
        let (status, body) = result.map_or_else(|error| (0, error), |value| (200, value));
        self.core.input(Input::Answer(id, Answer::none(status, Fake::from(body))));
        self.perform();
        arguments
    }

    /// The open popup's page, on `origin`, sends a message.
    pub fn message(&mut self, origin: &str, data: Json) {
        let id = self.popups.last().map_or(0, |(id, _)| *id);
        self.message_to(id, origin, data);
    }

    pub fn message_to(&mut self, id: Id, origin: &str, data: Json) {
        let port = if data["type"] == "initialize" { "port".into() } else { Fake::undefined() };
        let event = PopupEvent::Message { origin: origin.into(), data: Fake::from(data), port };
        self.core.input(Input::Popup(id, event));
        self.perform();
    }

    /// A picker, or the page behind a port, says something.
    pub fn say(&mut self, id: Id, data: Json) {
        self.core.input(Input::Picker(id, Fake::from(data)));
        self.perform();
    }

    /// Answers the oldest load of a picker: it is there, or it failed.
    #[track_caller]
    pub fn loaded(&mut self, good: bool) -> (String, Json) {
        let (id, vendor, settings) = self.loads.pop_front().expect("a picker is asked for");
        let body = Fake::from(if good { json!({"instance": vendor}) } else { json!({"name": "Error"}) });
        let answer = Answer::none(if good { 200 } else { 0 }, body);
        self.core.input(Input::Answer(id, answer));
        self.perform();
        (vendor, settings)
    }

    /// Moves the clock, and lets all timers that are due ring in their order.
    pub fn pass(&mut self, ms: f64) {
        let until = self.page.now.get() + ms;
        while let Some(index) = (0..self.timers.len())
            .filter(|index| self.timers[*index].1 <= until)
            .min_by(|a, b| self.timers[*a].1.total_cmp(&self.timers[*b].1))
        {
            let (id, at) = self.timers.remove(index);
            self.page.now.set(at);
            self.core.input(Input::Time(id));
            self.perform();
        }
        self.page.now.set(until);
    }

    /// Names of what the app was told so far, and forgets it.
    pub fn told(&mut self) -> Vec<String> {
        self.seen
            .drain(..)
            .map(|(name, arguments)| {
                let stage = arguments[0]["stage"].as_str().or(arguments[1]["stage"].as_str()).unwrap_or("");
                let error = if name == "onError" { arguments[0]["name"].as_str().unwrap_or("") } else { "" };
                [name.as_str(), error, stage].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    pub fn user(&mut self) -> Json {
        self.ok(Method::GetUser, json!([]))
    }

    /// What the promise of `call` came to; `None` while it is open.
    pub fn outcome(&self, call: Id) -> Option<&Result<Json, Json>> {
        self.settled.iter().find(|(settled, _)| *settled == call).map(|(_, result)| result)
    }

    #[track_caller]
    pub fn error(&self, call: Id) -> &Json {
        match self.outcome(call) {
            Some(Err(error)) => error,
            other => panic!("call {call} did not fail: {other:?}"),
        }
    }
}

/// JSON as the app would pass it, with `"<name>"` turned into functions.
pub fn functions(json: Json) -> Fake {
    match json {
        Json::String(text) if text.starts_with('<') => Fake::function(text.trim_matches(['<', '>'])),
        Json::Array(values) => {
            let list = Fake::list();
            values.into_iter().for_each(|value| list.push(functions(value)));
            list
        }
        Json::Object(fields) => {
            let object = Fake::object();
            for (key, value) in fields {
                object.put(Fake::from(key.as_str()), functions(value));
            }
            object
        }
        other => Fake::from(other),
    }
}

/// A user token that is good for `seconds` from the driver's start.
pub fn token(user: &str, seconds: i64) -> String {
    token_of(json!({"alg": "RS256"}), json!({"sub": user, "exp": 1_700_000_000 + seconds}))
}

pub fn token_of(header: Json, claims: Json) -> String {
    use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
    let encode = |json: &Json| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.c2ln", encode(&header), encode(&claims))
}

/// An answer of `/sdk/me`.
pub fn me(states: Json) -> Json {
    json!({
        "authenticated": true, "userId": "user-1", "meta": {}, "resources": [],
        "project": {"id": PROJECT, "accessibleFeatures": ["headless-cp"]},
        "integrations": states,
    })
}
