variable "name" {
  description = "Name of the group."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the group."
  type        = string
}

variable "sources" {
  description = "Networks that may reach the port."
  type        = list(string)
  default     = ["0.0.0.0/0"]
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "Orders database"
  vpc_id      = var.vpc_id

  ingress {
    description = "PostgreSQL"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = var.sources
  }
}
