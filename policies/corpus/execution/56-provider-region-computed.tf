# A provider works in another Region, which a function puts together.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
# Fault at: provider.aws.pcomp_fault
# Near miss at: provider.aws.pcomp_near

locals {
  pcomp_region = join("-", ["us", "west", "2"])
}

provider "aws" {
  alias  = "pcomp_fault"
  region = local.pcomp_region
}

provider "aws" {
  alias  = "pcomp_near"
  region = var.region
}
