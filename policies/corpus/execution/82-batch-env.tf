# A batch job has a token of a vault in its environment.
# Source: CKV_AWS_210; https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html
# Fault at: aws_batch_job_definition.secbat_fault
# Near miss at: aws_batch_job_definition.secbat_near

resource "aws_iam_role" "secbat_role" {
  name               = "shop-prod-secbat-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_batch_job_definition" "secbat_fault" {
  name                  = "shop-prod-secbat-fault"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image                  = "public.ecr.aws/docker/library/python:3.13.1"
    command                = ["python", "-m", "shop.export"]
    user                   = "1000"
    readonlyRootFilesystem = true
    environment            = [{ name = "V", value = "hvs.tXJJvn5JYcbwyzMIrGXZa91cRC7EYUBPVsFUS3YgreGPssJab85TOHRKuN4nSmUU8pmTtUsEBNn6UcwWjTJjGJVQ7k5NBGc" }]
    resourceRequirements   = [{ type = "VCPU", value = "0.25" }, { type = "MEMORY", value = "512" }]
  })
}

resource "aws_batch_job_definition" "secbat_near" {
  name                  = "shop-prod-secbat-near"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image                  = "public.ecr.aws/docker/library/python:3.13.1"
    command                = ["python", "-m", "shop.export"]
    user                   = "1000"
    readonlyRootFilesystem = true
    environment            = [{ name = "VAULT_ADDR", value = "https://vault.example.com" }, { name = "VAULT_ROLE", value = "hvs-export" }]
    secrets                = [{ name = "DB_PASSWORD", valueFrom = "/shop-prod/db-password" }]
    resourceRequirements   = [{ type = "VCPU", value = "0.25" }, { type = "MEMORY", value = "512" }]
  })
}
