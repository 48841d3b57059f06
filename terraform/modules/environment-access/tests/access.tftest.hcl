mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "210987654321" }
  }

  # Statements are tested as they are configured.
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name = "prod"
  fleet = {
    permits_role_arn = "arn:aws:iam::123456789012:role/headgate-prod-permits-api"
    external_id      = "0123456789abcdef"
  }
  apply_policy_arns = ["arn:aws:iam::aws:policy/PowerUserAccess"]
}

run "only_the_fleet_applies_for_one_change" {
  command = plan

  assert {
    condition     = one(one(data.aws_iam_policy_document.apply_trust.statement).principals).identifiers == toset([var.fleet.permits_role_arn])
    error_message = "Nobody but permits-api may assume the apply role."
  }

  assert {
    condition     = toset([for c in one(data.aws_iam_policy_document.apply_trust.statement).condition : c.variable]) == toset(["sts:ExternalId", "sts:SourceIdentity", "aws:RequestTag/headgate:change", "aws:RequestTag/headgate:revision", "aws:RequestTag/headgate:content", "aws:RequestTag/headgate:principal", "aws:RequestTag/headgate:permit"])
    error_message = "The apply role must demand the external id, a source identity and the tags of the change."
  }

  assert {
    condition     = aws_iam_role.apply.max_session_duration == 3600
    error_message = "Sessions of the apply role must not be longer than STS gives to the fleet."
  }

  assert {
    condition     = length(aws_iam_role.plan) == 0 && length(aws_iam_role.break_glass) == 0
    error_message = "Nobody plans or breaks glass unless they are named."
  }
}

run "the_boundary_closes_the_ways_around" {
  command = plan

  assert {
    condition     = toset([for s in data.aws_iam_policy_document.boundary.statement : s.sid if s.effect == "Deny"]) == toset(["OwnRoles", "OwnBoundary", "OnlyBounded", "NeverUnbounded", "NoIdentities", "Alarm", "Account", "Record"])
    error_message = "The boundary must deny changes of the roles, of itself, roles without it, keys and trails."
  }

  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.boundary.statement : length(setsubtract(["arn:aws:iam::210987654321:role/headgate-prod-apply", "arn:aws:iam::210987654321:role/OrganizationAccountAccessRole", var.fleet.permits_role_arn], s.resources)) == 0 if s.sid == "OwnRoles"])
    error_message = "An apply must not change its own role."
  }

  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.boundary.statement : one(s.condition).variable == "iam:PermissionsBoundary" && one(s.condition).test == "StringNotEquals" if s.sid == "OnlyBounded"])
    error_message = "Roles that an apply creates must have the boundary."
  }

  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.boundary.statement : length(s.condition) == 0 && contains(s.actions, "iam:DeleteRolePermissionsBoundary") if s.sid == "NeverUnbounded"])
    error_message = "No apply takes a boundary away: the condition on it holds for roles that have one."
  }
}

run "plans_read_no_data" {
  command = plan

  variables {
    plan = {
      principals = ["arn:aws:iam::210987654321:role/agent"]
      state_arns = ["arn:aws:s3:::states/prod.tfstate"]
    }
  }

  assert {
    condition     = length(aws_iam_role.plan) == 1
    error_message = "A named principal needs the plan role."
  }

  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.plan.statement : s.not_resources == toset(["arn:aws:s3:::states/prod.tfstate"]) if s.sid == "NoObjects"])
    error_message = "A plan reads no objects but its state."
  }

  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.plan.statement : contains(s.actions, "secretsmanager:GetSecretValue") && s.effect == "Deny" if s.sid == "NoData"])
    error_message = "A plan reads no secrets."
  }
}

run "glass_breaks_with_a_second_factor_and_an_alarm" {
  command = plan

  variables {
    break_glass = {
      principals       = ["arn:aws:iam::210987654321:role/on-call"]
      policy_arns      = ["arn:aws:iam::aws:policy/PowerUserAccess"]
      alarm_topic_arns = ["arn:aws:sns:eu-central-1:210987654321:alarms"]
    }
  }

  assert {
    condition     = one(one(data.aws_iam_policy_document.break_glass_trust[0].statement).condition).variable == "aws:MultiFactorAuthPresent"
    error_message = "Break-glass needs a second factor."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.break_glass[0].event_pattern).detail.requestParameters.roleArn == ["arn:aws:iam::210987654321:role/headgate-prod-break-glass"]
    error_message = "The alarm must watch the break-glass role."
  }

  assert {
    condition     = length(aws_cloudwatch_event_target.break_glass) == 1
    error_message = "The alarm must reach the topic."
  }
}

run "nobody_breaks_glass_unnoticed" {
  command = plan

  variables {
    break_glass = {
      principals  = ["arn:aws:iam::210987654321:role/on-call"]
      policy_arns = ["arn:aws:iam::aws:policy/PowerUserAccess"]
    }
  }

  expect_failures = [var.break_glass]
}

run "not_everybody_at_a_provider_plans" {
  command = plan

  variables {
    plan = {
      oidc = {
        provider_arn = "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com"
        host         = "token.actions.githubusercontent.com"
        subjects     = ["repo:*"]
      }
    }
  }

  expect_failures = [var.plan]
}

run "a_short_external_id_is_refused" {
  command = plan

  variables {
    fleet = {
      permits_role_arn = "arn:aws:iam::123456789012:role/headgate-prod-permits-api"
      external_id      = "short"
    }
  }

  expect_failures = [var.fleet]
}

run "the_service_control_policy_stops_writes_past_headgate" {
  command = plan

  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.scp.statement : s.effect == "Deny"]) && alltrue([for s in data.aws_iam_policy_document.scp.statement : s.actions == toset(["*"]) && length(s.condition) == 3 if s.sid == "WritesOnlyThroughHeadgate"])
    error_message = "The policy must deny everything to everybody who is not named."
  }
}
