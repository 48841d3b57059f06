# The account encrypts volumes by default, so the volumes need no setting.
resource "aws_ebs_encryption_by_default" "this" {
}

resource "aws_instance" "worker" {
  ami           = var.image
  instance_type = "t4g.micro"

  metadata_options {
    http_tokens = "required"
  }
}

variable "image" {
  description = "Machine image."
  type        = string
  default     = "ami-0abcdef1234567890"
}
