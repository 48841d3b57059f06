variable "name" {
  description = "Name of the volume."
  type        = string
}

variable "availability_zone" {
  description = "Zone of the volume."
  type        = string
}

variable "kms_key_id" {
  description = "Key for the volume."
  type        = string
  default     = null
}

variable "encrypted" {
  description = "Whether the volume is encrypted."
  type        = bool
  default     = false
}

resource "aws_ebs_volume" "this" {
  availability_zone = var.availability_zone
  size              = 100
  type              = "gp3"
  encrypted         = var.encrypted
  kms_key_id        = var.encrypted ? var.kms_key_id : null
  tags              = { Name = var.name }
}
