# What becomes reachable from the internet by where it is put, or by what stands in front of it.
package headgate.network

import data.headgate.lib
import rego.v1

# Ports of databases and of administration.
inner_ports := {22, 1433, 1521, 3306, 3389, 5432, 5439, 5984, 6379, 6380, 9042, 9092, 9200, 11211, 27017}

findings contains lib.finding(
	"network.public_access", "critical", r.address,
	sprintf("%s offers port %v on a load balancer of the internet", [r.address, r.change.after.port]),
	"use an internal load balancer",
) if {
	some type in ["aws_lb_listener", "aws_alb_listener"]
	some r in lib.touched(type)
	r.change.after.port in inner_ports
	some balancer in lib.block(r).references.load_balancer_arn
	some b in object.get(input.plan.by_block, balancer, [])
	not b.change.after.internal == true
}

findings contains lib.finding(
	"network.public_access", "critical", r.address,
	sprintf("%s offers port %v on the internet", [r.address, listener.lb_port]),
	"set internal = true",
) if {
	some r in lib.touched("aws_elb")
	not r.change.after.internal == true
	some listener in list_of(r.change.after.listener)
	listener.lb_port in inner_ports
}

# An accelerator has public addresses, whatever stands behind it.
findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s makes the internal load balancer %s reachable from the internet", [r.address, b.address]),
	"use a load balancer that is meant for the internet",
) if {
	some r in lib.touched("aws_globalaccelerator_endpoint_group")
	some balancer in lib.block(r).references.endpoint_configuration
	some b in object.get(input.plan.by_block, balancer, [])
	b.change.after.internal == true
}

giving_subnets contains r.block if {
	some r in lib.present("aws_subnet")
	r.change.after.map_public_ip_on_launch == true
}

giving_subnets contains r.block if {
	some r in lib.present("aws_default_subnet")
	object.get(r.change.after, "map_public_ip_on_launch", null) != false
}

findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s gets a public address from its subnet %s", [r.address, subnet]),
	"set associate_public_ip_address = false, or use a private subnet",
) if {
	some r in lib.touched("aws_instance")
	some subnet in lib.block(r).references.subnet_id
	subnet in giving_subnets
	object.get(r.change.after, "associate_public_ip_address", null) != false
}

findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s puts a file system into the public subnet %s", [r.address, subnet]),
	"use a private subnet",
) if {
	some r in lib.touched("aws_efs_mount_target")
	some subnet in lib.block(r).references.subnet_id
	subnet in public_subnets
}

findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s opens the ports %v to %v to the internet", [r.address, port.from_port, port.to_port]),
	"list the networks in cidrs",
) if {
	some r in lib.touched("aws_lightsail_instance_public_ports")
	some port in list_of(r.change.after.port_info)
	not of_the_web(port)
	open_to_all(port)
}

of_the_web(port) if {
	port.from_port in {80, 443}
	port.to_port == port.from_port
	port.protocol == "tcp"
}

open_to_all(port) if {
	some key in ["cidrs", "ipv6_cidrs"]
	some cidr in list_of(object.get(port, key, null))
	anywhere(cidr)
}

# Lightsail opens a port to everybody if nothing says otherwise.
open_to_all(port) if {
	every key in ["cidrs", "ipv6_cidrs", "cidr_list_aliases"] { is_empty(object.get(port, key, null)) }
}

findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s opens ports of administration to the internet", [r.address]),
	"open the ports of the game only",
) if {
	some r in lib.touched("aws_gamelift_fleet")
	some permission in list_of(r.change.after.ec2_inbound_permission)
	anywhere(permission.ip_range)
	some port in inner_ports
	permission.from_port <= port
	permission.to_port >= port
}

findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s gives its container a public address", [r.address]),
	"remove assignPublicIp",
) if {
	some r in lib.touched("aws_batch_job_definition")
	text := text_of(r.change.after, "container_properties")
	json.is_valid(text)
	json.unmarshal(text).networkConfiguration.assignPublicIp == "ENABLED"
}

# The quick form of an API has one route, and no place for an authorizer.
findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s sends every request to its target without authorization", [r.address]),
	"add routes with an authorizer instead of target",
) if {
	some r in lib.touched("aws_apigatewayv2_api")
	lib.given(r, "target")
}

# Beside a domain that asks for certificates, the API's own address does not.
findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s can be called without the client certificate that its domain asks for", [r.address]),
	"set disable_execute_api_endpoint = true",
) if {
	some mapping in lib.present("aws_apigatewayv2_api_mapping")
	some domain in lib.block(mapping).references.domain_name
	some d in object.get(input.plan.by_block, domain, [])
	not is_empty(object.get(d.change.after, "mutual_tls_authentication", null))
	some api in lib.block(mapping).references.api_id
	some r in object.get(input.plan.by_block, api, [])
	object.get(r.change.after, "disable_execute_api_endpoint", null) != true
}

# Operations of an OpenAPI document without a security requirement of their own or of the document.
findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s lets anybody call %s %s", [r.address, upper(method), path]),
	"add security to the operation",
) if {
	some type in ["aws_api_gateway_rest_api", "aws_apigatewayv2_api"]
	some r in lib.touched(type)
	text := text_of(r.change.after, "body")
	json.is_valid(text)
	document := json.unmarshal(text)
	is_empty(object.get(document, "security", null))
	some path, methods in document.paths
	is_object(methods)
	some method, operation in methods
	method in {"delete", "get", "patch", "post", "put", "x-amazon-apigateway-any-method"}
	is_object(operation)
	is_empty(object.get(operation, "security", null))
	every key in ["x-amazon-apigateway-auth", "x-amazon-apigateway-policy"] {
		is_empty(object.get(operation, key, null))
		is_empty(object.get(document, key, null))
	}
	not private_api(r)
}

private_api(r) if {
	some endpoint in list_of(object.get(r.change.after, "endpoint_configuration", null))
	"PRIVATE" in endpoint.types
}

# The user that an application does not use has no password, but no permission either.
findings contains lib.finding(
	"network.public_access", "error", r.address,
	sprintf("%s needs no password", [r.address]),
	"set passwords or IAM authentication",
) if {
	some r in lib.touched("aws_elasticache_user")
	without_password(r)
	not startswith(text_of(r.change.after, "access_string"), "off ")
}

without_password(r) if r.change.after.no_password_required == true

without_password(r) if {
	some mode in list_of(r.change.after.authentication_mode)
	mode.type == "no-password-required"
}
