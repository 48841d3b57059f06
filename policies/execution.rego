# What runs during the plan and the apply besides the resources of AWS: programs, providers and modules of others, and
# providers that work somewhere else than in the environment.
package headgate.execution

import data.headgate.lib
import rego.v1

# Programs --------------------------------------------------------------------------------------------

findings contains lib.finding(
	"execution.provisioner", "error", p.address,
	sprintf("%s runs the provisioner %s, whose commands no review can judge", [p.address, p.type]),
	"use a resource of a provider, user data, or Systems Manager instead",
) if {
	executes
	some p in input.plan.config.provisioners
	some r in object.get(input.plan.by_block, p.address, [])
	some action in r.change.actions
	action in {"create", "delete"}
}

executes if input.change.lane == "execute"

# Data sources that run a program or ask a server, during the plan and again during the apply. A module of somebody else
# may have one that it does not use, and that a plan does not tell apart.
programs := {
	"aws_lambda_invocation": "calls a function",
	"external": "runs a program on the executor",
	"http": "gets a value from a server",
}

findings contains lib.finding(
	"execution.program", severity(address), address,
	sprintf("%s %s, so the result may differ between the plan and the apply", [address, what]),
	"pass the value in as a variable",
) if {
	executes
	some address, b in input.plan.blocks
	b.mode == "data"
	what := programs[b.type]
}

severity(address) := "warning" if elsewhere(address)

severity(address) := "error" if not elsewhere(address)

elsewhere(address) if {
	some m in input.plan.config.modules
	not lib.is_path(m.source)
	startswith(address, concat("", [m.address, "."]))
}

# Resources that run something, or write to the executor's disk.
runners := {
	"aws_lambda_invocation": "calls a function",
	"aws_ssm_association": "runs commands on instances",
	"local_file": "writes a file on the executor",
	"local_sensitive_file": "writes a file on the executor",
}

findings contains lib.finding(
	"execution.program", "warning", r.address,
	sprintf("%s %s during the apply", [r.address, what]),
	"no fix needed; read what it does before you decide",
) if {
	executes
	some type, what in runners
	some r in lib.touched(type)
}

# Providers of clusters may run a program to get a token.
findings contains lib.finding(
	"execution.program", "error", p.address,
	sprintf("%s runs a program on the executor (exec)", [p.address]),
	"get the token with a data source of the aws provider",
) if {
	executes
	some p in input.plan.config.providers
	runs_program(p.settings)
}

runs_program(settings) if is_written(settings, "exec")

runs_program(settings) if {
	some block in list_of(object.get(settings, "kubernetes", null))
	is_written(block, "exec")
}

is_written(settings, name) if not is_empty(object.get(settings, name, null))

# Templates of other tools: what is in them is not in the plan as resources, so no rule judges it.
templates := {
	"aws_cloudcontrolapi_resource": ["type_name", "desired_state"],
	"aws_cloudformation_stack": ["template_body"],
	"aws_cloudformation_stack_set": ["template_body"],
}

findings contains lib.finding(
	"execution.template", "error", r.address,
	sprintf("%s makes %s in a template, where no rule judges it", [r.address, concat(", ", sort(made))]),
	"write it as a resource of Terraform",
) if {
	executes
	some type, arguments in templates
	some r in lib.touched(type)
	made := {kind |
		some argument in arguments
		some kind in regex.find_n(`AWS::(CloudTrail|Config|DynamoDB|EC2|ECS|EFS|EKS|ElasticLoadBalancingV2|GuardDuty|IAM|KMS|Lambda|OpenSearchService|Organizations|RDS|Redshift|S3|SecretsManager|SecurityHub|SNS|SQS)::[A-Za-z0-9]+`, text_of(r.change.after, argument), -1)
	}
	count(made) > 0
}

findings contains lib.finding(
	"execution.template", "error", r.address,
	sprintf("%s has its template (%s) only after the apply", [r.address, argument]),
	"write the template into the configuration, or its resources as those of Terraform",
) if {
	executes
	some type, arguments in templates
	some r in lib.touched(type)
	some argument in arguments
	lib.hidden(r, argument)
}

# Sources ---------------------------------------------------------------------------------------------

findings contains lib.finding(
	"execution.provider_source", "error", p.address,
	sprintf("%s is the provider %s, which is not in allowed_providers", [p.address, p.full_name]),
	"use a provider that is allowed, or add it to allowed_providers in the settings",
) if {
	executes
	some p in input.plan.config.providers
	not lib.listed(p.full_name, data.settings.allowed_providers)
}

# A provider without configuration of its own is only named by its resources.
findings contains lib.finding(
	"execution.provider_source", "error", r.address,
	sprintf("%s uses the provider %s, which is not in allowed_providers", [r.address, r.provider_name]),
	"use a provider that is allowed, or add it to allowed_providers in the settings",
) if {
	executes
	some r in input.plan.resource_changes
	not r.provider_name in {p.full_name | some p in input.plan.config.providers}
	not lib.listed(r.provider_name, data.settings.allowed_providers)
}

findings contains lib.finding(
	"execution.module_source", "error", m.address,
	sprintf("%s comes from %s, which is not in allowed_modules", [m.address, m.source]),
	"use a module that is allowed, or add its source to allowed_modules in the settings",
) if {
	executes
	some m in input.plan.config.modules
	not lib.is_path(m.source)
	not elsewhere(m.address)
	not lib.listed(m.source, data.settings.allowed_modules)
}

# Where a provider works ------------------------------------------------------------------------------

# Settings that send requests, or what they contain, somewhere else than to AWS.
detours := {"custom_ca_bundle", "ec2_metadata_service_endpoint", "endpoints", "http_proxy", "https_proxy", "insecure", "sts_region"}

findings contains lib.finding(
	"execution.endpoint", "error", p.address,
	sprintf("%s has %s, which sends its requests to another server", [p.address, setting]),
	"remove it; the executor decides how it reaches AWS",
) if {
	executes
	some p in aws
	some setting in detours
	is_set(p, setting)
	not p.settings[setting] in {false, "false"}
	not own_region(p, setting)
}

own_region(p, "sts_region") if p.settings.sts_region == input.environment.region

# Credentials of the provider's own. The executor has those of the permit.
own_credentials := {"access_key", "secret_key", "shared_config_files", "shared_credentials_file", "shared_credentials_files", "token"}

findings contains lib.finding(
	"execution.credentials", "critical", p.address,
	sprintf("%s has %s, so it does not use the credentials of the permit", [p.address, setting]),
	"remove it; the executor gets credentials with the permit",
) if {
	executes
	some p in aws
	some setting in own_credentials
	is_set(p, setting)
}

aws := [p | some p in input.plan.config.providers; regex.match(`/hashicorp/aws(cc)?$`, p.full_name)]

is_set(p, setting) if {
	some name, value in p.settings
	name == setting
	not is_empty(value)
}

# A value that the plan does not show.
is_set(p, setting) if {
	some name, value in p.settings
	name == setting
	is_null(value)
}

# A role that the plan does not show may be one of any account. `guards.provider_account` compares those that it shows.
findings contains lib.finding(
	"execution.role_unknown", "error", p.address,
	sprintf("%s assumes a role that the plan does not show, so nobody can say which account it changes", [p.address]),
	"write the ARN of the role into the provider, or into a variable of the root module",
) if {
	executes
	some p in aws
	some argument in ["assume_role", "assume_role_with_web_identity"]
	some block in list_of(object.get(p.settings, argument, null))
	not regex.match(`:[0-9]{12}:`, text_of(block, "role_arn"))
}

findings contains lib.finding(
	"execution.region", "error", p.address,
	sprintf("%s works in %s, but the region of %s is %s", [p.address, p.settings.region, input.environment.name, input.environment.region]),
	"work in the environment's region, or propose the change for the environment with that region",
) if {
	executes
	some p in aws
	is_string(input.environment.region)
	is_string(p.settings.region)
	p.settings.region != input.environment.region
	not only_global(p)
}

findings contains lib.finding(
	"execution.region", "error", p.address,
	sprintf("%s works in a region that the plan does not show", [p.address]),
	"write the region into the provider, or into a variable of the root module",
) if {
	executes
	some p in aws
	is_string(input.environment.region)
	is_null(object.get(p.settings, "region", "of the executor"))
}

# Some resources of global services exist only in us-east-1, also their certificates and web ACLs.
only_global(p) if {
	p.settings.region == "us-east-1"
	every type in {b.type | some b in input.plan.blocks; b.provider == p.address} {
		regex.match(`^aws_(acm_|cloudfront_|route53_|route53domains_|wafv2_|iam_|shield_|globalaccelerator_|budgets_|ce_|cur_|ecrpublic_|organizations_|lambda_function$|caller_identity$|partition$)`, type)
	}
}

# Providers from version 6 on take a region for each resource.
findings contains lib.finding(
	"execution.region", "error", r.address,
	sprintf("%s is in %s, but the region of %s is %s", [r.address, r.change.after.region, input.environment.name, input.environment.region]),
	"use the environment's region, or propose the change for the environment with that region",
) if {
	executes
	is_string(input.environment.region)
	some written in input.plan.touched
	some r in written
	lib.written(r, "region")
	is_string(r.change.after.region)
	r.change.after.region != input.environment.region
}
