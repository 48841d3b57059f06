# How the configuration is written: names, tags, no hardcoded values, pinned versions and descriptions.
package headgate.terraform

import data.headgate.lib
import rego.v1

# Images -----------------------------------------------------------------------------------------------

# Anybody can publish an image with the name that a search expects.
findings contains lib.finding(
	"terraform.image_owner", "error", b.address,
	sprintf("%s looks for an image of any owner", [b.address]),
	"set owners to the accounts that publish the image",
) if {
	some b in input.plan.blocks
	b.mode == "data"
	b.type in {"aws_ami", "aws_ami_ids"}
	not "owners" in object.keys(b.references)
}

# Names -----------------------------------------------------------------------------------------------

environments := {"dev", "development", "local", "prod", "production", "qa", "sandbox", "staging", "test", "uat"}

findings contains lib.finding(
	"terraform.naming", "error", r.address,
	sprintf("%s is named %q, which does not follow {project}-{env}-{resource}", [r.address, name]),
	sprintf("use a name such as orders-%s-worker", [input.environment.name]),
) if {
	some type, argument in lib.name_of
	some r in lib.touched(type)
	name := text_of(r.change.after, argument)
	not well_named(name)
}

findings contains lib.finding(
	"plan.unknown_value", "error", r.address,
	sprintf("%s has its name (%s) only after the apply, but terraform.naming judges it", [r.address, argument]),
	"set it to a value that the plan contains",
) if {
	some type, argument in lib.name_of
	some r in lib.touched(type)
	lib.hidden(r, argument)
	not has_prefix(r)
}

# The provider appends something to a prefix that the plan contains.
has_prefix(r) if {
	some argument in ["bucket_prefix", "cluster_identifier_prefix", "identifier_prefix", "name_prefix"]
	text_of(r.change.after, argument) != ""
}

well_named(name) if {
	parts := split(name, "-")
	every part in parts {
		regex.match(`^[a-z0-9._]+$`, part)
	}
	some i, part in parts
	i > 0
	i < count(parts) - 1
	part in environments | {input.environment.name}
}

# Tags ------------------------------------------------------------------------------------------------

required_tags := {"Environment", "Project", "Owner", "ManagedBy"}

# Resources that support tags. If a tag is only known after the apply, the plan contains no tags, and the resource is not checked.
taggable := [{"address": r.address, "tags": tags, "r": r} |
	some type, changes in input.plan.touched
	startswith(type, "aws_")
	some r in changes
	tags := tags_of(r.change)
]

findings contains lib.finding(
	"terraform.tags", "error", t.address,
	sprintf("%s lacks the tags %s", [t.address, concat(", ", sort([tag | some tag in missing]))]),
	"set them in default_tags of the provider",
) if {
	some t in taggable
	missing := required_tags - object.keys(t.tags)
	count(missing) > 0
}

findings contains lib.finding(
	"terraform.tags", "error", t.address,
	sprintf("%s has the tag ManagedBy=%s instead of ManagedBy=terraform", [t.address, value]),
	"set ManagedBy = \"terraform\"",
) if {
	some t in taggable
	value := text_of(t.tags, "ManagedBy")
	lower(value) != "terraform"
}

findings contains lib.finding(
	"terraform.tag_created_by", "error", t.address,
	sprintf("%s is proposed by an agent and lacks the tag CreatedBy=agent", [t.address]),
	"set CreatedBy = \"agent\" in default_tags of the provider",
) if {
	lib.by_agent
	some t in taggable
	"create" in t.r.change.actions
	object.get(t.tags, "CreatedBy", "") != "agent"
}

findings contains lib.finding(
	"terraform.environment", "warning", t.address,
	sprintf("%s has the tag Environment=%s, but the change is for %s", [t.address, value, input.environment.name]),
	"check that this plan was made for the environment that it is proposed for",
) if {
	some t in taggable
	value := text_of(t.tags, "Environment")
	lower(value) != input.environment.name
}

# Literals --------------------------------------------------------------------------------------------

advice := {
	"ami": "look it up with data.aws_ami, or use a variable",
	"account_id": "use data.aws_caller_identity or a variable",
	"region": "use data.aws_region or a variable",
}

rules := {
	"ami": "terraform.hardcoded_ami",
	"account_id": "terraform.hardcoded_account",
	"region": "terraform.hardcoded_region",
}

# Descriptions and the owners of machine images may contain literals, because nothing is created there.
harmless(l) if l.argument == "description"

harmless(l) if {
	l.argument == "owners"
	input.plan.blocks[l.address].type == "aws_ami"
}

findings contains lib.finding(
	rules[l.kind], "error", l.address,
	sprintf("%s has the literal value %s in %s", [l.address, l.value, l.argument]),
	advice[l.kind],
) if {
	some l in input.plan.config.literals
	not in_provider(l)
	not harmless(l)
}

# A provider needs a region. A variable is better, but a literal is not an error.
findings contains lib.finding(
	rules[l.kind], "warning", l.address,
	sprintf("%s has the literal value %s in %s", [l.address, l.value, l.argument]),
	"use a variable",
) if {
	some l in input.plan.config.literals
	in_provider(l)
}

in_provider(l) if regex.match(`(^|\.)provider\.`, l.address)

# Descriptions and pins -------------------------------------------------------------------------------

findings contains lib.finding(
	"terraform.variable_description", "error", v.address,
	sprintf("%s has no description", [v.address]),
	"add a description that states its purpose and unit",
) if {
	some v in input.plan.config.variables
	v.local
	trim_space(v.description) == ""
}

findings contains lib.finding(
	"terraform.module_version", "error", m.address,
	sprintf("%s uses %s without a pinned version", [m.address, m.source]),
	"pin the version: version = \"~> X.Y\" for a registry, ?ref=TAG for Git",
) if {
	some m in input.plan.config.modules
	not lib.is_path(m.source)
	not pinned_module(m)
}

pinned_module(m) if pinned(m.version_constraint)

pinned_module(m) if {
	ref := regex.find_n(`[?&]ref=[^&]+`, m.source, 1)[0]
	not substring(ref, 5, -1) in {"main", "master", "develop", "HEAD"}
}

# Archives from HTTP or a bucket have no version argument, but their name may contain a version.
pinned_module(m) if regex.match(`^(https?|s3|gcs)::?.*[0-9]+\.[0-9]+`, m.source)

# A constraint is a pin if it has an upper limit.
pinned(constraint) if {
	some part in split(constraint, ",")
	regex.match(`^\s*(~>|=|<|[0-9v])`, part)
}

findings contains lib.finding(
	"terraform.provider_version", "error", p.address,
	sprintf("%s has no pinned version (constraint %q)", [p.address, p.version_constraint]),
	"pin the version in required_providers: version = \"~> X.Y\"",
) if {
	some p in input.plan.config.providers
	not contains(p.full_name, "terraform.io/builtin/")
	not pinned(p.version_constraint)
	not aliased(p)
}

# The executor has credentials for exactly one account, but a profile on its machine can point to any account.
findings contains lib.finding(
	"terraform.provider_profile", "error", p.address,
	sprintf("%s uses the profile %s of the executor, so the plan does not show which account it changes", [p.address, p.settings.profile]),
	"remove `profile`, so that the credentials come from the environment of the executor",
) if {
	some p in input.plan.config.providers
	is_string(p.settings.profile)
}

# An alias uses the version of its provider. The version in a module is for the module's owner to pin.
aliased(p) if contains(trim_prefix(p.address, "provider."), ".")
