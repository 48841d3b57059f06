package grader

import rego.v1

keys := [k | some k in input.hcl.resource.aws_kms_key]

evidence contains "there is no key" if count(keys) == 0

evidence contains "it does not rotate" if not keys[_].enable_key_rotation == true

evidence contains "its deletion window is not 30 days" if not keys[_].deletion_window_in_days == 30

evidence contains "it has no alias named alias/data" if not input.hcl.resource.aws_kms_alias[_].name == "alias/data"

score := 1 - (count(evidence) / 4)
