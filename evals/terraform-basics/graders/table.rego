package grader

import rego.v1

tables := [t | some t in input.hcl.resource.aws_dynamodb_table]

evidence contains "there is no table" if count(tables) == 0

evidence contains "its keys are not pk and sk" if not keyed

evidence contains "it is not billed per request" if not tables[_].billing_mode == "PAY_PER_REQUEST"

evidence contains "point-in-time recovery is not enabled" if not tables[_].point_in_time_recovery.enabled == true

evidence contains "its TTL attribute is not ttl" if not tables[_].ttl.attribute_name == "ttl"

keyed if {
	some table in tables
	table.hash_key == "pk"
	table.range_key == "sk"
}

score := 1 - (count(evidence) / 5)
