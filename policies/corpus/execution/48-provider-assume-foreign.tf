# A provider assumes a role in a foreign account.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#assuming-an-iam-role
# Fault at: provider.aws.passume_fault
# Near miss at: provider.aws.passume_near

provider "aws" {
  alias  = "passume_fault"
  region = var.region

  assume_role {
    role_arn    = "arn:aws:iam::999988887777:role/shop-prod-deploy"
    external_id = "shop"
  }
}

# A role of the environment's own account.
provider "aws" {
  alias  = "passume_near"
  region = var.region

  assume_role {
    role_arn     = "arn:aws:iam::123456789012:role/shop-prod-deploy"
    session_name = "terraform"
  }
}
