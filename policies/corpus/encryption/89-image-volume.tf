# The image is registered with an empty volume that is not encrypted.
# Source: CKV_AWS_204, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html
# Fault at: aws_ami.registered_fault
# Near miss at: aws_ebs_volume.registered_near

resource "aws_kms_key" "registered" {
  description         = "Images"
  enable_key_rotation = true
}

resource "aws_ebs_snapshot_copy" "registered" {
  source_snapshot_id = "snap-0a1b2c3d4e5f60719"
  source_region      = var.region
  encrypted          = true
  kms_key_id         = aws_kms_key.registered.arn
  tags               = { Name = "shop-prod-registered" }
}

resource "aws_ami" "registered_fault" {
  name                = "shop-prod-registered-data"
  virtualization_type = "hvm"
  root_device_name    = "/dev/xvda"
  imds_support        = "v2.0"
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = aws_ebs_snapshot_copy.registered.id
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 100
    encrypted   = false
  }
}

# A volume of an encrypted snapshot is always encrypted.
resource "aws_ebs_volume" "registered_near" {
  availability_zone = "${var.region}a"
  snapshot_id       = aws_ebs_snapshot_copy.registered.id
  type              = "gp3"
  tags              = { Name = "shop-prod-shard-restored" }
}
