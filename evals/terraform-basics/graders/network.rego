package grader

import rego.v1

endpoints := [e.service_name | some e in input.hcl.resource.aws_vpc_endpoint]

evidence contains "the VPC is not 10.20.0.0/16" if not input.hcl.resource.aws_vpc[_].cidr_block == "10.20.0.0/16"

evidence contains "there are fewer than two subnets" if subnets < 2

evidence contains sprintf("there is no endpoint for %s", [service]) if {
	some service in ["s3", "dynamodb"]
	not has(service)
}

evidence contains "there is an internet gateway" if input.hcl.resource.aws_internet_gateway

default subnets := 0

subnets := 2 if {
	some subnet in input.hcl.resource.aws_subnet
	some repeated in ["count", "for_each"]
	subnet[repeated]
} else := count(input.hcl.resource.aws_subnet)

has(service) if endswith(endpoints[_], sprintf(".%s", [service]))

score := 1 - (count(evidence) / 5)
