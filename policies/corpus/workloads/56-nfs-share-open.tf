# The file share of the storage gateway is open to every address and lets clients stay root.
# Source: https://docs.aws.amazon.com/filegateway/latest/files3/edit-nfs-client.html
# Fault at: aws_storagegateway_nfs_file_share.share_fault
# Near miss at: aws_storagegateway_nfs_file_share.share_near

resource "aws_storagegateway_nfs_file_share" "share_fault" {
  file_share_name       = "shop-prod-scans-open"
  gateway_arn           = "arn:aws:storagegateway:${var.region}:${aws_organizations_organization.ibpub.master_account_id}:gateway/sgw-12A3456B"
  location_arn          = "arn:aws:s3:::shop-prod-scans"
  role_arn              = aws_iam_role.work_exec.arn
  client_list           = ["0.0.0.0/0"]
  squash                = "NoSquash"
  kms_encrypted         = true
  kms_key_arn           = aws_kms_key.work.arn
  audit_destination_arn = aws_cloudwatch_log_group.work.arn
  object_acl            = "private"
}

resource "aws_storagegateway_nfs_file_share" "share_near" {
  file_share_name       = "shop-prod-scans"
  gateway_arn           = "arn:aws:storagegateway:${var.region}:${aws_organizations_organization.ibpub.master_account_id}:gateway/sgw-12A3456B"
  location_arn          = "arn:aws:s3:::shop-prod-scans"
  role_arn              = aws_iam_role.work_exec.arn
  client_list           = ["10.20.1.0/24"]
  squash                = "RootSquash"
  kms_encrypted         = true
  kms_key_arn           = aws_kms_key.work.arn
  audit_destination_arn = aws_cloudwatch_log_group.work.arn
  object_acl            = "private"
}
