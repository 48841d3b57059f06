output "access" {
  description = "`access` of this environment in modules/fleet."
  value = {
    role_arn    = "${local.roles_arn}-apply"
    external_id = var.fleet.external_id
  }

  depends_on = [aws_iam_role_policy_attachment.apply]
}

output "boundary_arn" {
  description = "ARN of the permissions boundary. Roles that an apply creates need it: permissions_boundary = this."
  value       = aws_iam_policy.boundary.arn
}

output "plan_role_arn" {
  description = "ARN of the role with which agents and CI plan; null without anybody who may assume it."
  value       = one(aws_iam_role.plan[*].arn)
}

output "break_glass_role_arn" {
  description = "ARN of the break-glass role; null without anybody who may assume it."
  value       = one(aws_iam_role.break_glass[*].arn)
}

output "service_control_policy" {
  description = "A policy for AWS Organizations that stops everybody in the account who does not go through Headgate, is exempt, or is a workload. Attach it once every change goes through Headgate."
  value       = data.aws_iam_policy_document.scp.json
}
