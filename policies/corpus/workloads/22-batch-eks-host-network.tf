# The job's pods share the network of the node, which is what AWS Batch does when host_network is left out.
# Source: Trivy AVD-KSV-0009, CKV_K8S_19, https://docs.aws.amazon.com/batch/latest/APIReference/API_EksPodProperties.html
# Fault at: aws_batch_job_definition.hostnet_fault
# Near miss at: aws_batch_job_definition.hostnet_near

resource "aws_batch_job_definition" "hostnet_fault" {
  name           = "shop-prod-report-host"
  type           = "container"
  propagate_tags = true
  retry_strategy { attempts = 3 }
  timeout { attempt_duration_seconds = 3600 }
  eks_properties {
    pod_properties {

      service_account_name = "shop-prod-report"
      containers {
        name    = "report"
        image   = "shop-registry.internal/report:2.0.3"
        command = ["/app/report"]
        resources {
          limits   = { cpu = "1", memory = "1024Mi" }
          requests = { cpu = "1", memory = "1024Mi" }
        }
        security_context {
          privileged                 = false
          read_only_root_file_system = true
          run_as_non_root            = true
          run_as_user                = 1000
        }
      }
      metadata { labels = { app = "report" } }
    }
  }
}

resource "aws_batch_job_definition" "hostnet_near" {
  name           = "shop-prod-report"
  type           = "container"
  propagate_tags = true
  retry_strategy { attempts = 3 }
  timeout { attempt_duration_seconds = 3600 }
  eks_properties {
    pod_properties {
      host_network         = false
      service_account_name = "shop-prod-report"
      containers {
        name    = "report"
        image   = "shop-registry.internal/report:2.0.3"
        command = ["/app/report"]
        resources {
          limits   = { cpu = "1", memory = "1024Mi" }
          requests = { cpu = "1", memory = "1024Mi" }
        }
        security_context {
          privileged                 = false
          read_only_root_file_system = true
          run_as_non_root            = true
          run_as_user                = 1000
        }
      }
      metadata { labels = { app = "report" } }
    }
  }
}
