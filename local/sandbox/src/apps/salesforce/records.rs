//! Records: queries with pages, create, read, update, delete.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::{
    super::{input, names},
    access,
    objects::{INDUSTRIES, OBJECTS, Object, enter},
    refuse, soql,
};
use crate::{
    db::rfc3339, documents::Collection, fault::Fault, oauth::realm::Realm, page_token, secret, state::AppState,
};

const PAGE: usize = 100;

pub fn seed(tx: &Transaction<'_>, store: &str) -> rusqlite::Result<()> {
    for object in &OBJECTS {
        // Enough accounts for three pages on production; a test host holds less.
        let amount = if object.name == "Account" && store == "salesforce" { 230 } else { 12 };
        for n in 0..amount {
            let id = format!("{}0sandbox{:08}", object.prefix, n + 1);
            insert(tx, store, object, &id, seeded(object, n), 1_735_689_600_000)?;
        }
    }
    Ok(())
}

fn seeded(object: &Object, n: usize) -> Map<String, Value> {
    let (first, second) = names::pair(n);
    let title = names::title(n);
    let email = format!("{first}@{second}.test");
    let account = format!("0010sandbox{:08}", n % 12 + 1);
    let value = match object.name {
        "Account" => json!({
            "Name": title, "Industry": INDUSTRIES[n % INDUSTRIES.len()],
            "Website": format!("https://{first}-{second}.test"), "AnnualRevenue": 10_000 * (n + 1),
        }),
        "Contact" => {
            json!({ "FirstName": first, "LastName": second, "Email": email, "AccountId": account })
        }
        "Lead" => {
            json!({ "FirstName": first, "LastName": second, "Company": title, "Email": email, "Status": "Open" })
        }
        "Opportunity" => json!({
            "Name": title, "StageName": "Prospecting", "CloseDate": "2030-06-30", "Amount": 500 * (n + 1), "AccountId": account,
        }),
        _ => {
            json!({ "Name": format!("S-{:04}", n + 1), "Destination__c": title, "Delivered__c": n.is_multiple_of(2) })
        }
    };
    if let Value::Object(members) = value { members } else { Map::new() }
}

/// Stores a new record with every field of its object.
fn insert(
    tx: &Transaction<'_>,
    store: &str,
    object: &Object,
    id: &str,
    mut given: Map<String, Value>,
    at: i64,
) -> rusqlite::Result<()> {
    let record: Map<String, Value> = object
        .fields()
        .map(|field| {
            let value = match field.name {
                "Id" => id.into(),
                "IsDeleted" => false.into(),
                "CreatedDate" | "LastModifiedDate" => rfc3339(at).into(),
                name => given.remove(name).unwrap_or_default(),
            };
            (field.name.to_owned(), value)
        })
        .collect();
    Collection { store, kind: object.name }.put(tx, id, &Value::Object(record))
}

pub async fn query(
    State(state): State<AppState>,
    realm: Realm,
    RawQuery(encoded): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if let Err(refusal) = access(&state, &realm, &headers, "api")? {
        return Ok(*refusal);
    }
    let parameters = input::query(encoded.as_deref());
    match input::text(&parameters, "q") {
        Some(text) => page(&state, &realm, text, 0),
        None => Ok(refuse(StatusCode::BAD_REQUEST, "MALFORMED_QUERY", "The parameter q holds no query.")),
    }
}

/// Goes on with a query. Its text is in the locator, so nothing has to be kept.
pub async fn query_more(
    State(state): State<AppState>,
    realm: Realm,
    headers: HeaderMap,
    Path(locator): Path<String>,
) -> Result<Response, Fault> {
    if let Err(refusal) = access(&state, &realm, &headers, "api")? {
        return Ok(*refusal);
    }
    let read = || {
        let text = locator.strip_prefix("01g")?;
        let (query, token) = text.split_once('.')?;
        let query = String::from_utf8(URL_SAFE_NO_PAD.decode(query).ok()?).ok()?;
        let offset = page_token::decode(&realm.key, token)?;
        Some((query, offset))
    };
    match read() {
        Some((query, offset)) => page(&state, &realm, &query, offset),
        None => Ok(refuse(StatusCode::BAD_REQUEST, "INVALID_QUERY_LOCATOR", "This is not the address of a next page.")),
    }
}

fn page(state: &AppState, realm: &Realm, text: &str, offset: usize) -> Result<Response, Fault> {
    let query = match soql::parse(text) {
        Ok(query) => query,
        Err((code, message)) => return Ok(refuse(StatusCode::BAD_REQUEST, code, message)),
    };
    let stored = state.db().with(|tx| Collection { store: &realm.key, kind: query.object.name }.all(tx))?;
    let found = query.run(stored);
    let total = found.len();
    if query.fields.is_empty() {
        return Ok(Json(json!({ "totalSize": total, "done": true, "records": [] })).into_response());
    }
    let (records, next) = page_token::slice(found, offset, PAGE);
    let data = format!("/{}/services/data/v62.0", realm.key);
    let records: Vec<Value> = records
        .iter()
        .map(|record| {
            let id = record["Id"].as_str().unwrap_or_default();
            query.project(record, format!("{data}/sobjects/{}/{id}", query.object.name))
        })
        .collect();
    let mut body = json!({ "totalSize": total, "done": next.is_none(), "records": records });
    if let Some(next) = next {
        let locator = format!("01g{}.{}", URL_SAFE_NO_PAD.encode(text), page_token::encode(&realm.key, next));
        body["nextRecordsUrl"] = format!("{data}/query/{locator}").into();
    }
    Ok(Json(body).into_response())
}

/// Checks the members of a body against the object's fields; gives them under the fields' own names.
fn checked(object: &Object, body: &[u8], whole: bool) -> Result<Map<String, Value>, Box<Response>> {
    let bad = |code, message: String| Box::new(refuse(StatusCode::BAD_REQUEST, code, message));
    let given = input::object(body).map_err(|reason| bad("JSON_PARSER_ERROR", reason))?;
    let mut members = Map::new();
    for (name, value) in given {
        if name == "attributes" {
            continue;
        }
        let field = object
            .field(&name)
            .ok_or_else(|| bad("INVALID_FIELD", format!("There is no field \"{name}\" on \"{}\".", object.name)))?;
        if !field.writable() {
            return Err(bad("INVALID_FIELD_FOR_INSERT_UPDATE", format!("The field \"{name}\" is set by the server.")));
        }
        if !field.kind.accepts(&value) {
            return Err(bad(
                "INVALID_TYPE_ON_FIELD_IN_RECORD",
                format!("The value of \"{name}\" does not fit the field."),
            ));
        }
        members.insert(field.name.to_owned(), value);
    }
    let empty = |value: Option<&Value>| value.is_none_or(|value| value.is_null() || value == "");
    let missing: Vec<&str> = object
        .fields()
        .filter(|field| field.required && (whole || members.contains_key(field.name)) && empty(members.get(field.name)))
        .map(|field| field.name)
        .collect();
    if missing.is_empty() {
        Ok(members)
    } else {
        Err(bad("REQUIRED_FIELD_MISSING", format!("These fields need a value: {}.", missing.join(", "))))
    }
}

pub async fn create(
    State(state): State<AppState>,
    realm: Realm,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let object = match enter(&state, &realm, &headers, &name)? {
        Ok(object) => object,
        Err(refusal) => return Ok(*refusal),
    };
    let members = match checked(object, &body, true) {
        Ok(members) => members,
        Err(refusal) => return Ok(*refusal),
    };
    // 18 characters, as with the original.
    let id = format!("{}{}", object.prefix, &secret::sha256_hex(secret::random().as_bytes())[..15]);
    state.db().with(|tx| insert(tx, &realm.key, object, &id, members, state.now()))?;
    Ok((StatusCode::CREATED, Json(json!({ "id": id, "success": true, "errors": [] }))).into_response())
}

type RecordPath = Path<(String, String)>;

pub async fn read(
    State(state): State<AppState>,
    realm: Realm,
    Path((name, id)): RecordPath,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let object = match enter(&state, &realm, &headers, &name)? {
        Ok(object) => object,
        Err(refusal) => return Ok(*refusal),
    };
    let found = state.db().with(|tx| Collection { store: &realm.key, kind: object.name }.get(tx, &id))?;
    Ok(found.map_or_else(
        || no_record(&id),
        |mut record| {
            let url = format!("/{}/services/data/v62.0/sobjects/{}/{id}", realm.key, object.name);
            record["attributes"] = json!({ "type": object.name, "url": url });
            Json(record).into_response()
        },
    ))
}

pub async fn update(
    State(state): State<AppState>,
    realm: Realm,
    Path((name, id)): RecordPath,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    let object = match enter(&state, &realm, &headers, &name)? {
        Ok(object) => object,
        Err(refusal) => return Ok(*refusal),
    };
    let members = match checked(object, &body, false) {
        Ok(members) => members,
        Err(refusal) => return Ok(*refusal),
    };
    let records = Collection { store: &realm.key, kind: object.name };
    let there = state.db().with(|tx| {
        let Some(mut record) = records.get(tx, &id)? else {
            return Ok(false);
        };
        for (name, value) in members {
            record[name] = value;
        }
        record["LastModifiedDate"] = rfc3339(state.now()).into();
        records.put(tx, &id, &record).map(|()| true)
    })?;
    Ok(if there { StatusCode::NO_CONTENT.into_response() } else { no_record(&id) })
}

pub async fn delete(
    State(state): State<AppState>,
    realm: Realm,
    Path((name, id)): RecordPath,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let object = match enter(&state, &realm, &headers, &name)? {
        Ok(object) => object,
        Err(refusal) => return Ok(*refusal),
    };
    let there = state.db().with(|tx| Collection { store: &realm.key, kind: object.name }.delete(tx, &id))?;
    Ok(if there { StatusCode::NO_CONTENT.into_response() } else { no_record(&id) })
}

fn no_record(id: &str) -> Response {
    refuse(StatusCode::NOT_FOUND, "NOT_FOUND", format!("There is no record \"{id}\"."))
}
