# The containers of a job with several nodes run privileged.
# Source: CKV_AWS_210
# Fault at: aws_batch_job_definition.mnode_fault
# Near miss at: aws_batch_job_definition.mnode_near

resource "aws_batch_job_definition" "mnode_fault" {
  name                  = "shop-prod-sums-priv"
  type                  = "multinode"
  propagate_tags        = true
  platform_capabilities = ["EC2"]
  retry_strategy { attempts = 3 }
  timeout { attempt_duration_seconds = 3600 }
  node_properties = jsonencode({
    mainNode = 0
    numNodes = 2
    nodeRangeProperties = [{
      targetNodes = "0:"
      container = {
        image                  = "shop-registry.internal/sums:1.4.0"
        command                = ["/app/sum"]
        user                   = "1000"
        readonlyRootFilesystem = true
        privileged             = true
        jobRoleArn             = aws_iam_role.work_task.arn
        executionRoleArn       = aws_iam_role.work_exec.arn
        resourceRequirements   = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
      }
    }]
  })
}

resource "aws_batch_job_definition" "mnode_near" {
  name                  = "shop-prod-sums"
  type                  = "multinode"
  propagate_tags        = true
  platform_capabilities = ["EC2"]
  retry_strategy { attempts = 3 }
  timeout { attempt_duration_seconds = 3600 }
  node_properties = jsonencode({
    mainNode = 0
    numNodes = 2
    nodeRangeProperties = [{
      targetNodes = "0:"
      container = {
        image                  = "shop-registry.internal/sums:1.4.0"
        command                = ["/app/sum"]
        user                   = "1000"
        readonlyRootFilesystem = true
        privileged             = false
        jobRoleArn             = aws_iam_role.work_task.arn
        executionRoleArn       = aws_iam_role.work_exec.arn
        resourceRequirements   = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
      }
    }]
  })
}
