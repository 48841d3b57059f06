# A provider first assumes a role of its own account, and from there one of a foreign account.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
# Fault at: provider.aws.pchain_fault
# Near miss at: provider.aws.pchain_near

provider "aws" {
  alias  = "pchain_fault"
  region = var.region

  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/shop-prod-deploy"
  }

  assume_role {
    role_arn = "arn:aws:iam::999988887777:role/shop-prod-deploy"
  }
}

provider "aws" {
  alias  = "pchain_near"
  region = var.region

  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/shop-prod-ci"
  }

  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/shop-prod-deploy"
  }
}
