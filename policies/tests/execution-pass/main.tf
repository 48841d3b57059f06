# Near misses: nothing of this runs anything, or works elsewhere.

provider "aws" {
  alias  = "deployer"
  region = var.region
  assume_role {
    role_arn = var.role
  }
}

variable "role" {
  description = "ARN of the role that deploys."
  type        = string
  default     = "arn:aws:iam::123456789012:role/deployer"
}

# Certificates of CloudFront are in us-east-1.
provider "aws" {
  alias                       = "global"
  region                      = var.global
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

variable "global" {
  description = "Region of global services."
  type        = string
  default     = "us-east-1"
}

resource "aws_acm_certificate" "edge" {
  provider          = aws.global
  domain_name       = "shop.example.com"
  validation_method = "DNS"
  tags              = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
  lifecycle {
    create_before_destroy = true
  }
}

# No instance, so its provisioner never runs.
resource "terraform_data" "none" {
  count = 0
  provisioner "local-exec" {
    command = "./deploy.sh"
  }
}

resource "terraform_data" "revision" {
  input = "1"
}

module "near" {
  source = "./near"
}
