# What runs during the plan and the apply, and where the providers work.

# Providers -------------------------------------------------------------------------------------------

provider "aws" {
  alias                  = "keys"
  region                 = var.region
  access_key             = "test"
  secret_key             = var.region
  token                  = local.token
  skip_region_validation = true
}

locals {
  token = "from a local"
}

provider "aws" {
  alias                  = "detour"
  region                 = var.region
  http_proxy             = "http://proxy.example.com:3128"
  skip_region_validation = true
  endpoints {
    sts = "https://sts.example.com"
  }
}

# A role that the plan does not show.
provider "aws" {
  alias  = "unseen"
  region = var.region
  assume_role {
    role_arn = local.role
  }
}

locals {
  role = "arn:aws:iam::123456789012:role/deployer"
}

provider "aws" {
  alias                       = "elsewhere"
  region                      = "us-west-2"
  access_key                  = ""
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

# us-east-1 has the certificates of CloudFront, but a queue there is elsewhere.
provider "aws" {
  alias                       = "global"
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

resource "aws_cloudwatch_event_bus" "global" {
  provider           = aws.global
  name               = "shop-prod-global"
  kms_key_identifier = "alias/shop-prod"
  tags               = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform" }
}

# Provisioners ----------------------------------------------------------------------------------------

resource "terraform_data" "command" {
  provisioner "local-exec" {
    command = "./deploy.sh"
  }
}

resource "terraform_data" "farewell" {
  count = 2
  provisioner "local-exec" {
    when    = destroy
    command = "./farewell.sh"
  }
  provisioner "remote-exec" {
    inline = ["sudo reboot"]
    connection {
      host = "10.0.0.1"
    }
  }
}

# Programs --------------------------------------------------------------------------------------------

data "aws_lambda_invocation" "asked" {
  function_name = aws_cloudwatch_event_bus.global.name
  input         = "{}"
}

resource "aws_lambda_invocation" "called" {
  function_name = "shop-prod-migrate"
  input         = "{}"
}

# Modules ---------------------------------------------------------------------------------------------

module "stranger" {
  source = "git::file:///tmp/headgate-policy-tests/module.git?ref=v1.0.0&depth=1"
}
