# A provider contains the session token of somebody.
# Source: CKV_AWS_41
# Fault at: provider.aws.ptoken_fault
# Near miss at: provider.aws.ptoken_near

provider "aws" {
  alias  = "ptoken_fault"
  region = var.region
  token  = "IQoJb3JpZ2luX2VjEWjBXQKRGqpn10ft40KXMZQaSvv6zNHsz4ACqZHc3qmSUSyubAXhOImjbett82XWRk8CztfgvJNYANbpq/Bj22Xe7/nmK3CUzGub2UXGY6DEdPaSga3iO"
}

# Spells the safe defaults out: certificates are checked, and STS is that of the own Region.
provider "aws" {
  alias      = "ptoken_near"
  region     = var.region
  insecure   = false
  sts_region = var.region
}
