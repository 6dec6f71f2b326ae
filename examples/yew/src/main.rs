//! An app with one button for each integration, in Rust. `?host=…&project=…&token=…` says where the platform is and who the
//! user; a product would get the token from its own server.

use paragon_connect::web::{
    Event, InstallOptions, IntegrationMetadata, Paragon, Request, StageName, Subscription, User,
};
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

fn main() {
    yew::Renderer::<App>::new().render();
}

/// A value of the page's address.
fn given(name: &str) -> String {
    let search = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    web_sys::UrlSearchParams::new_with_str(&search).ok().and_then(|given| given.get(name)).unwrap_or_default()
}

#[component]
fn App() -> Html {
    let user = use_state(|| None::<User>);
    let catalog = use_state(Vec::<IntegrationMetadata>::new);
    let said = use_state(String::new);

    // Signs in once, and follows the state for as long as the app is there.
    use_effect_with((), {
        let (user, catalog, said) = (user.clone(), catalog.clone(), said.clone());
        move |()| {
            let paragon = Paragon::shared();
            let heard = said.clone();
            let kept: Vec<Subscription> = [
                paragon.on_state_change({
                    let paragon = paragon.clone();
                    move || {
                        user.set(paragon.user());
                        catalog.set(paragon.integrations().unwrap_or_default());
                    }
                }),
                paragon.subscribe(Event::IntegrationInstall, move |event| {
                    heard.set(format!("connected: {}", event["integrationType"].as_str().unwrap_or_default()));
                }),
            ]
            .into_iter()
            .flatten()
            .collect();
            spawn_local(async move {
                paragon.set_headless(true);
                let signed_in = match paragon.configure(&given("host")) {
                    Ok(()) => paragon.authenticate(&given("project"), &given("token")).await,
                    Err(error) => Err(error),
                };
                if let Err(error) = signed_in {
                    said.set(error.to_string());
                }
            });
            move || drop(kept)
        }
    });

    let rows = catalog.iter().map(|integration| {
        let kind = integration.r#type.clone();
        let connected = user.as_ref().and_then(|user| user.integrations.get(&kind)).is_some_and(|state| state.enabled);
        let onclick = {
            let (said, kind) = (said.clone(), kind.clone());
            // The install begins in the click's own turn, so that the browser allows the popup.
            move |_| if connected { ask(&kind, said.clone()) } else { connect(&kind, said.clone()) }
        };
        let label = if connected { "Ask" } else { "Connect" };
        html! { <li key={kind.clone()}><button id={kind} {onclick}>{ format!("{label} {}", integration.name) }</button></li> }
    });
    html! {
        <main>
            <h1>{ user.as_ref().map_or("Nobody is signed in".to_owned(), |user| user.user_id.clone()) }</h1>
            <ul>{ for rows }</ul>
            <output>{ (*said).clone() }</output>
        </main>
    }
}

fn connect(kind: &str, said: UseStateHandle<String>) {
    let install = Paragon::shared().install(kind, &InstallOptions::default());
    spawn_local(async move {
        let outcome = async {
            let mut install = install?;
            while let Some(stage) = install.next().await? {
                match (&stage.error, stage.stage) {
                    (Some(error), _) => return Err(error.clone()),
                    (None, StageName::Oauth | StageName::Done) => {}
                    // This app has no form. Leaving the install cancels it.
                    (None, other) => {
                        said.set(format!("{other:?} wants {} answers", stage.options.as_array().map_or(0, Vec::len)));
                        return Ok(());
                    }
                }
            }
            Ok(())
        };
        if let Err(error) = outcome.await {
            said.set(error.to_string());
        }
    });
}

fn ask(kind: &str, said: UseStateHandle<String>) {
    let kind = kind.to_owned();
    spawn_local(async move {
        let answer = Paragon::shared().request::<Value>(&kind, "auth.test", &Request::default()).await;
        said.set(answer.map_or_else(|error| error.to_string(), |answer| answer.to_string()));
    });
}
