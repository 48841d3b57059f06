# A provider sends its calls through a foreign proxy.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#https_proxy-1
# Fault at: provider.aws.pproxy_fault
# Near miss at: provider.aws.pproxy_near

provider "aws" {
  alias       = "pproxy_fault"
  region      = var.region
  https_proxy = "http://proxy.example.net:3128"
}

provider "aws" {
  alias    = "pproxy_near"
  region   = var.region
  no_proxy = "169.254.169.254"
}
