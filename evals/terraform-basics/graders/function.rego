package grader

import rego.v1

functions := [f | some f in input.hcl.resource.aws_lambda_function]

evidence contains "there is no function" if count(functions) == 0

evidence contains "it is not on provided.al2023" if not functions[_].runtime == "provided.al2023"

evidence contains "it is not for arm64" if not "arm64" in functions[_].architectures

evidence contains "there is no role" if not input.hcl.resource.aws_iam_role

evidence contains "it takes a policy that AWS manages" if input.hcl.resource.aws_iam_role_policy_attachment

evidence contains "there is no log group" if not input.hcl.resource.aws_cloudwatch_log_group

score := 1 - (count(evidence) / 6)
