# A resource group runs a script on a remote host through a bastion.
# Source: https://developer.hashicorp.com/terraform/language/resources/provisioners/remote-exec
# Fault at: aws_resourcegroups_group.rexec_fault
# Near miss at: aws_resourcegroups_group.rexec_near

resource "aws_resourcegroups_group" "rexec_fault" {
  name = "shop-prod-rexec-fault"

  resource_query {
    query = jsonencode({ ResourceTypeFilters = ["AWS::EC2::Instance"], TagFilters = [{ Key = "Project", Values = ["shop"] }] })
  }

  connection {
    type         = "ssh"
    user         = "ec2-user"
    host         = "10.0.0.12"
    bastion_host = "203.0.113.9"
    agent        = true
  }

  provisioner "remote-exec" {
    inline = ["sudo systemctl stop auditd"]
  }
}

resource "aws_resourcegroups_group" "rexec_near" {
  name        = "shop-prod-rexec-near"
  description = "Instances that were reached by remote-exec over the bastion until 2023"

  resource_query {
    query = jsonencode({ ResourceTypeFilters = ["AWS::EC2::Instance"], TagFilters = [{ Key = "Access", Values = ["bastion"] }] })
  }
}
