terraform {
  required_version = ">= 1.10"

  # `cargo xtask` stores the state in the folder of the emulator that it describes.
  backend "local" {}

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}
