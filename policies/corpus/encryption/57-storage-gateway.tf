# The file share does not encrypt its objects with a key, and the gateway lets clients choose no encryption.
# Source: https://docs.aws.amazon.com/filegateway/latest/files3/encrypt-objects-stored-by-file-gateway-in-amazon-s3.html
# Fault at: aws_storagegateway_nfs_file_share.gateway_fault
# Fault at: aws_storagegateway_gateway.gateway_fault
# Near miss at: aws_storagegateway_nfs_file_share.gateway_near
# Near miss at: aws_storagegateway_gateway.gateway_near

resource "aws_kms_key" "gateway" {
  description         = "Gateway"
  enable_key_rotation = true
}

resource "aws_iam_role" "gateway" {
  name = "shop-prod-gateway"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "storagegateway.amazonaws.com" }
    }]
  })
}

resource "aws_s3_bucket" "gateway_files" {
  bucket = "shop-prod-gateway-files"
}

resource "aws_s3_bucket_public_access_block" "gateway_files" {
  bucket                  = aws_s3_bucket.gateway_files.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "gateway_files" {
  bucket = aws_s3_bucket.gateway_files.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "gateway_files" {
  bucket = aws_s3_bucket.gateway_files.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.gateway.arn
    }
  }
}

resource "aws_cloudwatch_log_group" "gateway" {
  name              = "/shop/prod/gateway"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.gateway.arn
}

resource "aws_storagegateway_gateway" "gateway_fault" {
  gateway_name             = "shop-prod-office"
  gateway_timezone         = "GMT"
  gateway_type             = "FILE_S3"
  gateway_ip_address       = "10.20.0.5"
  smb_security_strategy    = "ClientSpecified"
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.gateway.arn
}

resource "aws_storagegateway_gateway" "gateway_near" {
  gateway_name             = "shop-prod-branch"
  gateway_timezone         = "GMT"
  gateway_type             = "FILE_S3"
  gateway_ip_address       = "10.20.0.6"
  smb_security_strategy    = "MandatoryEncryption"
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.gateway.arn
}

resource "aws_storagegateway_nfs_file_share" "gateway_fault" {
  client_list  = ["10.20.0.0/24"]
  gateway_arn  = aws_storagegateway_gateway.gateway_near.arn
  location_arn = "${aws_s3_bucket.gateway_files.arn}/office/"
  role_arn     = aws_iam_role.gateway.arn
  squash       = "RootSquash"
}

resource "aws_storagegateway_nfs_file_share" "gateway_near" {
  client_list   = ["10.20.0.0/24"]
  gateway_arn   = aws_storagegateway_gateway.gateway_near.arn
  location_arn  = "${aws_s3_bucket.gateway_files.arn}/branch/"
  role_arn      = aws_iam_role.gateway.arn
  squash        = "RootSquash"
  kms_encrypted = true
  kms_key_arn   = aws_kms_key.gateway.arn
}
