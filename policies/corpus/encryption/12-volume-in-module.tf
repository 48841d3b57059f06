# A module whose default is no encryption makes a volume for which the caller gave only a key.
# Source: CKV_AWS_3, EC2.3
# Fault at: module.volume_fault.aws_ebs_volume.this
# Near miss at: module.volume_near.aws_ebs_volume.this

resource "aws_kms_key" "volume" {
  description         = "Volumes"
  enable_key_rotation = true
}

module "volume_fault" {
  source            = "./modules/volume"
  name              = "shop-prod-index"
  availability_zone = "${var.region}a"
  kms_key_id        = aws_kms_key.volume.arn
}

module "volume_near" {
  source            = "./modules/volume"
  name              = "shop-prod-index-replica"
  availability_zone = "${var.region}b"
  kms_key_id        = aws_kms_key.volume.arn
  encrypted         = true
}
