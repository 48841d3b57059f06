# The selection of the backup plan leaves all databases out.
# Source: Backup, https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
# Fault at: aws_backup_selection.backup_leaves_out_databases_fault
# Near miss at: aws_backup_selection.backup_leaves_out_databases_near

resource "aws_backup_selection" "backup_leaves_out_databases_fault" {
  name          = "shop-prod-orders"
  plan_id       = "11111111-2222-3333-4444-555555555555"
  iam_role_arn  = "arn:aws:iam:::role/shop-prod-backup"
  resources     = ["*"]
  not_resources = ["arn:aws:rds:*:*:db:*", "arn:aws:rds:*:*:cluster:*", "arn:aws:dynamodb:*:*:table/*"]
}

resource "aws_backup_selection" "backup_leaves_out_databases_near" {
  name          = "shop-prod-billing"
  plan_id       = "11111111-2222-3333-4444-555555555555"
  iam_role_arn  = "arn:aws:iam:::role/shop-prod-backup"
  resources     = ["*"]
  not_resources = ["arn:aws:s3:::shop-prod-scratch"]
}
