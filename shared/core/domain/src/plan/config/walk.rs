//! Two passes over the modules: one collects what references pass through, one the blocks.

use serde_json::{Map, Value, json};

use super::near::near;
use super::resolve::{Scopes, references};
use super::{Block, Config, ModuleCall, Provider, Provisioner, Use, Variable, literals, text};

pub(super) fn config(configuration: &Value, variables: &Value) -> Config {
    let mut config = Config::default();
    let Some(root) = configuration.get("root_module") else {
        providers(configuration, variables, &mut config);
        return config;
    };
    let mut scopes = Scopes::default();
    scope(root, "", &mut scopes);
    module(root, "", true, &scopes, &mut config);
    providers(configuration, variables, &mut config);
    config.blocks.sort_by(|a, b| a.address.cmp(&b.address));
    config.modules.sort_by(|a, b| a.address.cmp(&b.address));
    config.variables.sort_by(|a, b| a.address.cmp(&b.address));
    link(&mut config.blocks);
    config
}

fn members<'a>(node: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    node.get(key).and_then(Value::as_object).into_iter().flatten()
}

/// References that `for_each` and `count` of a block or call depend on.
fn repeated(node: &Value) -> Vec<String> {
    let mut names = Vec::new();
    for key in ["for_each_expression", "count_expression"] {
        names.extend(node.get(key).map(references).into_iter().flatten());
    }
    names
}

fn scope(node: &Value, prefix: &str, scopes: &mut Scopes) {
    for (name, output) in members(node, "outputs") {
        let names = output.get("expression").map(references).unwrap_or_default();
        scopes.outputs.insert((prefix.to_owned(), name.clone()), names);
    }
    for (name, call) in members(node, "module_calls") {
        let inner = format!("{prefix}module.{name}.");
        let each = repeated(call);
        for (input, expression) in members(call, "expressions") {
            let mut names = references(expression);
            if names.iter().any(|n| n.starts_with("each.")) {
                names.extend(each.iter().cloned());
            }
            scopes.inputs.insert((inner.clone(), input.clone()), names);
        }
        if let Some(child) = call.get("module") {
            scope(child, &inner, scopes);
        }
    }
}

fn module(node: &Value, prefix: &str, local: bool, scopes: &Scopes, config: &mut Config) {
    if !prefix.is_empty() {
        config.plumbing.push(json!({ "address": prefix, "outputs": node.get("outputs") }));
    }
    for (name, variable) in members(node, "variables") {
        config.variables.push(Variable {
            address: format!("{prefix}var.{name}"),
            description: text(variable, "description"),
            default: variable.get("default").cloned().unwrap_or_default(),
            local,
        });
    }
    for resource in node.get("resources").and_then(Value::as_array).into_iter().flatten() {
        let block = block(resource, prefix, scopes);
        for (argument, expression) in members(resource, "expressions") {
            literals::scan(&block.address, argument, expression, &mut config.literals);
        }
        if let Some(commands) = resource.get("provisioners") {
            config.command_references.extend(references(commands));
            let kinds = commands.as_array().into_iter().flatten();
            config.provisioners.extend(kinds.map(|command| Provisioner {
                address: block.address.clone(),
                kind: text(command, "type"),
            }));
            config.commands.push(json!({ "address": block.address, "provisioners": commands }));
        }
        config.blocks.push(block);
    }
    for (name, call) in members(node, "module_calls") {
        let address = format!("{prefix}module.{name}");
        for (argument, expression) in members(call, "expressions") {
            literals::scan(&address, argument, expression, &mut config.literals);
        }
        config.plumbing.push(json!({ "address": address, "inputs": call.get("expressions") }));
        let source = text(call, "source");
        let near = local && (source.starts_with("./") || source.starts_with("../"));
        if let Some(child) = call.get("module") {
            module(child, &format!("{address}."), near, scopes, config);
        }
        let version_constraint = text(call, "version_constraint");
        config.modules.push(ModuleCall { address, source, version_constraint });
    }
}

fn block(resource: &Value, prefix: &str, scopes: &Scopes) -> Block {
    let each = repeated(resource);
    let arguments = || members(resource, "expressions");
    let mut locals = Vec::new();
    let rests_on = arguments().map(|(name, expression)| {
        let sources = scopes.blocks(prefix, &references(expression), &each);
        locals.extend(sources.local.then(|| name.clone()));
        (name.clone(), sources.blocks)
    });
    let rests_on = rests_on.collect();
    Block {
        address: format!("{prefix}{}", text(resource, "address")),
        module: prefix.trim_end_matches('.').to_owned(),
        mode: text(resource, "mode"),
        kind: text(resource, "type"),
        references: rests_on,
        near: arguments()
            .map(|(name, e)| {
                (name.clone(), near(prefix, e, resource.get("for_each_expression"), scopes))
            })
            .filter(|(_, blocks)| !blocks.is_empty())
            .collect(),
        locals,
        constants: arguments().map(|(name, e)| (name.clone(), constant(e))).collect(),
        fixed: arguments().filter(|(_, e)| is_fixed(e)).map(|(name, _)| name.clone()).collect(),
        used_by: Vec::new(),
        provider: provider_address(&text(resource, "provider_config_key")),
        provider_key: text(resource, "provider_config_key"),
        written: json!({
            "expressions": resource.get("expressions"),
            "count": resource.get("count_expression"),
            "for_each": resource.get("for_each_expression"),
        }),
    }
}

/// Whether an expression refers to nothing but locals.
fn is_fixed(expression: &Value) -> bool {
    references(expression)
        .iter()
        .all(|name| name.starts_with("local.") || name.starts_with("path."))
}

/// The constant part of an expression; `null` where it refers to something.
fn constant(expression: &Value) -> Value {
    written(expression, &|_| Value::Null)
}

/// The value of a provider's expression: a constant, or the value of a single root module variable.
fn known(expression: &Value, module: &str, variables: &Value) -> Value {
    written(expression, &|refers| {
        let name = match references(refers).as_slice() {
            [name] if module.is_empty() => name.strip_prefix("var.").map(str::to_owned),
            _ => None,
        };
        let value = name.and_then(|name| variables.get(&name)?.get("value"));
        value.cloned().unwrap_or_default()
    })
}

/// An expression with its constants, and the result of `resolved` for everything else.
fn written(expression: &Value, resolved: &dyn Fn(&Value) -> Value) -> Value {
    match expression {
        Value::Object(members) => match members.get("constant_value") {
            Some(value) => value.clone(),
            None if members.contains_key("references") => resolved(expression),
            None => {
                let member = |(k, v): (&String, &Value)| (k.clone(), written(v, resolved));
                members.iter().map(member).collect::<Map<_, _>>().into()
            }
        },
        Value::Array(items) => items.iter().map(|i| written(i, resolved)).collect(),
        other => other.clone(),
    }
}

/// Address of a provider by its key: `provider.aws` for `aws`, `module.m.provider.aws` for `module.m:aws`.
fn provider_address(key: &str) -> String {
    match key.rsplit_once(':') {
        Some((module, name)) => format!("{module}.provider.{name}"),
        None => format!("provider.{key}"),
    }
}

fn providers(configuration: &Value, variables: &Value, config: &mut Config) {
    let mut settings = Map::new();
    for (key, provider) in members(configuration, "provider_config") {
        let module = text(provider, "module_address");
        let address = provider_address(key);
        for (argument, expression) in members(provider, "expressions") {
            literals::scan(&address, argument, expression, &mut config.literals);
            config.provider_references.extend(references(expression));
        }
        if let Some(expressions) = provider.get("expressions") {
            let full_name = text(provider, "full_name");
            settings.insert(key.clone(), json!({ "name": full_name, "settings": expressions }));
        }
        config.providers.push(Provider {
            address,
            full_name: text(provider, "full_name"),
            version_constraint: text(provider, "version_constraint"),
            settings: members(provider, "expressions")
                .map(|(argument, e)| (argument.clone(), known(e, &module, variables)))
                .collect(),
            module,
        });
    }
    config.providers.sort_by(|a, b| a.address.cmp(&b.address));
    config.provider_settings = settings.into();
}

/// Records in each block which arguments depend on it.
fn link(blocks: &mut [Block]) {
    let uses: Vec<(String, Use)> = blocks
        .iter()
        .flat_map(|block| {
            block.references.iter().flat_map(|(argument, targets)| {
                targets.iter().map(|target| {
                    let (address, kind) = (block.address.clone(), block.kind.clone());
                    (target.clone(), Use { address, kind, argument: argument.clone() })
                })
            })
        })
        .collect();
    for (target, at) in uses {
        if let Ok(index) = blocks.binary_search_by(|b| b.address.cmp(&target)) {
            blocks[index].used_by.push(at);
        }
    }
}
