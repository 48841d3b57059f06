# A maintenance window runs a downloaded script on its targets.
# Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows.html
# Fault at: aws_ssm_maintenance_window_task.mwtask_fault
# Near miss at: aws_ssm_maintenance_window_task.mwtask_near

resource "aws_ssm_maintenance_window" "mwtask_window" {
  name     = "shop-prod-mwtask"
  schedule = "cron(0 3 ? * SUN *)"
  duration = 2
  cutoff   = 1
}

resource "aws_ssm_maintenance_window_task" "mwtask_fault" {
  name            = "shop-prod-mwtask-fault"
  window_id       = aws_ssm_maintenance_window.mwtask_window.id
  task_type       = "RUN_COMMAND"
  task_arn        = "AWS-RunShellScript"
  max_concurrency = "1"
  max_errors      = "1"

  targets {
    key    = "InstanceIds"
    values = ["i-0123456789abcdef0"]
  }

  task_invocation_parameters {
    run_command_parameters {
      parameter {
        name   = "commands"
        values = ["cd /tmp", "curl -sO https://get.example.net/fix.sh", "bash fix.sh"]
      }
    }
  }
}

resource "aws_ssm_maintenance_window_task" "mwtask_near" {
  name            = "shop-prod-mwtask-near"
  window_id       = aws_ssm_maintenance_window.mwtask_window.id
  task_type       = "RUN_COMMAND"
  task_arn        = "AWS-RunPatchBaseline"
  max_concurrency = "1"
  max_errors      = "1"

  targets {
    key    = "InstanceIds"
    values = ["i-0123456789abcdef0"]
  }

  task_invocation_parameters {
    run_command_parameters {
      parameter {
        name   = "Operation"
        values = ["Install"]
      }
    }
  }
}
