package grader

import rego.v1

kinds := object.keys(input.hcl.resource)

blocks := [b | some b in input.hcl.resource.aws_s3_bucket_public_access_block]

switches := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

evidence contains "there is no bucket" if not "aws_s3_bucket" in kinds

evidence contains "objects are not versioned" if not versioned

evidence contains "objects are not encrypted with KMS" if not encrypted

evidence contains sprintf("`%s` is not enabled", [switch]) if {
	some switch in switches
	not on(switch)
}

versioned if input.hcl.resource.aws_s3_bucket_versioning[_].versioning_configuration.status == "Enabled"

encrypted if {
	some config in input.hcl.resource.aws_s3_bucket_server_side_encryption_configuration
	config.rule.apply_server_side_encryption_by_default.sse_algorithm in {"aws:kms", "aws:kms:dsse"}
}

on(switch) if {
	some block in blocks
	block[switch] == true
}

score := 1 - (min([count(evidence), 4]) / 4)
