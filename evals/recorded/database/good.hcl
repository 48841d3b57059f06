terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Owner       = "platform"
      Environment = "dev"
    }
  }
}

variable "subnet_ids" {
  description = "Private subnets"
  type        = list(string)
}

resource "aws_db_subnet_group" "this" {
  name       = "main"
  subnet_ids = var.subnet_ids
}

resource "aws_db_instance" "this" {
  identifier                  = "main"
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  storage_encrypted           = true
  db_subnet_group_name        = aws_db_subnet_group.this.name
  publicly_accessible         = false
  username                    = "postgres"
  manage_master_user_password = true
  backup_retention_period     = 7
  deletion_protection         = true
  final_snapshot_identifier   = "main-final"
}
