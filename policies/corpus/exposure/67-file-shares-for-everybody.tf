# A file share accepts every NFS client, and another one accepts guests.
# Source: https://docs.aws.amazon.com/storagegateway/latest/APIReference/API_CreateNFSFileShare.html
# Fault at: aws_storagegateway_nfs_file_share.client_fault
# Fault at: aws_storagegateway_smb_file_share.client_fault
# Near miss at: aws_storagegateway_nfs_file_share.client_near

resource "aws_storagegateway_gateway" "files" {
  gateway_name       = "shop-prod-files"
  gateway_timezone   = "GMT"
  gateway_type       = "FILE_S3"
  gateway_ip_address = "10.20.10.10"
}

resource "aws_storagegateway_nfs_file_share" "client_fault" {
  gateway_arn   = aws_storagegateway_gateway.files.arn
  location_arn  = "arn:aws:s3:::shop-prod-files"
  role_arn      = aws_iam_role.service.arn
  kms_encrypted = true
  kms_key_arn   = aws_kms_key.shop.arn
  client_list   = ["10.20.0.0/16", "0.0.0.0/0"]
}

resource "aws_storagegateway_smb_file_share" "client_fault" {
  gateway_arn    = aws_storagegateway_gateway.files.arn
  location_arn   = "arn:aws:s3:::shop-prod-exchange"
  role_arn       = aws_iam_role.service.arn
  kms_encrypted  = true
  kms_key_arn    = aws_kms_key.shop.arn
  authentication = "GuestAccess"
}

resource "aws_storagegateway_nfs_file_share" "client_near" {
  gateway_arn   = aws_storagegateway_gateway.files.arn
  location_arn  = "arn:aws:s3:::shop-prod-archive"
  role_arn      = aws_iam_role.service.arn
  kms_encrypted = true
  kms_key_arn   = aws_kms_key.shop.arn
  client_list   = ["10.20.10.0/24", "10.20.11.0/24"]
}
