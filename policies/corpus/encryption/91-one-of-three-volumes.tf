# One of three volumes that are made alike is not encrypted.
# Source: CKV_AWS_3, EC2.3, AVD-AWS-0026
# Fault at: aws_ebs_volume.three_fault["c"]
# Near miss at: aws_ebs_volume.three_fault["a"]
# Near miss at: aws_ami.three_near

resource "aws_kms_key" "three" {
  description         = "Volumes"
  enable_key_rotation = true
}

resource "aws_kms_key" "three_snapshot" {
  description         = "Snapshots"
  enable_key_rotation = true
}

resource "aws_ebs_volume" "three_fault" {
  for_each          = toset(["a", "b", "c"])
  availability_zone = "${var.region}${each.key}"
  size              = 200
  type              = "gp3"
  encrypted         = contains(["a", "b"], each.key)
  kms_key_id        = contains(["a", "b"], each.key) ? aws_kms_key.three.arn : null
  tags              = { Name = "shop-prod-shard-${each.key}" }
}

# An image takes the encryption of the snapshot; saying so again is an error of the API.
resource "aws_ami" "three_near" {
  name                = "shop-prod-registered"
  virtualization_type = "hvm"
  root_device_name    = "/dev/xvda"
  imds_support        = "v2.0"
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = aws_ebs_snapshot_copy.three.id
  }
}

resource "aws_ebs_snapshot_copy" "three" {
  source_snapshot_id = "snap-0a1b2c3d4e5f60719"
  source_region      = var.region
  encrypted          = true
  kms_key_id         = aws_kms_key.three_snapshot.arn
  tags               = { Name = "shop-prod-shard" }
}
