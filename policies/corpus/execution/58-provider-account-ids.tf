# A provider accepts a foreign account only.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#allowed_account_ids-1
# Fault at: provider.aws.pacct_fault
# Near miss at: provider.aws.pacct_near

provider "aws" {
  alias               = "pacct_fault"
  region              = var.region
  allowed_account_ids = ["999988887777"]
}

provider "aws" {
  alias                 = "pacct_near"
  region                = var.region
  forbidden_account_ids = ["999988887777"]
}
