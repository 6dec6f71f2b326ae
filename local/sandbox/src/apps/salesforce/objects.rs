//! The CRM's objects and their fields.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{access, refuse};
use crate::{fault::Fault, oauth::realm::Realm, state::AppState};

/// What values a field takes.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Id,
    Text,
    Email,
    Phone,
    Currency,
    Date,
    DateTime,
    Boolean,
    Choice(&'static [&'static str]),
    Reference(&'static str),
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "string",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Currency => "currency",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Boolean => "boolean",
            Self::Choice(_) => "picklist",
            Self::Reference(_) => "reference",
        }
    }

    /// Whether a JSON value fits.
    pub fn accepts(self, value: &Value) -> bool {
        match self {
            _ if value.is_null() => true,
            Self::Currency => value.is_number(),
            Self::Boolean => value.is_boolean(),
            Self::Choice(choices) => value.as_str().is_some_and(|text| choices.contains(&text)),
            _ => value.is_string(),
        }
    }
}

pub struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    pub required: bool,
}

impl Field {
    /// Whether a client may write it; the others are the server's.
    pub fn writable(&self) -> bool {
        !matches!(self.name, "Id" | "CreatedDate" | "LastModifiedDate" | "IsDeleted")
    }
}

pub struct Object {
    pub name: &'static str,
    pub label: &'static str,
    pub plural: &'static str,
    /// What ids of its records begin with.
    pub prefix: &'static str,
    own: &'static [Field],
}

impl Object {
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        COMMON.iter().chain(self.own)
    }

    /// By name, in any case.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name.eq_ignore_ascii_case(name))
    }

    fn custom(&self) -> bool {
        self.name.ends_with("__c")
    }
}

pub fn find(name: &str) -> Option<&'static Object> {
    OBJECTS.iter().find(|object| object.name.eq_ignore_ascii_case(name))
}

const fn optional(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind, required: false }
}

const fn required(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind, required: true }
}

pub const INDUSTRIES: [&str; 4] = ["Agriculture", "Energy", "Retail", "Shipping"];

static COMMON: [Field; 4] = [
    optional("Id", "Record ID", Kind::Id),
    optional("IsDeleted", "Deleted", Kind::Boolean),
    optional("CreatedDate", "Created Date", Kind::DateTime),
    optional("LastModifiedDate", "Last Modified Date", Kind::DateTime),
];

pub static OBJECTS: [Object; 5] = [
    Object {
        name: "Account",
        label: "Account",
        plural: "Accounts",
        prefix: "001",
        own: &[
            required("Name", "Account Name", Kind::Text),
            optional("Industry", "Industry", Kind::Choice(&INDUSTRIES)),
            optional("Website", "Website", Kind::Text),
            optional("Phone", "Phone", Kind::Phone),
            optional("AnnualRevenue", "Annual Revenue", Kind::Currency),
        ],
    },
    Object {
        name: "Contact",
        label: "Contact",
        plural: "Contacts",
        prefix: "003",
        own: &[
            optional("FirstName", "First Name", Kind::Text),
            required("LastName", "Last Name", Kind::Text),
            optional("Email", "Email", Kind::Email),
            optional("Phone", "Phone", Kind::Phone),
            optional("AccountId", "Account ID", Kind::Reference("Account")),
        ],
    },
    Object {
        name: "Lead",
        label: "Lead",
        plural: "Leads",
        prefix: "00Q",
        own: &[
            optional("FirstName", "First Name", Kind::Text),
            required("LastName", "Last Name", Kind::Text),
            required("Company", "Company", Kind::Text),
            optional("Email", "Email", Kind::Email),
            optional("Status", "Lead Status", Kind::Choice(&["Open", "Working", "Closed"])),
        ],
    },
    Object {
        name: "Opportunity",
        label: "Opportunity",
        plural: "Opportunities",
        prefix: "006",
        own: &[
            required("Name", "Name", Kind::Text),
            required("StageName", "Stage", Kind::Choice(&["Prospecting", "Proposal", "Closed Won", "Closed Lost"])),
            required("CloseDate", "Close Date", Kind::Date),
            optional("Amount", "Amount", Kind::Currency),
            optional("AccountId", "Account ID", Kind::Reference("Account")),
        ],
    },
    Object {
        name: "Shipment__c",
        label: "Shipment",
        plural: "Shipments",
        prefix: "a00",
        own: &[
            required("Name", "Shipment Number", Kind::Text),
            optional("Destination__c", "Destination", Kind::Text),
            optional("Delivered__c", "Delivered", Kind::Boolean),
        ],
    },
];

pub async fn list(State(state): State<AppState>, realm: Realm, headers: HeaderMap) -> Result<Response, Fault> {
    if let Err(refusal) = access(&state, &realm, &headers, "api")? {
        return Ok(*refusal);
    }
    let objects: Vec<Value> = OBJECTS.iter().map(|object| summary(&realm, object)).collect();
    Ok(Json(json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects })).into_response())
}

pub async fn describe(
    State(state): State<AppState>,
    realm: Realm,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    let object = match enter(&state, &realm, &headers, &name)? {
        Ok(object) => object,
        Err(refusal) => return Ok(*refusal),
    };
    let mut body = summary(&realm, object);
    body["fields"] = object.fields().map(describe_field).collect();
    Ok(Json(body).into_response())
}

/// The object of this name, for a caller who may use the API.
pub fn enter(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    name: &str,
) -> Result<Result<&'static Object, Box<Response>>, Fault> {
    Ok(match access(state, realm, headers, "api")? {
        Ok(_) => find(name).ok_or_else(|| Box::new(unknown(name))),
        Err(refusal) => Err(refusal),
    })
}

fn unknown(name: &str) -> Response {
    refuse(StatusCode::NOT_FOUND, "NOT_FOUND", format!("There is no object \"{name}\"."))
}

fn summary(realm: &Realm, object: &Object) -> Value {
    let url = format!("/{}/services/data/v62.0/sobjects/{}", realm.key, object.name);
    json!({
        "name": object.name, "label": object.label, "labelPlural": object.plural, "keyPrefix": object.prefix,
        "custom": object.custom(), "createable": true, "updateable": true, "deletable": true, "queryable": true,
        "urls": { "sobject": url, "describe": format!("{url}/describe") },
    })
}

fn describe_field(field: &'static Field) -> Value {
    let choices = if let Kind::Choice(choices) = field.kind { choices } else { &[] };
    let values: Vec<Value> =
        choices.iter().map(|choice| json!({ "value": choice, "label": choice, "active": true })).collect();
    let references: Vec<&str> = if let Kind::Reference(object) = field.kind { vec![object] } else { vec![] };
    json!({
        "name": field.name, "label": field.label, "type": field.kind.name(), "custom": field.name.ends_with("__c"),
        "nillable": !field.required, "createable": field.writable(), "updateable": field.writable(),
        "filterable": true, "sortable": true, "picklistValues": values, "referenceTo": references,
    })
}
