# A provider reads a configuration file that comes with the change and may start a program for credentials.
# Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sourcing-external.html (credential_process)
# Fault at: provider.aws.pcfgf_fault
# Near miss at: provider.aws.pcfgf_near

provider "aws" {
  alias               = "pcfgf_fault"
  region              = var.region
  shared_config_files = ["./aws-config"]
}

provider "aws" {
  alias             = "pcfgf_near"
  region            = var.region
  s3_use_path_style = false
}
