# The JSON of a batch job gives its container a public address.
# Source: https://docs.aws.amazon.com/batch/latest/APIReference/API_NetworkConfiguration.html
# Fault at: aws_batch_job_definition.job_fault
# Near miss at: aws_batch_job_definition.job_near

resource "aws_batch_job_definition" "job_fault" {
  name                  = "shop-prod-export"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image                  = "public.ecr.aws/docker/library/alpine:3.20.3"
    command                = ["true"]
    executionRoleArn       = aws_iam_role.service.arn
    user                   = "1000"
    readonlyRootFilesystem = true
    resourceRequirements   = [{ type = "VCPU", value = "0.25" }, { type = "MEMORY", value = "512" }]
    networkConfiguration   = { assignPublicIp = "ENABLED" }
  })

  timeout {
    attempt_duration_seconds = 3600
  }
}

resource "aws_batch_job_definition" "job_near" {
  name                  = "shop-prod-public-export"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image                  = "public.ecr.aws/docker/library/alpine:3.20.3"
    command                = ["true"]
    executionRoleArn       = aws_iam_role.service.arn
    user                   = "1000"
    readonlyRootFilesystem = true
    resourceRequirements   = [{ type = "VCPU", value = "0.25" }, { type = "MEMORY", value = "512" }]
    networkConfiguration   = { assignPublicIp = "DISABLED" }
  })

  timeout {
    attempt_duration_seconds = 3600
  }
}
