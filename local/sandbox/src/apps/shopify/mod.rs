//! Shop (`shopify`): every shop has its own addresses, products and orders; pages by `Link` header; webhooks.

mod webhooks;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get},
};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::{input, names};
use crate::{
    db::rfc3339,
    documents::Collection,
    fault::Fault,
    oauth::{
        self, Endpoints,
        bearer::{self, Access, Denied},
        realm::{App, Realm, Refresh, Scope, Unknown},
    },
    page_token,
    people::PEOPLE,
    state::AppState,
};

/// Name in addresses, name for people, number of products, number of orders.
const SHOPS: [(&str, &str, usize, usize); 2] =
    [("night-market", "Night Market", 130, 60), ("tea-house", "Tea House", 12, 3)];

pub static APP: App = App {
    key: "shopify",
    name: "Shop",
    stands_for: "Shopify",
    about: "Two shops, night-market and tea-house, with products and orders. Asks for the shop's name first.",
    drawing: include_str!("../../../assets/drawings/shop.svg"),
    scopes: &[
        Scope { name: "read_products", words: "See products and their prices", default: true },
        Scope { name: "read_orders", words: "See orders and who placed them", default: true },
        Scope { name: "write_products", words: "Add and change products", default: false },
        Scope { name: "write_orders", words: "Change orders", default: false },
    ],
    refresh: Refresh::Always,
    audience: None,
    token_prefix: "shpat_",
    token_extras: |_, _, person| {
        let id = PEOPLE.iter().position(|other| other.id == person.id).unwrap_or_default() + 1;
        let user = json!({
            "id": id, "first_name": person.first_name, "last_name": person.last_name, "email": person.email,
        });
        Map::from_iter([("associated_user".to_owned(), user)])
    },
};

/// The realm of a shop; its name may be written with `.myshopify.com`, in any case.
pub fn realm(shop: &str) -> Result<Realm, Unknown> {
    let name = shop.to_ascii_lowercase();
    let name = name.strip_suffix(".myshopify.com").unwrap_or(&name);
    match SHOPS.iter().find(|(known, ..)| *known == name) {
        Some((key, title, ..)) => {
            Ok(Realm { app: &APP, key: format!("shopify/{key}"), detail: Some((*title).to_owned()) })
        }
        None => Err(Unknown {
            app: &APP,
            title: "There is no shop with this name".to_owned(),
            advice: format!(
                "The sandbox has the shops {}. Go back and connect again with one of these names.",
                SHOPS.map(|(name, ..)| name).join(" and ")
            ),
        }),
    }
}

pub fn routes() -> Router<AppState> {
    oauth::routes(&Endpoints {
        authorize: "/shopify/{shop}/admin/oauth/authorize",
        token: "/shopify/{shop}/admin/oauth/access_token",
        revoke: "/shopify/{shop}/admin/oauth/revoke",
    })
    .route("/shopify/{shop}/admin/api/{version}/shop.json", get(shop))
    .route("/shopify/{shop}/admin/api/{version}/products.json", get(products).post(create_product))
    .route("/shopify/{shop}/admin/api/{version}/products/{file}", get(product))
    .route("/shopify/{shop}/admin/api/{version}/orders.json", get(orders))
    .route("/shopify/{shop}/admin/api/{version}/orders/{file}", get(order))
    .route("/shopify/{shop}/admin/api/{version}/webhooks.json", get(webhooks::list).post(webhooks::create))
    .route("/shopify/{shop}/admin/api/{version}/webhooks/{file}", delete(webhooks::remove))
}

pub fn seed(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    for (shop, title, products, orders) in SHOPS {
        let store = format!("shopify/{shop}");
        let listed = Collection { store: &store, kind: "product" };
        for n in 0..products {
            let body = new_product(1001 + n, &names::title(n), title, 400 + 35 * n, 1_735_689_600_000);
            listed.put(tx, &(1001 + n).to_string(), &body)?;
        }
        let placed = Collection { store: &store, kind: "order" };
        for n in 0..orders {
            placed.put(tx, &(5001 + n).to_string(), &seeded_order(n, products))?;
        }
    }
    Ok(())
}

fn new_product(id: usize, title: &str, vendor: &str, cents: usize, at: i64) -> Value {
    let variant = json!({
        "id": id * 10, "product_id": id, "title": "Default", "price": price(cents), "inventory_quantity": id % 40,
    });
    json!({
        "id": id, "title": title, "handle": title.to_lowercase().replace(' ', "-"), "vendor": vendor,
        "product_type": "Goods", "status": "active", "created_at": rfc3339(at), "updated_at": rfc3339(at),
        "variants": [variant],
    })
}

fn seeded_order(n: usize, products: usize) -> Value {
    let person = &PEOPLE[n % PEOPLE.len()];
    let product = n % products;
    let cents = 400 + 35 * product;
    json!({
        "id": 5001 + n, "order_number": 1 + n, "name": format!("#{}", 1 + n), "email": person.email, "currency": "EUR",
        "created_at": rfc3339(1_736_000_000_000 + n as i64 * 3_600_000), "total_price": price(cents * 2),
        "financial_status": "paid", "status": if n % 4 == 3 { "closed" } else { "open" },
        "customer": { "first_name": person.first_name, "last_name": person.last_name, "email": person.email },
        "line_items": [{
            "product_id": 1001 + product, "title": names::title(product), "quantity": 2, "price": price(cents),
        }],
    })
}

fn price(cents: usize) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn refuse(status: StatusCode, errors: impl Into<Value>) -> Response {
    (status, Json(json!({ "errors": errors.into() }))).into_response()
}

/// Who calls, if the token holds the scope; else the refusal.
fn enter(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    scope: Option<&str>,
) -> Result<Result<Access, Box<Response>>, Fault> {
    let own = headers.get("x-shopify-access-token").and_then(|value| value.to_str().ok());
    let text = match bearer::check(state, realm, own.or_else(|| bearer::token(headers)))? {
        Ok(access) => {
            let Some(missing) = scope.filter(|scope| !access.has(scope)) else {
                return Ok(Ok(access));
            };
            let text = format!("This needs the scope {missing}, which the merchant has not approved.");
            return Ok(Err(Box::new(refuse(StatusCode::FORBIDDEN, text))));
        }
        Err(Denied::Missing) => "An access token is needed: send X-Shopify-Access-Token, or Authorization: Bearer.",
        Err(Denied::Unknown) => "The access token is not one of this shop.",
        Err(Denied::Expired) => "The access token has expired.",
        Err(Denied::Revoked) => "The access token was revoked.",
    };
    Ok(Err(Box::new(refuse(StatusCode::UNAUTHORIZED, text))))
}

async fn shop(State(state): State<AppState>, realm: Realm, headers: HeaderMap) -> Result<Response, Fault> {
    if let Err(refusal) = enter(&state, &realm, &headers, None)? {
        return Ok(*refusal);
    }
    let name = realm.key.trim_start_matches("shopify/");
    let body = json!({ "shop": {
        "id": SHOPS.iter().position(|(key, ..)| *key == name).unwrap_or_default() + 1, "name": realm.detail,
        "domain": format!("{name}.myshopify.com"), "myshopify_domain": format!("{name}.myshopify.com"),
        "email": format!("owner@{name}.test"), "currency": "EUR", "iana_timezone": "Europe/Berlin",
    } });
    Ok(Json(body).into_response())
}

type Version = Path<(String, String)>;

async fn products(
    State(state): State<AppState>,
    realm: Realm,
    Path((shop, version)): Version,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let address = format!("{}/shopify/{shop}/admin/api/{version}/products.json", state.base());
    page(
        &state,
        &realm,
        &headers,
        &Listing { kind: "product", plural: "products", scope: "read_products", address },
        query,
    )
}

async fn orders(
    State(state): State<AppState>,
    realm: Realm,
    Path((shop, version)): Version,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let address = format!("{}/shopify/{shop}/admin/api/{version}/orders.json", state.base());
    page(&state, &realm, &headers, &Listing { kind: "order", plural: "orders", scope: "read_orders", address }, query)
}

struct Listing {
    kind: &'static str,
    plural: &'static str,
    scope: &'static str,
    address: String,
}

fn page(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    listing: &Listing,
    query: Option<String>,
) -> Result<Response, Fault> {
    if let Err(refusal) = enter(state, realm, headers, Some(listing.scope))? {
        return Ok(*refusal);
    }
    let query = input::query(query.as_deref());
    let Some(limit) = input::number(&query, "limit", 50, 1..=250) else {
        return Ok(refuse(StatusCode::BAD_REQUEST, json!({ "limit": "must be a number from 1 to 250" })));
    };
    // As with the original, the filter travels in the page token, so it is part of the list's name.
    let status = input::text(&query, "status").unwrap_or("any").to_owned();
    let (status, offset) = match input::text(&query, "page_info") {
        None => (status, 0),
        Some(token) => {
            let found = ["any", "open", "closed"].into_iter().find_map(|status| {
                page_token::decode(&list_name(realm, listing, status), token).map(|offset| (status.to_owned(), offset))
            });
            match found {
                Some(found) => found,
                None => {
                    return Ok(refuse(StatusCode::BAD_REQUEST, json!({ "page_info": "is not a page of this list" })));
                }
            }
        }
    };
    if !["any", "open", "closed"].contains(&status.as_str()) {
        return Ok(refuse(StatusCode::BAD_REQUEST, json!({ "status": "must be open, closed or any" })));
    }
    let mut items = state.db().with(|tx| Collection { store: &realm.key, kind: listing.kind }.all(tx))?;
    items.retain(|item| listing.kind != "order" || status == "any" || item["status"] == status.as_str());
    let (items, next) = page_token::slice(items, offset, limit);
    let previous = (offset > 0).then(|| offset.saturating_sub(limit));
    let link = |rel: &str, offset: usize| {
        let token = page_token::encode(&list_name(realm, listing, &status), offset);
        format!("<{}?limit={limit}&page_info={token}>; rel=\"{rel}\"", listing.address)
    };
    let links: Vec<String> = previous
        .map(|offset| link("previous", offset))
        .into_iter()
        .chain(next.map(|offset| link("next", offset)))
        .collect();
    let mut response = Json(Map::from_iter([(listing.plural.to_owned(), Value::Array(items))])).into_response();
    if let Ok(value) = links.join(", ").parse()
        && !links.is_empty()
    {
        response.headers_mut().insert(header::LINK, value);
    }
    Ok(response)
}

fn list_name(realm: &Realm, listing: &Listing, status: &str) -> String {
    format!("{}/{}/{status}", realm.key, listing.kind)
}

type File = Path<(String, String, String)>;

async fn product(
    State(state): State<AppState>,
    realm: Realm,
    Path((.., file)): File,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    one(&state, &realm, &headers, "product", "read_products", &file)
}

async fn order(
    State(state): State<AppState>,
    realm: Realm,
    Path((.., file)): File,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    one(&state, &realm, &headers, "order", "read_orders", &file)
}

fn one(
    state: &AppState,
    realm: &Realm,
    headers: &HeaderMap,
    kind: &str,
    scope: &str,
    file: &str,
) -> Result<Response, Fault> {
    if let Err(refusal) = enter(state, realm, headers, Some(scope))? {
        return Ok(*refusal);
    }
    let Some(id) = file.strip_suffix(".json") else {
        return Ok(refuse(StatusCode::NOT_FOUND, "Not Found"));
    };
    Ok(match state.db().with(|tx| Collection { store: &realm.key, kind }.get(tx, id))? {
        Some(item) => Json(Map::from_iter([(kind.to_owned(), item)])).into_response(),
        None => refuse(StatusCode::NOT_FOUND, "Not Found"),
    })
}

async fn create_product(
    State(state): State<AppState>,
    realm: Realm,
    Path((_, version)): Version,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    if let Err(refusal) = enter(&state, &realm, &headers, Some("write_products"))? {
        return Ok(*refusal);
    }
    let members = match input::object(&body) {
        Ok(members) => members,
        Err(reason) => return Ok(refuse(StatusCode::BAD_REQUEST, reason)),
    };
    let Some(Value::Object(given)) = members.get("product") else {
        return Ok(refuse(StatusCode::BAD_REQUEST, json!({ "product": "Required parameter missing or invalid" })));
    };
    let Some(title) = input::text(given, "title") else {
        return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, json!({ "title": ["can't be blank"] })));
    };
    let vendor = realm.detail.clone().unwrap_or_default();
    let product = state.db().with(|tx| {
        let listed = Collection { store: &realm.key, kind: "product" };
        // Products are never deleted, so their number gives the next id.
        let id = 1001 + usize::try_from(listed.count(tx)?).unwrap_or_default();
        let mut product = new_product(id, title, &vendor, 0, state.now());
        for name in ["vendor", "product_type", "status", "handle"] {
            if let Some(text) = input::text(given, name) {
                product[name] = text.into();
            }
        }
        listed.put(tx, &id.to_string(), &product).map(|()| product)
    })?;
    webhooks::tell(&state, &realm, &version, "products/create", &product)?;
    Ok((StatusCode::CREATED, Json(json!({ "product": product }))).into_response())
}
