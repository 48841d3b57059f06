# A provider contains an access key.
# Source: CKV_AWS_41
# Fault at: provider.aws.pkeys_fault
# Near miss at: provider.aws.pkeys_near

provider "aws" {
  alias      = "pkeys_fault"
  region     = var.region
  access_key = "AKIAX4J72UAVHSJG3WWZ"
  secret_key = "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"
}

provider "aws" {
  alias       = "pkeys_near"
  region      = var.region
  max_retries = 5
  retry_mode  = "adaptive"
}
