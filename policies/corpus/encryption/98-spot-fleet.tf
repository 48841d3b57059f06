# The spot fleet attaches data volumes without encryption.
# Source: CKV_AWS_8 (spot fleets have no check of their own), EC2.3
# Fault at: aws_spot_fleet_request.spot_fault
# Near miss at: aws_launch_configuration.spot_near
# Near miss at: aws_instance.spot_template_near

variable "spot_image" {
  description = "Base image of the shop."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_iam_role" "spot" {
  name = "shop-prod-spot-fleet"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "spotfleet.amazonaws.com" }
    }]
  })
}

resource "aws_spot_fleet_request" "spot_fault" {
  iam_fleet_role  = aws_iam_role.spot.arn
  target_capacity = 2

  launch_specification {
    ami           = var.spot_image
    instance_type = "m5.large"
    subnet_id     = "subnet-0a1b2c3d4e5f60718"
    root_block_device {
      volume_size = 20
      encrypted   = true
    }
    ebs_block_device {
      device_name = "/dev/sdf"
      volume_size = 200
      encrypted   = false
    }
  }
}

# `no_device` takes a mapping of the image away; there is no volume.
resource "aws_launch_configuration" "spot_near" {
  name          = "shop-prod-batch-bare"
  image_id      = var.spot_image
  instance_type = "m5d.large"

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  root_block_device {
    encrypted = true
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    no_device   = true
  }

  ephemeral_block_device {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }
}

resource "aws_kms_key" "spot" {
  description         = "Volumes of the template"
  enable_key_rotation = true
}

resource "aws_launch_template" "spot" {
  name          = "shop-prod-template"
  image_id      = var.spot_image
  instance_type = "m7i.large"
  ebs_optimized = true
  monitoring {
    enabled = true
  }
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted  = true
      kms_key_id = aws_kms_key.spot.arn
    }
  }
}

# Encryption and the metadata service are set in the template.
resource "aws_instance" "spot_template_near" {
  subnet_id              = "subnet-0a1b2c3d4e5f60718"
  vpc_security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  iam_instance_profile   = "shop-prod-machine"
  launch_template {
    id      = aws_launch_template.spot.id
    version = aws_launch_template.spot.latest_version
  }
  tags = { Name = "shop-prod-from-template" }
}
