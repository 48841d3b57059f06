# What a resource of an environment needs beside it: flow logs, a firewall, scaling, a second zone.
package headgate.profile

import data.headgate.lib
import rego.v1

created(type) := [r | some r in lib.touched(type); "create" in r.change.actions]

findings contains lib.finding(
	"profile.companion", "warning", r.address,
	sprintf("%s has no flow log", [r.address]),
	"add an aws_flow_log for the VPC",
) if {
	some r in created("aws_vpc")
	count(lib.companions(r, "aws_flow_log", "vpc_id")) == 0
	not behind_local(r, "aws_flow_log", "vpc_id")
}

# One in the same module that refers to its resource through a local.
behind_local(r, type, argument) if {
	some other in lib.present(type)
	lib.block(other).module == lib.block(r).module
	argument in lib.block(other).locals
}

findings contains lib.finding(
	"profile.companion", "warning", r.address,
	sprintf("%s serves the internet without a web application firewall", [r.address]),
	"associate an aws_wafv2_web_acl",
) if {
	lib.production
	some type in ["aws_lb", "aws_alb"]
	some r in created(type)
	object.get(r.change.after, "load_balancer_type", "application") in {"application", null}
	not object.get(r.change.after, "internal", false) == true
	count(lib.companions(r, "aws_wafv2_web_acl_association", "resource_arn")) == 0
}

findings contains lib.finding(
	"profile.companion", "warning", r.address,
	sprintf("%s serves the internet without a web application firewall", [r.address]),
	"set web_acl_id",
) if {
	lib.production
	some r in lib.touched("aws_cloudfront_distribution")
	not lib.given(r, "web_acl_id")
}

findings contains lib.finding(
	"profile.companion", "warning", r.address,
	sprintf("%s does not scale with its load", [r.address]),
	"add an aws_appautoscaling_target and a policy for the service",
) if {
	lib.production
	some r in created("aws_ecs_service")
	count(lib.companions(r, "aws_appautoscaling_target", "resource_id")) == 0
}

findings contains lib.finding(
	"profile.companion", "warning", r.address,
	sprintf("%s has a load balancer, but no health_check_grace_period_seconds", [r.address]),
	"set it to the time that a task needs to start, or the scheduler stops tasks that still start",
) if {
	some r in lib.touched("aws_ecs_service")
	lib.given(r, "load_balancer")
	not lib.given(r, "health_check_grace_period_seconds")
}

findings contains lib.finding(
	"profile.companion", "warning", r.address,
	sprintf("%s keeps every image that was ever pushed", [r.address]),
	"add an aws_ecr_lifecycle_policy",
) if {
	some r in created("aws_ecr_repository")
	count(lib.companions(r, "aws_ecr_lifecycle_policy", "repository")) == 0
}

# What keeps a record of what a resource lets through: its type, and the argument that refers to the resource.
recorded_by := {
	"aws_networkfirewall_firewall": ["aws_networkfirewall_logging_configuration", "firewall_arn"],
	"aws_redshift_cluster": ["aws_redshift_logging", "cluster_identifier"],
	"aws_route53_zone": ["aws_route53_query_log", "zone_id"],
	"aws_wafv2_web_acl": ["aws_wafv2_web_acl_logging_configuration", "resource_arn"],
}

findings contains lib.finding(
	"profile.companion", "warning", r.address,
	sprintf("%s keeps no log", [r.address]),
	sprintf("add an %s", [beside[0]]),
) if {
	lib.production
	some type, beside in recorded_by
	some r in created(type)
	is_empty(object.get(r.change.after, "vpc", null))
	is_empty(object.get(r.change.after, "logging", null))
	count(lib.companions(r, beside[0], beside[1])) == 0
}

# Zones -----------------------------------------------------------------------------------------------

spread := {
	"aws_alb": "subnets",
	"aws_autoscaling_group": "vpc_zone_identifier",
	"aws_db_subnet_group": "subnet_ids",
	"aws_docdb_subnet_group": "subnet_ids",
	"aws_elasticache_subnet_group": "subnet_ids",
	"aws_lb": "subnets",
	"aws_redshift_subnet_group": "subnet_ids",
}

findings contains lib.finding(
	"profile.zones", "error", r.address,
	sprintf("%s is in one availability zone (%s)", [r.address, zone]),
	"use subnets in at least two zones",
) if {
	lib.production
	some type, argument in spread
	some r in lib.touched(type)
	subnets := [s | some b in lib.block(r).references[argument]; some s in object.get(input.plan.by_block, b, []); s.type == "aws_subnet"]
	every s in subnets {
		is_string(s.change.after.availability_zone)
	}
	zones := {s.change.after.availability_zone | some s in subnets}
	count(zones) == 1
	some zone in zones
}

# One NAT gateway for several zones is lost together with its zone.
findings contains lib.finding(
	"profile.zones", "warning", r.address,
	sprintf("%s is the only NAT gateway", [r.address]),
	"add one for each availability zone",
) if {
	lib.production
	some r in created("aws_nat_gateway")
	count(lib.present("aws_nat_gateway")) == 1
}
