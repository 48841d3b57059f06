package grader

import rego.v1

functions := [f | some f in input.hcl.resource.aws_lambda_function]

evidence contains "there is no function" if count(functions) == 0

evidence contains "its runtime is not provided.al2023" if not functions[_].runtime == "provided.al2023"

evidence contains "its architecture is not arm64" if not "arm64" in functions[_].architectures

evidence contains "there is no role" if not input.hcl.resource.aws_iam_role

evidence contains "it attaches a managed policy" if input.hcl.resource.aws_iam_role_policy_attachment

evidence contains "there is no log group" if not input.hcl.resource.aws_cloudwatch_log_group

score := 1 - (count(evidence) / 6)
