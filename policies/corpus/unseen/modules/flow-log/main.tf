variable "name" {
  description = "Name of the flow log's group."
  type        = string
}

variable "vpc_id" {
  description = "VPC whose traffic is logged."
  type        = string
}

variable "log_group_arn" {
  description = "Group that receives the records."
  type        = string
}

variable "role_arn" {
  description = "Role that writes the records."
  type        = string
}

resource "aws_flow_log" "this" {
  count                    = 1
  vpc_id                   = var.vpc_id
  traffic_type             = "ALL"
  log_destination_type     = "cloud-watch-logs"
  log_destination          = var.log_group_arn
  iam_role_arn             = var.role_arn
  max_aggregation_interval = 60

  tags = { Name = var.name }
}
