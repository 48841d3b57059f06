variable "name" {
  description = "Name of the host"
  type        = string
}

variable "ami" {
  description = "Image of the host"
  type        = string
}

variable "subnet_id" {
  description = "Subnet of the host"
  type        = string
}

variable "group_ids" {
  description = "Security groups of the host"
  type        = list(string)
}

variable "key_arn" {
  description = "Key of the host's disk"
  type        = string
}

variable "imds" {
  description = "How the host's metadata service is reached"
  type = object({
    v2  = optional(string, "required")
    hop = optional(number, 1)
  })
}

resource "aws_instance" "this" {
  count                       = 1
  ami                         = var.ami
  instance_type               = "m7i.large"
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = var.group_ids
  associate_public_ip_address = false
  ebs_optimized               = true
  monitoring                  = true
  disable_api_termination     = true
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = var.imds.v2
    http_put_response_hop_limit = var.imds.hop
  }
  root_block_device {
    encrypted   = true
    kms_key_id  = var.key_arn
    volume_type = "gp3"
  }
  tags = { Name = var.name }
}
