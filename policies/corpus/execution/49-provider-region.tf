# A provider works in a Region in which the environment has nothing.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
# Fault at: provider.aws.pregion_fault
# Near miss at: provider.aws.pregion_near

provider "aws" {
  alias  = "pregion_fault"
  region = "ap-southeast-3"
}

# The same Region again, with tags of its own.
provider "aws" {
  alias  = "pregion_near"
  region = var.region

  default_tags {
    tags = { Environment = "prod", Project = "shop", Owner = "platform", ManagedBy = "terraform", Component = "search" }
  }
}
