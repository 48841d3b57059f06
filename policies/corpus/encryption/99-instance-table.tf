# The instance encrypts its root volume but not the data volume that comes from a table.
# Source: CKV_AWS_8, AVD-AWS-0131
# Fault at: aws_instance.machine_fault
# Near miss at: aws_instance.machine_near

variable "machine_image" {
  description = "Base image of the shop."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_kms_key" "machine" {
  description         = "Machines"
  enable_key_rotation = true
}

resource "aws_instance" "machine_fault" {
  ami                    = var.machine_image
  instance_type          = "m7i.large"
  subnet_id              = "subnet-0a1b2c3d4e5f60718"
  vpc_security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  iam_instance_profile   = "shop-prod-machine"
  monitoring             = true
  ebs_optimized          = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.machine.arn
  }
  dynamic "ebs_block_device" {
    for_each = { "/dev/sdf" = { size = 100 }, "/dev/sdg" = { size = 200, key = true } }
    content {
      device_name = ebs_block_device.key
      volume_size = ebs_block_device.value.size
      encrypted   = can(ebs_block_device.value.key)
    }
  }
  tags = { Name = "shop-prod-machine" }
}


# The instance store is always encrypted by the hardware.
resource "aws_instance" "machine_near" {
  ami                    = var.machine_image
  instance_type          = "m7gd.large"
  subnet_id              = "subnet-0a1b2c3d4e5f60718"
  vpc_security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  iam_instance_profile   = "shop-prod-machine"
  monitoring             = true
  ebs_optimized          = true
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.machine.arn
  }
  ephemeral_block_device {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }
  tags = { Name = "shop-prod-machine-local" }
}
