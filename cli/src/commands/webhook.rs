//! `headgate webhook`.

use headgate_webhook::{Endpoint, Endpoints, Secret};
use serde_json::json;

use crate::args::{Global, Webhook};
use crate::fail::Failure;
use crate::{aws, output};

pub(super) fn run(global: &Global, args: Webhook) -> Result<(), Failure> {
    let (shown, said) = match args {
        Webhook::Add { secret, name, url } => {
            let signing = Secret::new().map_err(Failure::unavailable)?;
            let endpoint = Endpoint { name: name.clone(), url, secrets: vec![signing.clone()] };
            aws::change_endpoints(&secret, |all| {
                all.endpoints.push(endpoint);
                Ok(())
            })?;
            added(&name, signing)
        }
        Webhook::Rotate { secret, name } => {
            let signing = Secret::new().map_err(Failure::unavailable)?;
            let dropped = aws::change_endpoints(&secret, |all| {
                let endpoint = find(all, &name)?;
                // Both secrets sign while the receiver switches; the second rotation removes the old one.
                if endpoint.secrets.len() > 1 {
                    endpoint.secrets.truncate(1);
                    return Ok(true);
                }
                endpoint.secrets.insert(0, signing.clone());
                Ok(false)
            })?;
            if dropped {
                let said = format!("{name}: removed the previous signing secret");
                (json!({ "name": name, "dropped": true }), said)
            } else {
                added(&name, signing)
            }
        }
        Webhook::Remove { secret, name } => {
            aws::change_endpoints(&secret, |all| {
                find(all, &name)?;
                all.endpoints.retain(|e| e.name != name);
                Ok(())
            })?;
            (json!({ "name": name, "removed": true }), format!("removed the endpoint {name}"))
        }
        Webhook::List { secret } => {
            let all = aws::change_endpoints(&secret, |all| Ok(all.clone()))?;
            let rows = all.endpoints.iter();
            let rows = rows.map(|e| json!({ "name": e.name, "secrets": e.secrets.len() }));
            let names: Vec<_> = all.endpoints.iter().map(|e| e.name.as_str()).collect();
            let said = if names.is_empty() {
                "no endpoints; add one with `headgate webhook add`".to_owned()
            } else {
                names.join("\n")
            };
            (json!({ "endpoints": rows.collect::<Vec<_>>() }), said)
        }
    };
    if global.json {
        output::json(&shown);
    } else {
        output::line(said);
    }
    Ok(())
}

fn added(name: &str, signing: Secret) -> (serde_json::Value, String) {
    let signing = String::from(signing);
    let said =
        format!("{name}: give the receiver this signing secret; it is not shown again\n{signing}");
    (json!({ "name": name, "signing_secret": signing }), said)
}

fn find<'a>(all: &'a mut Endpoints, name: &str) -> Result<&'a mut Endpoint, Failure> {
    let known: Vec<_> = all.endpoints.iter().map(|e| e.name.clone()).collect();
    all.endpoints.iter_mut().find(|e| e.name == name).ok_or_else(|| {
        Failure::Usage(format!("no endpoint is named `{name}`; known: {}", known.join(", ")))
    })
}
