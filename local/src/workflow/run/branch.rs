//! Steps that hold other steps: Conditional and Fan Out.

use std::sync::atomic::Ordering;

use futures_util::StreamExt;
use futures_util::stream;
use serde_json::{Value, json};

use super::{At, Flow, Run};
use crate::config::Step;
use crate::config::step::size;
use crate::workflow::conditional;
use crate::workflow::values::Scope;

/// Items of one Fan Out that are under way at the same time.
const ITEMS_AT_ONCE: usize = 4;

impl Run<'_> {
    pub(super) async fn conditional(
        &self,
        at: &At<'_>,
        conditions: &crate::config::condition::Conditions,
        then: &[Step],
        r#else: &[Step],
        before: &str,
        scope: &mut Scope<'_>,
    ) -> Flow {
        let taken = match self.known(&at.place) {
            // The way that was taken stays, even if what it was decided by has changed.
            Some(step) => step,
            None => {
                let holds = conditional::holds(conditions, scope);
                let seen: Vec<Value> = conditions
                    .iter()
                    .flatten()
                    .map(|one| {
                        json!({"variable": scope.value(&one.variable), "operator": one.operator,
                            "argument": one.argument.as_ref().and_then(|argument| scope.value(argument))})
                    })
                    .collect();
                match self.finish(at, json!({"conditions": seen}), json!({"result": holds})).await {
                    Ok(step) => step,
                    Err(error) => return Flow::Broken(error),
                }
            }
        };
        let output = taken.exact.unwrap_or_default();
        let holds = output["result"] == true;
        at.name(scope, output);
        let (steps, first) = if holds { (then, at.number + 1) } else { (r#else, at.number + 1 + size(then)) };
        self.row(steps, before.to_owned(), first, Some(taken.id), scope).await
    }

    pub(super) async fn fan_out(&self, at: &At<'_>, over: &str, steps: &[Step], scope: &mut Scope<'_>) -> Flow {
        let taken = match self.known(&at.place) {
            Some(step) => step,
            None => {
                let list = scope.value(&over.into()).unwrap_or_default();
                let Value::Array(items) = list else {
                    let output =
                        json!({"error": format!("{over} is not a list, so there is nothing to fan out over.")});
                    return match self.fail(at, json!({"over": list}), output).await {
                        Ok(_) => Flow::Fail,
                        Err(error) => Flow::Broken(error),
                    };
                };
                let output = json!({"count": items.len(), "items": items});
                match self.finish(at, json!({"over": over}), output).await {
                    Ok(step) => step,
                    Err(error) => return Flow::Broken(error),
                }
            }
        };
        let output = taken.exact.unwrap_or_default();
        let items = output["items"].as_array().cloned().unwrap_or_default();
        let flows: Vec<Flow> = {
            let around = &*scope;
            let walks = items.into_iter().enumerate().map(|(index, item)| {
                let before = format!("{}[{index}]/", at.place);
                async move {
                    let mut inner = Scope::inside(around);
                    at.name(&mut inner, json!({"instance": item, "index": index}));
                    self.row(steps, before, at.number + 1, Some(taken.id), &mut inner).await
                }
            });
            stream::iter(walks).buffered(ITEMS_AT_ONCE).collect().await
        };
        at.name(scope, json!({"count": output["count"]}));
        // Items that wait are waited for; one that failed does not hold the others up.
        let mut wait: Option<i64> = None;
        for flow in flows {
            match flow {
                Flow::Wait(due) => wait = wait.into_iter().chain([due]).min(),
                Flow::Broken(error) => return Flow::Broken(error),
                Flow::Fail => self.item_failed.store(true, Ordering::Relaxed),
                Flow::Next(_) => {}
            }
        }
        wait.map_or(Flow::Next(Some(taken.id)), Flow::Wait)
    }
}
