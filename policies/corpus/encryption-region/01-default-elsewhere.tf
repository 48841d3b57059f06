# Encryption by default is switched on in another Region, and volumes of this Region are left unencrypted.
# Source: EC2.7, https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html (a setting of one Region)
# Fault at: aws_ebs_volume.far_fault
# Fault at: aws_instance.far_fault
# Near miss at: aws_ebs_volume.far_near

variable "far_region" {
  description = "Region of the recovery site."
  type        = string
  default     = "eu-west-1"
}

variable "far_image" {
  description = "Base image of the shop."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

provider "aws" {
  alias                       = "far"
  region                      = var.far_region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = {
      Environment = "prod"
      Project     = "shop"
      Owner       = "platform"
      ManagedBy   = "terraform"
    }
  }
}

resource "aws_ebs_encryption_by_default" "far" {
  provider = aws.far
  enabled  = true
}

resource "aws_ebs_volume" "far_fault" {
  availability_zone = "${var.region}a"
  size              = 100
  type              = "gp3"
  tags              = { Name = "shop-prod-near-volume" }
}

resource "aws_instance" "far_fault" {
  ami                    = var.far_image
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
  tags = { Name = "shop-prod-machine" }
}

# This one is in the Region whose volumes are encrypted by default.
resource "aws_ebs_volume" "far_near" {
  provider          = aws.far
  depends_on        = [aws_ebs_encryption_by_default.far]
  availability_zone = "${var.far_region}a"
  size              = 100
  type              = "gp3"
  tags              = { Name = "shop-prod-far-volume" }
}
