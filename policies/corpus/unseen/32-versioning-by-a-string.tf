# A module gets the string "false" and so suspends the versioning of a bucket.
# Source: CKV_AWS_21, S3.14
# Fault at: module.version_string_fault.aws_s3_bucket.this[0]
# Near miss at: module.version_string_near["a"].aws_s3_bucket_versioning.this[0]
# Near miss at: module.version_string_near["a"].aws_s3_bucket.this[0]

module "version_string_kms" {
  source      = "./modules/kms"
  description = "Buckets"
}

module "version_string_fault" {
  source      = "./modules/bucket"
  name        = "shop-prod-version-string-a"
  kms_key_arn = module.version_string_kms.key_arn
  versioning  = { enabled = "false", status = "Enabled" }
}

module "version_string_near" {
  source      = "./modules/bucket"
  for_each    = { a = { enabled = true } }
  name        = "shop-prod-version-string-near-${each.key}"
  kms_key_arn = module.version_string_kms.key_arn
  versioning  = each.value
}
