data "aws_partition" "this" {}
data "aws_caller_identity" "this" {}

locals {
  prefix    = "headgate-${var.name}"
  partition = data.aws_partition.this.partition
  account   = data.aws_caller_identity.this.account_id
  # By name, so that policies can refer to each other.
  roles_arn    = "arn:${local.partition}:iam::${local.account}:role/${local.prefix}"
  boundary_arn = "arn:${local.partition}:iam::${local.account}:policy/${local.prefix}-boundary"
}
