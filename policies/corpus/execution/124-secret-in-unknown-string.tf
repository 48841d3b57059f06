# A secret stands in a string whose whole value is unknown in the plan.
# Source: https://developer.hashicorp.com/terraform/internals/json-format (after_unknown)
# Fault at: aws_ssm_parameter.secunk_fault
# Near miss at: aws_ssm_parameter.secunk_near

resource "aws_sfn_activity" "secunk_support" {
  name = "shop-prod-secunk"
}

resource "aws_ssm_parameter" "secunk_fault" {
  name  = "/shop-prod/secunk-fault"
  type  = "String"
  value = "sk-ant-api03-5KqEES1fx1dQ44iVBBRzsw11FuaC3m6ciMovLryj9b7kV6rrm55wzchZRtD4HUbKxMcAI9MZEf3LPOktFBGdDS9e4ks9eAA;${aws_sfn_activity.secunk_support.id}"
}

resource "aws_ssm_parameter" "secunk_near" {
  name  = "/shop-prod/secunk-near"
  type  = "String"
  value = aws_sfn_activity.secunk_support.id
}
