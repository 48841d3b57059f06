# A provider gets an access key from variables with defaults.
# Source: CKV_AWS_41
# Fault at: provider.aws.pkvar_fault
# Near miss at: provider.aws.pkvar_near

variable "pkvar_id" {
  description = "First half of the login."
  type        = string
  default     = "ASIAO4QA6BVX4H5EFVCA"
}

variable "pkvar_second" {
  description = "Second half of the login."
  type        = string
  default     = "IiLm/jOfv/ki9ZPdDptOA6ur9OoJAtQB/XvyNLYH"
}

provider "aws" {
  alias      = "pkvar_fault"
  region     = var.region
  access_key = var.pkvar_id
  secret_key = var.pkvar_second
}

variable "pkvar_retries" {
  description = "How often a call is repeated."
  type        = number
  default     = 5
}

provider "aws" {
  alias       = "pkvar_near"
  region      = var.region
  max_retries = var.pkvar_retries
}
