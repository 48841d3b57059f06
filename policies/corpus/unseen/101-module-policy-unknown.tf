# A bucket module combines its own document with one that is known only after the apply.
# Source: CKV_AWS_70, S3.3
# Fault at: module.mod_pol_fault.aws_s3_bucket_policy.this[0]
# Near miss at: module.mod_pol_near["b"].aws_s3_bucket_policy.this[0]

resource "terraform_data" "mod_pol" {
  input = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:PutObject", Resource = "arn:aws:s3:::shop-prod-mod-pol-a/*" }] })
}

module "mod_pol_fault" {
  source        = "./modules/s3"
  bucket        = "shop-prod-mod-pol-a"
  attach_policy = true
  policy        = terraform_data.mod_pol.output
}

module "mod_pol_near" {
  source   = "./modules/s3"
  for_each = toset(["b"])
  bucket   = "shop-prod-mod-pol-${each.key}"
}
