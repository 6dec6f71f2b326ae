//! Issues: create, read, search.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::{
    super::{input, names},
    Site, enter, jql,
    projects::{self, ISSUE_TYPES, STATUSES},
    refuse, refuse_fields, store, user,
};
use crate::{
    db::rfc3339,
    documents::Collection,
    fault::Fault,
    oauth::realm::Realm,
    page_token,
    people::{PEOPLE, Person},
    state::AppState,
};

/// What an issue is made of.
struct Draft<'a> {
    project: &'a Value,
    summary: &'a str,
    description: Value,
    issue_type: (&'a str, &'a str),
    status: &'a str,
    reporter: &'a Person,
    at: i64,
}

pub fn seed(tx: &Transaction<'_>, site: &Site) -> rusqlite::Result<()> {
    let store = store(site);
    for n in 0..60 {
        let Some(project) = projects::find(tx, &store, &projects::key(n % 3))? else {
            continue;
        };
        let draft = Draft {
            project: &project,
            summary: &format!("Look after the {} {}", names::pair(n).0, names::pair(n).1),
            description: Value::Null,
            issue_type: ISSUE_TYPES[n % ISSUE_TYPES.len()],
            status: STATUSES[n % STATUSES.len()].1,
            reporter: &PEOPLE[n % PEOPLE.len()],
            at: 1_736_000_000_000 + n as i64 * 3_600_000,
        };
        insert(tx, &store, draft)?;
    }
    Ok(())
}

/// Stores an issue under the next number of its project. Issues are never deleted, so numbers do not come twice.
fn insert(tx: &Transaction<'_>, store: &str, draft: Draft<'_>) -> rusqlite::Result<Value> {
    let issues = Collection { store, kind: "issue" };
    let project = draft.project["key"].as_str().unwrap_or_default();
    let number = issues.all(tx)?.iter().filter(|issue| issue["fields"]["project"]["key"] == project).count() + 1;
    let key = format!("{project}-{number}");
    let time = rfc3339(draft.at);
    let issue = json!({
        "id": (20_000 + issues.count(tx)?).to_string(), "key": key,
        "fields": {
            "summary": draft.summary, "description": draft.description,
            "project": { "id": draft.project["id"], "key": project, "name": draft.project["name"] },
            "issuetype": { "id": draft.issue_type.0, "name": draft.issue_type.1, "subtask": false },
            "status": projects::status(draft.status), "reporter": user(draft.reporter), "created": time, "updated": time,
        },
    });
    issues.put(tx, &key, &issue)?;
    Ok(issue)
}

fn with_address(state: &AppState, site: &Site, mut issue: Value) -> Value {
    let id = issue["id"].as_str().unwrap_or_default();
    issue["self"] = format!("{}/jira/ex/jira/{}/rest/api/3/issue/{id}", state.base(), site.id).into();
    issue
}

pub async fn create(
    State(state): State<AppState>,
    realm: Realm,
    Path(site): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let (access, site) = match enter(&state, &realm, &headers, &site, "write:jira-work")? {
        Ok(entered) => entered,
        Err(refusal) => return Ok(*refusal),
    };
    let body = match input::object(&body) {
        Ok(body) => body,
        Err(reason) => return Ok(refuse(StatusCode::BAD_REQUEST, reason)),
    };
    let fields = &Value::Object(body)["fields"];
    let named = |value: &Value, names: [&str; 2]| -> Option<String> {
        names.iter().find_map(|name| value[name].as_str().map(str::to_owned))
    };
    let store = store(site);
    let project = match named(&fields["project"], ["key", "id"]) {
        Some(wanted) => state.db().with(|tx| projects::find(tx, &store, &wanted))?,
        None => None,
    };
    let issue_type = named(&fields["issuetype"], ["name", "id"]).and_then(|wanted| {
        ISSUE_TYPES.into_iter().find(|(id, name)| *id == wanted || name.eq_ignore_ascii_case(&wanted))
    });
    let summary =
        fields["summary"].as_str().map(str::trim).filter(|summary| !summary.is_empty() && summary.len() <= 255);
    let mut errors = Map::new();
    if project.is_none() {
        errors.insert("project".into(), "Name an existing project by key or id.".into());
    }
    if issue_type.is_none() {
        errors.insert("issuetype".into(), "Name an issue type of the project: Task, Bug or Story.".into());
    }
    if summary.is_none() {
        errors.insert("summary".into(), "A summary of 1 to 255 characters is needed.".into());
    }
    let (Some(project), Some(issue_type), Some(summary)) = (project, issue_type, summary) else {
        return Ok(refuse_fields(errors));
    };
    let description = fields["description"].clone();
    let draft = Draft {
        project: &project,
        summary,
        description,
        issue_type,
        status: STATUSES[0].1,
        reporter: access.person,
        at: state.now(),
    };
    let issue = with_address(&state, site, state.db().with(|tx| insert(tx, &store, draft))?);
    let answer = json!({ "id": issue["id"], "key": issue["key"], "self": issue["self"] });
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

pub async fn one(
    State(state): State<AppState>,
    realm: Realm,
    Path((site, wanted)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let site = match enter(&state, &realm, &headers, &site, "read:jira-work")? {
        Ok((_, site)) => site,
        Err(refusal) => return Ok(*refusal),
    };
    let issues = state.db().with(|tx| Collection { store: &store(site), kind: "issue" }.all(tx))?;
    let found = issues.into_iter().find(|issue| {
        issue["id"] == wanted.as_str() || issue["key"].as_str().is_some_and(|key| key.eq_ignore_ascii_case(&wanted))
    });
    Ok(match found {
        Some(issue) => Json(with_address(&state, site, issue)).into_response(),
        None => refuse(StatusCode::NOT_FOUND, "The issue does not exist, or you may not see it."),
    })
}

pub async fn search_by_query(
    state: State<AppState>,
    realm: Realm,
    site: Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    search(&state, &realm, &site, &headers, input::query(query.as_deref()))
}

pub async fn search_by_body(
    state: State<AppState>,
    realm: Realm,
    site: Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    match input::object(&body) {
        Ok(members) => search(&state, &realm, &site, &headers, members),
        Err(reason) => Ok(refuse(StatusCode::BAD_REQUEST, reason)),
    }
}

fn search(
    state: &AppState,
    realm: &Realm,
    site: &str,
    headers: &HeaderMap,
    asked: Map<String, Value>,
) -> Result<Response, Fault> {
    let site = match enter(state, realm, headers, site, "read:jira-work")? {
        Ok((_, site)) => site,
        Err(refusal) => return Ok(*refusal),
    };
    let start = input::number(&asked, "startAt", 0, 0..=usize::MAX);
    let (Some(start), Some(size)) = (start, input::number(&asked, "maxResults", 50, 1..=100)) else {
        return Ok(refuse(StatusCode::BAD_REQUEST, "startAt must be 0 or more, maxResults from 1 to 100."));
    };
    let query = match jql::parse(input::text(&asked, "jql").unwrap_or_default()) {
        Ok(query) => query,
        Err(reason) => {
            return Ok(refuse(StatusCode::BAD_REQUEST, format!("Error in the JQL query: {reason}.")));
        }
    };
    let stored = state.db().with(|tx| Collection { store: &store(site), kind: "issue" }.all(tx))?;
    let found = query.run(stored);
    let total = found.len();
    let (issues, _) = page_token::slice(found, start, size);
    let issues: Vec<Value> = issues.into_iter().map(|issue| with_address(state, site, issue)).collect();
    Ok(Json(json!({ "startAt": start, "maxResults": size, "total": total, "issues": issues })).into_response())
}
